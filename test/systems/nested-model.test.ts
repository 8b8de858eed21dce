import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { suiteEngine, testEngines } from '../support/engines.ts'
import { RunProject } from '../support/run-project.ts'

interface Line {
  readonly sku: string | null
  readonly parts: readonly number[]
}
interface Order {
  readonly id: number
  readonly seq: number
  readonly lines: readonly Line[] | null
}

const order: fc.Arbitrary<Order> = fc.record({
  id: fc.integer({ min: 1, max: 5 }),
  seq: fc.integer({ min: 1, max: 9 }),
  lines: fc.option(
    fc.array(
      fc.record({
        sku: fc.option(fc.constantFrom('a', 'b"c', 'd/e.f'), { nil: null }),
        parts: fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 3 }),
      }),
      { maxLength: 3 },
    ),
    { nil: null },
  ),
})
const deliveries = fc.array(fc.array(order, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 })

const STRATEGIES = {
  append: 'strategy: append',
  'truncate-reload': 'strategy: truncate-reload',
  merge: 'strategy: merge, merge_keys: id',
  'insert-only': 'strategy: merge, merge_keys: id, matched: insert-only',
  'delete-insert': 'strategy: merge, merge_keys: id, matched: delete-insert',
  deletions: 'strategy: merge, merge_keys: id, deleted_when: seq = 9',
  'partition-swap': 'strategy: partition-swap, partition_key: seq',
}

/** What the table holds after one more delivery. Later rows of a key win, unless the table's is of a later moment. */
function load(strategy: string, table: readonly Order[], arrived: readonly Order[]): readonly Order[] {
  const last = new Map<number, Order>()
  for (const one of arrived.toSorted((a, b) => a.seq - b.seq)) last.set(one.id, one)
  const ids = new Set(arrived.map(({ id }) => id))
  const days = new Set(arrived.map(({ seq }) => seq))
  switch (strategy) {
    case 'append':
    case 'truncate-reload':
      return [...table, ...arrived]
    case 'partition-swap':
      return [...table.filter(({ seq }) => !days.has(seq)), ...arrived]
    case 'delete-insert':
      return [...table.filter(({ id }) => !ids.has(id)), ...arrived]
    case 'insert-only':
      return [...table, ...[...last.values()].filter(({ id }) => table.every((one) => one.id !== id))]
    default: {
      const merged = new Map(table.map((one) => [one.id, one]))
      for (const one of last.values()) {
        if ((merged.get(one.id)?.seq ?? 0) > one.seq) continue
        if (strategy === 'deletions' && one.seq === 9) merged.delete(one.id)
        else merged.set(one.id, one)
      }
      return [...merged.values()]
    }
  }
}

const sorted = (list: readonly unknown[]) => list.map((each) => JSON.stringify(each)).toSorted()

describe.each(Object.keys(testEngines))('lists and the rows they are of, on %s', (name) => {
  const test = suiteEngine(name)

  it.each(Object.entries(STRATEGIES))('%s', async (strategy, text) => {
    await fc.assert(
      fc.asyncProperty(deliveries, async (all) => {
        const project = await RunProject.create(test.engine, {
          'pipelines/orders.yml': `pipeline:
  name: orders
  extract: {source_system: shop, files: "in/*.ndjson", incremental_key: seq}
  load: {${text}, nested: {paths: {lines: tables, lines.parts: tables}}}
`,
        })
        let expected: readonly Order[] = []
        const seen = new Set<string>()
        for (const [index, delivery] of all.entries()) {
          const content = `${delivery.map((one) => JSON.stringify(one)).join('\n')}\n`
          await project.write({ [`in/${index}.ndjson`]: content })
          const ran = await project.build()
          expect(ran.node('orders')).toMatchObject({ status: 'success', message: '' })
          if (!seen.has(content)) expected = load(strategy, expected, delivery)
          seen.add(content)
          const lines = expected.flatMap(({ id, seq, lines: own }) =>
            (own ?? []).map(({ sku, parts }, at0) => ({ id, seq, place: at0 + 1, sku, parts: parts.length })),
          )
          const parts = expected.flatMap(({ id, seq, lines: own }) =>
            (own ?? []).flatMap(({ parts: numbers }, line) =>
              numbers.map((value, place) => ({ id, seq, line: line + 1, place: place + 1, value })),
            ),
          )
          const orders = 'raw.raw_shop_orders'
          expect(sorted(await project.rows(`select id, seq from ${orders}`))).toEqual(
            sorted(expected.map(({ id, seq }) => ({ id, seq }))),
          )
          // Tables of which no list has had a member yet have no columns of their own.
          const sku = lines.some((line) => line.sku !== null) ? 'i.sku' : 'null as sku'
          const found = await project.rows(
            `select o.id, o.seq, i._position as place, ${sku}, (select count(*) from ${orders}__lines__parts as p where p._parent_key = i._row_key) as parts
from ${orders}__lines as i join ${orders} as o on o._row_key = i._parent_key`,
          )
          expect(sorted(found)).toEqual(sorted(lines))
          const [counted] = await project.rows(
            `select (select count(*) from ${orders}__lines) as lines, (select count(*) from ${orders}__lines__parts) as parts`,
          )
          expect(counted).toEqual({ lines: lines.length, parts: parts.length })
          if (parts.length > 0) {
            const deep = await project.rows(
              `select o.id, o.seq, i._position as line, p._position as place, p.value from ${orders}__lines__parts as p
join ${orders}__lines as i on i._row_key = p._parent_key join ${orders} as o on o._row_key = p._root_key`,
            )
            expect(sorted(deep)).toEqual(sorted(parts))
          }
        }
      }),
      { numRuns: 4 },
    )
  })
})
