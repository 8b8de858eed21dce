import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { palette } from '../../src/errors/palette.ts'
import type { Graph } from '../../src/graph/graph.ts'
import { ago } from '../../src/plan/ago.ts'
import { makePlan } from '../../src/plan/make-plan.ts'
import type { PlanInput } from '../../src/plan/plan-input.ts'
import { printPlan } from '../../src/plan/print-plan.ts'
import { edges } from '../graph/arbitrary-edges.ts'
import { check, graphOf, model, pipeline, source } from '../graph/sample-graph.ts'

const now = '2026-11-21T06:00:00Z'

function plan(graph: Graph, given: Partial<PlanInput> = {}) {
  return makePlan({
    graph,
    selection: new Set(graph.nodes.keys()),
    mode: 'build',
    target: 'dev',
    successes: new Map(),
    sourceNews: new Map(),
    now,
    ...given,
  })
}

const ids = (...names: readonly string[]) => new Set(names)

/** pipeline → source → eph → a → b, and c beside; checks on most of them. */
const graph = graphOf(
  pipeline({ name: 'orders' }),
  source({ name: 'shop.orders', source: 'shop', table: 'orders', dependsOn: ['pipeline.shop.orders'] }),
  model({ name: 'eph', materialization: 'ephemeral', dependsOn: ['source.shop.shop.orders'] }),
  model({ name: 'a', dependsOn: ['model.shop.eph'] }),
  model({ name: 'b', dependsOn: ['model.shop.a'] }),
  model({ name: 'c' }),
  check({ name: 'on_source', dependsOn: ['source.shop.shop.orders'] }),
  check({ name: 'on_eph', dependsOn: ['model.shop.eph'] }),
  check({ name: 'on_a', dependsOn: ['model.shop.a'] }),
  check({ name: 'on_b_and_c', dependsOn: ['model.shop.b', 'model.shop.c'] }),
  check({ name: 'alone' }),
)

const gatesOf = (result: ReturnType<typeof plan>) =>
  Object.fromEntries(result.tasks.map((task) => [task.node.name, task.gates.map((gate) => gate.name)]))
const reasonsOf = (result: ReturnType<typeof plan>) =>
  Object.fromEntries(result.tasks.map((task) => [task.node.name, `${task.reason}: ${task.because}`]))
const afterOf = (result: ReturnType<typeof plan>) =>
  Object.fromEntries(result.tasks.map((task) => [task.node.name, task.after]))
const lone = (result: ReturnType<typeof plan>) => result.checks.map((item) => item.check.name)

/** Every node succeeded, with the code it has, at the time given or at five. */
function successes(
  change: Readonly<Record<string, { readonly fingerprint?: string; readonly at?: string }>> = {},
) {
  return new Map(
    [...graph.nodes.values()].map((node) => [
      node.uniqueId,
      { fingerprint: node.fingerprint, at: '2026-11-21T05:00:00Z', ...change[node.name] },
    ]),
  )
}

describe('tasks', () => {
  it('are pipelines and models that are built, in topological order, after their nearest tasks', () => {
    const result = plan(graph)
    expect(result.tasks.map((task) => task.node.name)).toEqual(['c', 'orders', 'a', 'b'])
    expect(afterOf(result)).toEqual({
      c: [],
      orders: [],
      a: ['pipeline.shop.orders'],
      b: ['model.shop.c', 'model.shop.a'],
    })
    expect(result.tasks.map((task) => task.writes)).toEqual([
      ['main.c'],
      ['raw.raw_shop_orders'],
      ['main.a'],
      ['main.b'],
    ])
  })

  it('keep their order where a node between them is not selected', () => {
    const result = plan(graph, { selection: ids('pipeline.shop.orders', 'model.shop.b') })
    expect(afterOf(result)).toEqual({ orders: [], b: ['pipeline.shop.orders'] })
  })
})

