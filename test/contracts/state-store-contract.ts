import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import type { Event, RunRecord } from '../../src/events/event.ts'
import { uuidv7 } from '../../src/events/run-id.ts'
import { EMPTY_LEDGER } from '../../src/ledger/ledger.ts'
import { openStateStore, type StateLocation } from '../../src/state/open-state-store.ts'
import type { StateStore, TaskSummary } from '../../src/state/state-store.ts'
import { eventOf } from '../support/arbitrary-events.ts'
import { checkFinished, runEvents, runStarted, taskFinished } from '../support/run-events.ts'

/** What every state store promises. `newPlace` names a place with no store yet; `execute` runs SQL behind its back. */
export function stateStoreContract(
  name: string,
  newPlace: () => Promise<StateLocation>,
  execute: (place: StateLocation, sql: string) => Promise<void>,
): void {
  const opened: StateStore[] = []
  const open = async (place?: StateLocation): Promise<StateStore> => {
    const store = await openStateStore(place ?? (await newPlace()))
    opened.push(store)
    return store
  }
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()))
  })

  describe(`state store on ${name}`, () => {
    describe('runs and tasks', () => {
      test('a run is projected from its events as they come', async () => {
        const store = await open()
        await store.record([
          runStarted('r1', { tasks: ['a', 'b'], selection: { select: ['+b'], exclude: ['tag:slow'] } }),
        ])
        expect(await store.run('r1')).toEqual({
          runId: 'r1',
          command: 'build',
          target: 'dev',
          status: 'running',
          startedAt: '2026-01-02T03:04:05.678Z',
          finishedAt: undefined,
          seconds: undefined,
          selection: { select: ['+b'], exclude: ['tag:slow'] },
          tasks: [pending('a'), pending('b')],
        })

        const ledger = { ...EMPTY_LEDGER, extracted: 7, inserted: 7 }
        await store.record([
          { type: 'task-started', runId: 'r1', at: '2026-01-02T03:04:06.000Z', node: 'b', attempt: 2 },
          taskFinished('r1', 'a', { status: 'failed', rows: 7, ledger, message: 'no such table' }),
        ])
        expect((await store.run('r1'))?.tasks).toEqual([
          {
            node: 'a',
            status: 'failed',
            attempts: 0,
            seconds: 0.25,
            rows: 7,
            message: 'no such table',
            ledger,
          },
          { ...pending('b'), status: 'running', attempts: 2 },
        ])

        const finishedAt = '2026-01-02T03:05:00.000Z'
        await store.record([
          { type: 'run-finished', runId: 'r1', at: finishedAt, status: 'partial', seconds: 54.5 },
        ])
        expect(await store.run('r1')).toMatchObject({ status: 'partial', finishedAt, seconds: 54.5 })
      })

      test('a run that is not there is undefined, a new store is empty', async () => {
        const store = await open()
        expect(await store.run('r1')).toBeUndefined()
        expect(await store.runs({ limit: 10 })).toEqual([])
        expect(await store.events('r1')).toEqual([])
        expect(await store.checks('r1')).toEqual([])
        expect(await store.records({ limit: 10 })).toEqual([])
        expect(await store.positions('dev')).toEqual([])
        expect(await store.lastSuccesses('dev')).toEqual(new Map())
      })

      test('runs come newest first, by target, limited, with or without tasks', async () => {
        const store = await open()
        for (const [index, target] of ['dev', 'prod', 'dev', 'dev'].entries()) {
          const at = `2026-01-0${index + 1}T00:00:00.000Z`
          await store.record([runStarted(`r${index}`, { target, at, tasks: ['a', 'b'] })])
        }
        const ids = async (options: { limit: number; target?: string }): Promise<readonly string[]> =>
          (await store.runs(options)).map((run) => run.runId)
        expect(await ids({ limit: 10 })).toEqual(['r3', 'r2', 'r1', 'r0'])
        expect(await ids({ limit: 2, target: 'dev' })).toEqual(['r3', 'r2'])
        expect(await ids({ limit: 10, target: 'prod' })).toEqual(['r1'])
        expect((await store.runs({ limit: 1 }))[0]?.tasks.map((task) => task.node)).toEqual(['a', 'b'])
        expect((await store.runs({ limit: 1, tasks: false }))[0]?.tasks).toEqual([])
      })

      test('thousands of tasks keep their order', async () => {
        const store = await open()
        const tasks = Array.from({ length: 2_500 }, (_, index) => `model.shop.m${2_500 - index}`)
        await store.record([runStarted('r1', { tasks })])
        expect((await store.run('r1'))?.tasks.map((task) => task.node)).toEqual(tasks)
      })

      test('a task that the plan did not name comes after the others', async () => {
        const store = await open()
        await store.record([runStarted('r1', { tasks: ['z'] }), taskFinished('r1', 'a')])
        expect((await store.run('r1'))?.tasks.map((task) => task.node)).toEqual(['z', 'a'])
      })

      test('any events are read back as written, and tasks and checks follow the last of each', async () => {
        const store = await open()
        await fc.assert(
          fc.asyncProperty(
            fc.array(fc.array(eventOf(''), { maxLength: 20 }), { maxLength: 3 }),
            async (batches) => {
              const runId = uuidv7()
              const start = runStarted(runId, { tasks: ['model.shop.a', 'model.shop.b'] })
              const ofRun = batches.map((batch) => batch.map((event) => ({ ...event, runId })))
              await store.record([start])
              for (const batch of ofRun) await store.record(batch)
              const events = ofRun.flat()
              expect(await store.events(runId)).toEqual([start, ...events])
              const tasks = (await store.run(runId))?.tasks ?? []
              expect(new Map(tasks.map((task) => [task.node, task]))).toEqual(tasksAfter(start.tasks, events))
              const checks = (await store.checks(runId)).map((check) => [
                `${check.node} ${check.check}`,
                check,
              ])
              expect(new Map(checks as [string, unknown][])).toEqual(checksAfter(events))
            },
          ),
          { numRuns: 30 },
        )
      })
    })

    describe('what is recorded', () => {
      test('an event of a run that never started is refused, and nothing of its batch is kept', async () => {
        const store = await open()
        await store.record([runStarted('r1', { tasks: ['a'] })])
        const refused = store.record([taskFinished('r1', 'a'), taskFinished('r2', 'a')])
        await expect(refused).rejects.toMatchObject({ code: 'WW6004' })
        expect((await store.run('r1'))?.tasks).toEqual([pending('a')])
        expect(await store.events('r1')).toHaveLength(1)
        expect(await store.lastSuccesses('dev')).toEqual(new Map())
      })

      test('an empty batch is nothing', async () => {
        const store = await open()
        await store.record([])
        expect(await store.runs({ limit: 1 })).toEqual([])
      })

      test('records at the same time are all kept', async () => {
        const store = await open()
        const nodes = Array.from({ length: 40 }, (_, index) => `m${index}`)
        await store.record([runStarted('r1', { tasks: nodes })])
        await Promise.all(nodes.map((node) => store.record([taskFinished('r1', node)])))
        expect(await store.events('r1')).toHaveLength(41)
        expect((await store.run('r1'))?.tasks.every((task) => task.status === 'success')).toBe(true)
      })

      test('the last success of a node is by target, and only success counts', async () => {
        const store = await open()
        const at = '2026-02-01T00:00:00.000Z'
        await store.record([
          runStarted('r1'),
          taskFinished('r1', 'a'),
          taskFinished('r1', 'b'),
          taskFinished('r1', 'c', { status: 'partial' }),
        ])
        await store.record([
          runStarted('r2'),
          taskFinished('r2', 'a', { fingerprint: 'f2', at, published: ['main.a'] }),
          taskFinished('r2', 'b', { fingerprint: 'f2', status: 'failed' }),
        ])
        await store.record([
          runStarted('r3', { target: 'prod' }),
          taskFinished('r3', 'a', { fingerprint: 'p' }),
        ])
        expect(await store.lastSuccesses('dev')).toEqual(
          new Map([
            ['a', { node: 'a', fingerprint: 'f2', runId: 'r2', at }],
            ['b', { node: 'b', fingerprint: 'f1', runId: 'r1', at: '2026-01-02T03:04:05.678Z' }],
          ]),
        )
        expect((await store.lastSuccesses('prod')).get('a')?.fingerprint).toBe('p')
      })

      test('a success that published nothing leaves the time of its data, and a check that passed is one', async () => {
        const store = await open()
        const later = '2026-03-01T00:00:00.000Z'
        await store.record([
          runStarted('r1'),
          taskFinished('r1', 'a', { published: ['main.a'] }),
          taskFinished('r1', 'a', { fingerprint: 'f3', at: later, published: [] }),
          checkFinished('r1', 'a', 'test.shop.x', { fingerprint: 'c1', status: 'warn', at: later }),
          checkFinished('r1', 'a', 'test.shop.y', { fingerprint: 'c2', status: 'fail' }),
          checkFinished('r1', 'a', 'a/gate', { status: 'pass' }),
        ])
        expect(await store.lastSuccesses('dev')).toEqual(
          new Map([
            ['a', { node: 'a', fingerprint: 'f3', runId: 'r1', at: '2026-01-02T03:04:05.678Z' }],
            ['test.shop.x', { node: 'test.shop.x', fingerprint: 'c1', runId: 'r1', at: later }],
          ]),
        )
      })

      test('run records come newest first, by pipeline, limited', async () => {
        const store = await open()
        await store.record([runStarted('r1'), recorded('r1', 'orders', 1), recorded('r1', 'events', 2)])
        await store.record([recorded('r1', 'orders', 3)])
        expect((await store.records({ limit: 2 })).map((record) => record.rows_loaded)).toEqual([3, 2])
        const orders = await store.records({ pipeline: 'orders', limit: 9 })
        expect(orders.map((record) => record.rows_loaded)).toEqual([3, 1])
        expect(orders[0]).toEqual(recorded('r1', 'orders', 3).record)
      })

      test('versions of schemas count up for each table, and one that says nothing new is none', async () => {
        const store = await open()
        const schema = (relation: string, ...names: readonly string[]) => ({
          type: 'schema-recorded' as const,
          runId: 'r1',
          at: '2026-01-02T03:04:05.678Z',
          node: 'pipeline.shop.orders',
          stream: 'orders',
          relation,
          columns: names.map((name) => ({ name, type: 'bigint' })),
          changes: [],
        })
        const added = { column: 'b', change: 'added' as const, newName: null, from: null, to: 'bigint' }
        await store.record([runStarted('r1'), schema('raw.a', 'a'), schema('raw.a', 'a')])
        await store.record([{ ...schema('raw.a', 'a', 'b'), changes: [added] }, schema('raw.b', 'x')])
        const versions = await store.schemaVersions('dev')
        expect(versions.map(({ relation, version }) => [relation, version])).toEqual([
          ['raw.a', 1],
          ['raw.a', 2],
          ['raw.b', 1],
        ])
        expect(versions[1]).toMatchObject({ changes: [added], hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
        expect(versions[1]?.columns.map(({ name }) => name)).toEqual(['a', 'b'])
        expect(await store.schemaVersions('prod')).toEqual([])
      })

      test('text survives whatever is in it', async () => {
        const store = await open()
        const node = 'model.shop.naïve \'"; drop table runs; -- 🌊'
        await store.record([runStarted('r1', { tasks: [node] }), taskFinished('r1', node, { message: node })])
        expect((await store.run('r1'))?.tasks[0]).toMatchObject({ node, message: node })
      })

      test('a NUL in a message, which Postgres cannot keep, is left out of the task and kept in the event', async () => {
        const store = await open()
        await store.record([runStarted('r1'), taskFinished('r1', 'a', { message: 'a\0b' })])
        expect((await store.run('r1'))?.tasks[0]?.message).toBe('ab')
        expect((await store.events('r1'))[1]).toMatchObject({ message: 'a\0b' })
      })

      test('an event of another shape is said to be unreadable', async () => {
        const place = await newPlace()
        const store = await open(place)
        await store.record([runStarted('r1')])
        await execute(place, `update events set body = '{"type":"unheard-of"}'`)
        await expect(store.events('r1')).rejects.toMatchObject({ code: 'WW6003' })
        await execute(place, `update events set body = 'not json'`)
        await expect(store.events('r1')).rejects.toMatchObject({ code: 'WW6003' })
      })
    })

    describe('leases', () => {
      test('belong to one holder until released', async () => {
        const store = await open()
        expect(await store.acquireLease('build', 'r1', 60)).toEqual({ acquired: true, holder: 'r1' })
        expect(await store.acquireLease('build', 'r2', 60)).toEqual({ acquired: false, holder: 'r1' })
        expect(await store.acquireLease('build', 'r1', 60)).toEqual({ acquired: true, holder: 'r1' })
        expect(await store.acquireLease('other', 'r2', 60)).toEqual({ acquired: true, holder: 'r2' })
        await store.releaseLease('build', 'r2')
        expect(await store.renewLease('build', 'r1', 60)).toBe(true)
        await store.releaseLease('build', 'r1')
        expect(await store.renewLease('build', 'r1', 60)).toBe(false)
        expect(await store.acquireLease('build', 'r2', 60)).toEqual({ acquired: true, holder: 'r2' })
      })

      test('that have lapsed are free, and cannot be renewed', async () => {
        const store = await open()
        await store.acquireLease('build', 'r1', 0)
        expect(await store.renewLease('build', 'r1', 60)).toBe(false)
        expect(await store.acquireLease('build', 'r2', 60)).toEqual({ acquired: true, holder: 'r2' })
        expect(await store.renewLease('build', 'r1', 60)).toBe(false)
        expect(await store.renewLease('build', 'r2', 0)).toBe(true)
        expect(await store.acquireLease('build', 'r1', 60)).toEqual({ acquired: true, holder: 'r1' })
      })

      test('raced for are won by one', async () => {
        const place = await newPlace()
        const stores = [await open(place), await open(place)]
        const racers = Array.from({ length: 20 }, (_, index) => ({
          store: stores[index % 2] ?? stores[0],
          holder: `r${index}`,
        }))
        const outcomes = await Promise.all(
          racers.map(({ store, holder }) => store?.acquireLease('build', holder, 60)),
        )
        expect(outcomes.filter((outcome) => outcome?.acquired)).toHaveLength(1)
        expect(new Set(outcomes.map((outcome) => outcome?.holder)).size).toBe(1)
      })
    })

    describe('interrupted runs', () => {
      test('are those that run without a lease of theirs', async () => {
        const store = await open()
        await store.acquireLease('build dev', 'alive', 60)
        await store.acquireLease('run lapsed', 'lapsed', 0)
        await store.record([
          runStarted('alive'),
          runStarted('lapsed'),
          runStarted('released'),
          runStarted('elsewhere', { target: 'prod' }),
          runStarted('done'),
          {
            type: 'run-finished',
            runId: 'done',
            at: '2026-01-02T03:04:05.678Z',
            status: 'failed',
            seconds: 1,
          },
        ])
        expect(await store.closeInterrupted('dev')).toEqual(['lapsed', 'released'])
        const statuses = (await store.runs({ limit: 9 })).map((run) => [run.runId, run.status])
        expect(Object.fromEntries(statuses)).toEqual({
          alive: 'running',
          lapsed: 'interrupted',
          released: 'interrupted',
          elsewhere: 'running',
          done: 'failed',
        })
        expect(await store.closeInterrupted('dev')).toEqual([])
      })
    })

    describe('positions', () => {
      test('are kept by target, pipeline and stream, the last one of each', async () => {
        const store = await open()
        const position = { pipeline: 'p', stream: 's', position: '1', loadId: 'l1', runId: 'r1' }
        await store.savePositions('dev', [position, { ...position, stream: 't' }])
        await store.savePositions('dev', [{ ...position, position: '2', loadId: 'l2', runId: 'r2' }])
        await store.savePositions('prod', [{ ...position, position: '9' }])
        await store.savePositions('prod', [])
        expect(await store.positions('dev')).toEqual([
          { pipeline: 'p', stream: 's', position: '2', loadId: 'l2', runId: 'r2' },
          { ...position, stream: 't' },
        ])
        expect((await store.positions('prod')).map((kept) => kept.position)).toEqual(['9'])
      })
    })

    describe('opening', () => {
      test('finds again what was recorded', async () => {
        const place = await newPlace()
        const first = await openStateStore(place)
        for (const events of runEvents('r1', 'dev', ['a'])) await first.record(events)
        await first.close()
        expect(await (await open(place)).run('r1')).toMatchObject({ status: 'success' })
      })

      test('at once from many sides makes the tables once', async () => {
        const place = await newPlace()
        const stores = await Promise.all(Array.from({ length: 6 }, () => open(place)))
        await Promise.all(stores.map((store, index) => store.record([runStarted(`r${index}`)])))
        expect(await stores[0]?.runs({ limit: 10 })).toHaveLength(6)
      })

      test('refuses a store of a newer version, and leaves it alone', async () => {
        const place = await newPlace()
        await (await open(place)).record([runStarted('r1')])
        await execute(place, `insert into migrations values (9999, 'from the future', '2099-01-01')`)
        await expect(openStateStore(place)).rejects.toMatchObject({ code: 'WW6002' })
        await execute(place, 'delete from migrations where version = 9999')
        expect(await (await open(place)).run('r1')).toBeDefined()
      })
    })

    test('tokens are found by what they stand for, and erased for good', async () => {
      const store = await open()
      const kept = ['a', 'b'].map((each) => ({ token: `tok_${each}`, lookup: `k1:${each}`, sealed: each }))
      await store.keepTokens(kept)
      expect(await store.eraseToken('tok_a')).toBe(true)
      expect(await store.eraseToken('tok_a')).toBe(false)
      expect(await store.keptToken('tok_a')).toBeUndefined()
      expect(await store.tokensOf(['k1:a', 'k1:b'])).toEqual(new Map([['k1:b', 'tok_b']]))
      await store.keepTokens([{ ...kept[0]!, token: 'tok_c' }])
      expect(await store.keptToken('tok_c')).toEqual({ ...kept[0], token: 'tok_c' })
    })

    test('a credential is kept in the place of the one before it', async () => {
      const store = await open()
      expect(await store.credential('a')).toBeUndefined()
      await store.keepCredential('a', 'one')
      await store.keepCredential('b', 'other')
      await store.keepCredential('a', 'two')
      expect([await store.credential('a'), await store.credential('b')]).toEqual(['two', 'other'])
    })

    test('several processes make one store, write to it at once, and one gets the lease', async () => {
      const place = await newPlace()
      const outcomes = await Promise.all(['p', 'q', 'r'].map((prefix) => writeFromProcess(place, prefix, 15)))
      expect(outcomes.filter((outcome) => outcome === 'acquired')).toHaveLength(1)
      const runs = await (await open(place)).runs({ limit: 100 })
      expect(runs).toHaveLength(45)
      expect(runs.every((run) => run.status === 'success' && run.tasks.length === 2)).toBe(true)
    })
  })
}

function pending(node: string): TaskSummary {
  return {
    node,
    status: 'pending',
    attempts: 0,
    seconds: undefined,
    rows: undefined,
    message: '',
    ledger: undefined,
  }
}

/** The plain model of what tasks look like after events. */
function tasksAfter(planned: readonly string[], events: readonly Event[]): Map<string, TaskSummary> {
  const tasks = new Map(planned.map((node) => [node, pending(node)]))
  for (const event of events) {
    if (event.type === 'task-started') {
      const task = tasks.get(event.node) ?? pending(event.node)
      tasks.set(event.node, { ...task, status: 'running', attempts: event.attempt })
    } else if (event.type === 'task-finished') {
      const { node, status, seconds, rows, message, ledger } = event
      const task = tasks.get(node) ?? pending(node)
      tasks.set(node, { ...task, status, seconds, rows, message, ledger })
    }
  }
  return tasks
}

function checksAfter(events: readonly Event[]): Map<string, unknown> {
  const checks = new Map<string, unknown>()
  for (const event of events) {
    if (event.type !== 'check-finished') continue
    const { check, node, status, failures, message, at } = event
    checks.set(`${node} ${check}`, { check, node, status, failures, message, at })
  }
  return checks
}

function recorded(
  runId: string,
  pipeline: string,
  rows: number,
): Event & { readonly type: 'pipeline-recorded'; readonly record: RunRecord } {
  const at = '2026-01-02T03:04:05.678Z'
  return {
    type: 'pipeline-recorded',
    runId,
    at,
    record: {
      pipeline_name: pipeline,
      run_id: runId,
      started_at: at,
      completed_at: at,
      status: 'success',
      stage: 'verify',
      rows_extracted: rows,
      rows_transformed: rows,
      rows_loaded: rows,
      rows_rejected: 0,
      quality_checks_passed: 1,
      quality_checks_failed: 0,
      duration_seconds: 0.5,
      error_message: null,
      watermark_before: null,
      watermark_after: '{"files":3}',
    },
  }
}

const writer = fileURLToPath(new URL('../support/state-writer.ts', import.meta.url))

async function writeFromProcess(place: StateLocation, prefix: string, runs: number): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    writer,
    JSON.stringify(place),
    prefix,
    String(runs),
  ])
  return stdout
}