describe('gates', () => {
  it('run with the last parent that is built, which waits for the others', () => {
    const result = plan(graph)
    expect(gatesOf(result)).toEqual({
      orders: ['on_eph', 'on_source'],
      a: ['on_a'],
      b: ['on_b_and_c'],
      c: [],
    })
    expect(lone(result)).toEqual(['alone'])
  })

  it('move to the parent that is in the plan', () => {
    const selection = ids('model.shop.c', 'test.shop.on_b_and_c', 'test.shop.on_a')
    const result = plan(graph, { selection })
    expect(gatesOf(result)).toEqual({ c: ['on_b_and_c'] })
    expect(lone(result)).toEqual(['on_a'])
  })

  it('whose parents are not built run alone, after what those are made of', () => {
    const result = plan(graph, { selection: ids('pipeline.shop.orders', 'test.shop.on_b_and_c') })
    expect(gatesOf(result)).toEqual({ orders: [] })
    expect(result.checks.map(({ check, after }) => [check.name, after])).toEqual([
      ['on_b_and_c', ['pipeline.shop.orders']],
    ])
  })

  it('never make two tasks wait for each other', () => {
    // The check reads a and z; z is not built but made of m, which is made of a.
    const tangled = graphOf(
      model({ name: 'a' }),
      model({ name: 'm', dependsOn: ['model.shop.a'] }),
      model({ name: 'z', dependsOn: ['model.shop.m'] }),
      check({ name: 'both', dependsOn: ['model.shop.a', 'model.shop.z'] }),
    )
    const selection = ids('model.shop.a', 'model.shop.m', 'test.shop.both')
    expect(gatesOf(plan(tangled, { selection }))).toEqual({ a: ['both'], m: [] })
    expect(afterOf(plan(tangled, { selection }))).toEqual({ a: [], m: ['model.shop.a'] })
  })
})

describe('publishing at once', () => {
  const tasksAfter = (result: ReturnType<typeof plan>) => ({
    ...afterOf(result),
    ...Object.fromEntries(result.noOps.map(({ id, after }) => [graph.nodes.get(id)?.name ?? id, after])),
    ...Object.fromEntries(result.checks.map(({ check, after }) => [check.name, after])),
  })

  it('checks models once they are built, and what is downstream of a check waits for it', () => {
    const result = plan(graph, { publish: 'immediately' })
    expect(gatesOf(result)).toEqual({ orders: ['on_eph', 'on_source'], a: [], b: [], c: [] })
    expect(tasksAfter(result)).toEqual({
      c: [],
      orders: [],
      eph: ['pipeline.shop.orders'],
      a: ['model.shop.eph'],
      b: ['model.shop.a', 'test.shop.on_a'],
      alone: [],
      on_a: ['model.shop.a'],
      on_b_and_c: ['model.shop.c', 'model.shop.b'],
    })
  })

  it('has what reads a source wait for its checks, however it is published', () => {
    const foreign = graphOf(
      source({ name: 'raw', source: 'shop', table: 'raw' }),
      model({ name: 'stg', dependsOn: ['source.shop.shop.raw'] }),
      model({ name: 'mart', dependsOn: ['model.shop.stg'] }),
      check({ name: 'on_raw', dependsOn: ['source.shop.shop.raw'] }),
    )
    for (const publish of ['immediately', 'after_tests'] as const) {
      const { stg, mart } = tasksAfter(plan(foreign, { publish }))
      expect({ stg, mart }, publish).toEqual({ stg: ['test.shop.on_raw'], mart: ['model.shop.stg'] })
    }
  })

  it('has what is below a model that is left out wait for its checks', () => {
    const selection = ids('model.shop.b', 'test.shop.on_a')
    expect(tasksAfter(plan(graph, { publish: 'immediately', selection })).b).toEqual(['test.shop.on_a'])
  })

  it('has only what is downstream of all that a check reads wait for it', () => {
    const diamond = graphOf(
      model({ name: 'a' }),
      model({ name: 'b', dependsOn: ['model.shop.a'] }),
      model({ name: 'c', dependsOn: ['model.shop.a'] }),
      model({ name: 'd', dependsOn: ['model.shop.b', 'model.shop.c'] }),
      model({ name: 'e', dependsOn: ['model.shop.d'] }),
      check({ name: 'on_b_and_c', dependsOn: ['model.shop.b', 'model.shop.c'] }),
    )
    const { a, b, c, d, e } = tasksAfter(plan(diamond, { publish: 'immediately' }))
    expect({ a, b, c }).toEqual({ a: [], b: ['model.shop.a'], c: ['model.shop.a'] })
    expect(d).toContain('test.shop.on_b_and_c')
    expect(e).toContain('test.shop.on_b_and_c')
  })
})

describe('reuse', () => {
  const reused = (given: Partial<PlanInput>) => {
    const result = plan(graph, { reuse: true, successes: successes(), ...given })
    return {
      done: result.tasks.map(({ node }) => node.name),
      kept: result.reused.map(({ node }) => node.name),
      result,
    }
  }

  it('keeps what has neither new code nor new data, and the answers of checks that passed', () => {
    const { done, kept, result } = reused({})
    expect(done).toEqual(['orders'])
    expect(kept).toEqual(['c', 'a', 'b', 'on_a', 'on_b_and_c'])
    expect(gatesOf(result)).toEqual({ orders: ['on_eph', 'on_source'] })
    expect(lone(result)).toEqual(['alone'])
  })

  it('makes anew what is new and what is downstream of it, gated by whatever reads it', () => {
    const { done, kept, result } = reused({ successes: successes({ c: { fingerprint: 'another' } }) })
    expect([done, kept]).toEqual([
      ['c', 'orders'],
      ['a', 'b', 'on_a'],
    ])
    expect(gatesOf(result)).toMatchObject({ c: ['on_b_and_c'] })
    expect(
      reused({ sourceNews: new Map([['pipeline.shop.orders', { newParts: 1, summary: '1 new file' }]]) })
        .done,
    ).toEqual(['orders', 'a', 'b'])
  })

  it('knows nothing of what looks at the clock, and says so', () => {
    const volatile = (name: string) => ({
      ...graph,
      nodes: new Map(
        [...graph.nodes].map(([id, node]) => [
          id,
          node.name === name ? { ...node, volatile: 'uses now()' } : node,
        ]),
      ),
    })
    const models = reused({ graph: volatile('b') })
    expect(models.done).toEqual(['orders', 'b'])
    expect(models.result.tasks[1]?.because).toBe('it uses now(), so its rows may be others by now')
    expect(lone(reused({ graph: volatile('on_a') }).result)).toEqual(['alone', 'on_a'])
  })

  it('asks a check that never passed, or is another now, of what is published', () => {
    const never = successes()
    never.delete('test.shop.on_a')
    expect(lone(reused({ successes: never }).result)).toEqual(['alone', 'on_a'])
    expect(lone(reused({ successes: successes({ on_a: { fingerprint: 'another' } }) }).result)).toEqual([
      'alone',
      'on_a',
    ])
  })

  it('trusts neither a table that is gone nor a source that others fill', () => {
    expect(reused({ missing: ids('model.shop.b') }).done).toEqual(['orders', 'b'])
    const foreign = graphOf(
      source({ name: 'shop.prices', source: 'shop', table: 'prices' }),
      model({ name: 'a', dependsOn: ['source.shop.shop.prices'] }),
      model({ name: 'b', dependsOn: ['model.shop.a'] }),
      model({ name: 'c' }),
    )
    const past = new Map(
      [...foreign.nodes.values()].map(({ uniqueId, fingerprint }) => [uniqueId, { fingerprint, at: now }]),
    )
    const result = plan(foreign, { reuse: true, successes: past })
    expect(result.tasks.map(({ node }) => node.name)).toEqual(['a', 'b'])
    expect(result.tasks[0]?.because).toBe('shop.prices is filled by others, who do not tell when')
  })
})

describe('modes', () => {
  it('ingest runs pipelines and the checks of what they fill', () => {
    const result = plan(graph, { mode: 'ingest' })
    expect(gatesOf(result)).toEqual({ orders: ['on_source'] })
    expect(lone(result)).toEqual([])
  })

  it('test runs checks only', () => {
    const result = plan(graph, { mode: 'test' })
    expect(result.tasks).toEqual([])
    expect(lone(result)).toEqual(['alone', 'on_a', 'on_b_and_c', 'on_eph', 'on_source'])
  })

  it('retry does the nodes of the earlier run again, with all of their gates', () => {
    const result = plan(graph, {
      mode: 'retry',
      retry: ids('model.shop.b', 'pipeline.shop.orders'),
      successes: successes(),
    })
    expect(gatesOf(result)).toEqual({ orders: ['on_eph', 'on_source'], b: ['on_b_and_c'] })
    expect(reasonsOf(result)).toEqual({
      orders: 'retry: it did not succeed in the run that is being retried',
      b: 'retry: it did not succeed in the run that is being retried',
    })
  })
})

describe('reasons', () => {
  it('first run', () => {
    expect(reasonsOf(plan(graph))['b']).toBe('new node: never built on target dev')
  })

  it('nothing new', () => {
    expect(new Set(Object.values(reasonsOf(plan(graph, { successes: successes() }))))).toEqual(
      new Set(['asked for: nothing is new since its last success 1 hour ago']),
    )
  })

  it('new code, and what it means downstream', () => {
    const result = plan(graph, { successes: successes({ a: { fingerprint: 'a v0' } }) })
    expect(reasonsOf(result)).toMatchObject({
      orders: 'asked for: nothing is new since its last success 1 hour ago',
      a: 'new code: its code changed since its last success 1 hour ago',
      b: 'new data: a (new code) runs before it',
    })
  })

  it('new files at the source', () => {
    const sourceNews = new Map([['pipeline.shop.orders', { newParts: 2, summary: '2 new files' }]])
    expect(reasonsOf(plan(graph, { successes: successes(), sourceNews }))).toMatchObject({
      orders: 'new data: 2 new files',
      a: 'new data: orders (new data) runs before it',
      b: 'new data: a (new data) runs before it',
    })
  })

  it('a parent was built since, outside of this plan', () => {
    const result = plan(graph, {
      selection: ids('model.shop.a'),
      successes: successes({ orders: { at: '2026-11-21T05:30:00Z' } }),
    })
    expect(reasonsOf(result)).toEqual({ a: 'new data: orders was built 30 minutes ago, after it' })
  })

  it('several parents', () => {
    const joined = graphOf(
      model({ name: 'x' }),
      model({ name: 'y' }),
      model({ name: 'z', dependsOn: ['model.shop.x', 'model.shop.y'] }),
    )
    const past = new Map([['model.shop.z', { fingerprint: 'z v1', at: now }]])
    expect(reasonsOf(plan(joined, { successes: past }))['z']).toBe(
      'new data: x (new node) and 1 more run before it',
    )
  })
})

it.each([
  ['2026-11-21T06:00:00Z', 'just now'],
  ['2026-11-21T05:59:00Z', '1 minute ago'],
  ['2026-11-21T04:00:01Z', '1 hour ago'],
  ['2026-11-19T06:00:00Z', '2 days ago'],
  ['2026-11-22T06:00:00Z', 'just now'],
])('%s is %s', (moment, words) => {
  expect(ago(moment, now)).toBe(words)
})

it('prints the first of many tables', () => {
  const tables = ['a', 'b', 'c', 'd'].map((table) =>
    source({ name: `s.${table}`, source: 's', table, dependsOn: ['pipeline.shop.p'] }),
  )
  const lines = (count: number) =>
    printPlan(plan(graphOf(pipeline({ name: 'p' }), ...tables.slice(0, count))), palette(false)).at(-1)
  expect(lines(3)).toContain(' raw.raw_s_a, raw.raw_s_b, raw.raw_s_c ')
  expect(lines(4)).toContain(' raw.raw_s_a, raw.raw_s_b and 2 more ')
})

describe('the laws of plans', () => {
  it('the order of the selection and of the graph’s making is of no consequence; no task waits for a later one', () => {
    const random = edges(10).chain((parents) => {
      const nodes = [...parents].map(([name, above], index) =>
        index % 3 === 2
          ? check({ name, dependsOn: above.map((id) => `model.shop.${id}`) })
          : model({
              name,
              dependsOn: above.map((id) => `model.shop.${id}`),
              materialization: index % 4 === 1 ? 'ephemeral' : 'table',
            }),
      )
      const known = new Set(nodes.filter((node) => node.kind === 'model').map((node) => node.uniqueId))
      const linked = nodes.map((node) => ({
        ...node,
        dependsOn: node.dependsOn.filter((id) => known.has(id)),
      }))
      return fc.tuple(
        fc.constant(linked),
        fc.shuffledSubarray(linked, { minLength: linked.length }),
        fc.shuffledSubarray(linked.map((node) => node.uniqueId)),
      )
    })
    fc.assert(
      fc.property(random, ([nodes, shuffled, selected]) => {
        const result = plan(graphOf(...nodes), { selection: new Set(selected) })
        expect(plan(graphOf(...shuffled), { selection: new Set(selected.toReversed()) })).toEqual(result)

        const done = new Set<string>()
        const pending = new Set(result.checks)
        const doChecks = () => {
          for (const one of pending) {
            if (!one.after.every((id) => done.has(id))) continue
            done.add(one.check.uniqueId)
            pending.delete(one)
          }
        }
        for (const task of result.tasks) {
          doChecks()
          for (const id of task.after) expect(done).toContain(id)
          done.add(task.node.uniqueId)
        }
        doChecks()
        expect([...pending]).toEqual([])
        const planned = [
          ...result.tasks,
          ...result.tasks.flatMap((t) => t.gates),
          ...result.checks.map((c) => c.check),
        ]
        const ephemeral = result.selected.filter(
          (n) => n.kind === 'model' && n.materialization === 'ephemeral',
        )
        expect(planned.length + ephemeral.length).toBe(selected.length)
      }),
    )
  })
})

describe('changes at the sources', () => {
  const drift = new Map([
    [
      'pipeline.shop.orders',
      [
        {
          stream: 'orders',
          relation: 'raw.raw_shop_orders',
          rows: new Map([['note', 2]]),
          changes: [
            { kind: 'unchanged', column: 'id', type: { kind: 'int32' } },
            { kind: 'added', column: 'note', to: { kind: 'text' } },
            { kind: 'removed', column: 'city', from: { kind: 'text' } },
            { kind: 'widened', column: 'n', from: { kind: 'int32' }, to: { kind: 'int64' } },
          ],
        },
      ],
    ],
  ] as const)

  it('are told of pipelines, with what loading will do about each', () => {
    const result = plan(graph, { drift })
    const found = result.tasks.map(({ node, drift }) => [node.name, drift?.map(({ effect }) => effect.holds)])
    expect(found).toEqual([
      ['c', undefined],
      ['orders', ['never', 'never', 'misfits']],
      ['a', undefined],
      ['b', undefined],
    ])
    const lines = printPlan(result, palette(false))
    expect(lines.slice(lines.indexOf('Changed at the sources:'))).toEqual([
      'Changed at the sources:',
      '  table                class     change                                      rows  what loading does',
      '  raw.raw_shop_orders  safe      column note is added (text)                 2     will be added, NULL in older rows',
      '  raw.raw_shop_orders  critical  column city is removed                      -     stays, and gets NULL',
      '  raw.raw_shop_orders  assess    column n is widened from integer to bigint  -     stays integer; values that do not fit hold the load',
      '',
      'Checks of what is already published:',
      ...lines.slice(-2),
    ])
  })

  it('are not told where there are none', () => {
    const none = new Map([...drift.keys()].map((id) => [id, []]))
    const result = plan(graph, { drift: none })
    expect(result.tasks.map((task) => task.drift)).toEqual([undefined, [], undefined, undefined])
    expect(printPlan(result, palette(false))).toEqual(printPlan(plan(graph), palette(false)))
  })
})
