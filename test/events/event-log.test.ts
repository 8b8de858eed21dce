import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Event, PipelineRecorded } from '../../src/events/event.ts'
import { EventLog } from '../../src/events/event-log.ts'
import { RunRecordLog } from '../../src/events/run-record-log.ts'
import { openStateStore } from '../../src/state/open-state-store.ts'
import type { StateStore } from '../../src/state/state-store.ts'
import { runStarted, taskFinished } from '../support/run-events.ts'

let folder: string
let store: StateStore

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waterworks-events-'))
  store = await openStateStore({ kind: 'sqlite', path: join(folder, 'state.db') })
})

afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

describe('an event log', () => {
  test('tells listeners at once and the store at a flush', async () => {
    const log = new EventLog({ sink: store })
    const heard: Event[] = []
    const stop = log.listen((event) => heard.push(event))
    log.emit(runStarted('r1', { tasks: ['a'] }))
    expect(heard).toEqual([runStarted('r1', { tasks: ['a'] })])
    expect(await store.run('r1')).toBeUndefined()
    await log.flush()
    expect((await store.run('r1'))?.status).toBe('running')
    stop()
    log.emit(taskFinished('r1', 'a'))
    await log.flush()
    await log.flush()
    expect(heard).toHaveLength(1)
    expect(await store.events('r1')).toHaveLength(2)
  })

  test('masks secrets before anybody sees them', async () => {
    const path = join(folder, 'runs.ndjson')
    const log = new EventLog({ sink: store, secrets: ['hunter2!'], records: new RunRecordLog(path) })
    const heard: Event[] = []
    log.listen((event) => heard.push(event))
    log.emit(runStarted('r1'))
    log.emit(taskFinished('r1', 'a', { status: 'failed', message: 'hunter2! was refused' }))
    log.emit({
      type: 'check-finished',
      runId: 'r1',
      at: AT,
      check: 'c',
      node: 'a',
      status: 'error',
      failures: 0,
      message: 'no hunter2!',
      seconds: 0,
    })
    log.emit(recorded('r1', { error_message: 'hunter2! again' }))
    await log.flush()
    const everything = [
      heard,
      await store.events('r1'),
      await store.run('r1'),
      await store.checks('r1'),
      await store.records({ limit: 1 }),
      await readFile(path, 'utf8'),
    ].map((told) => JSON.stringify(told))
    for (const told of everything) {
      expect(told).not.toContain('hunter2!')
    }
    expect((await store.run('r1'))?.tasks[0]?.message).toBe('*** was refused')
  })

  test('has recorded what was emitted before each of many flushes, in order', async () => {
    const log = new EventLog({ sink: store })
    log.emit(runStarted('r1'))
    await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        log.emit(taskFinished('r1', `m${index}`))
        await log.flush()
        const tasks = (await store.run('r1'))?.tasks.map((task) => task.node) ?? []
        expect(tasks).toContain(`m${index}`)
      }),
    )
    const order = (await store.events('r1')).slice(1).map((event) => 'node' in event && event.node)
    expect(order).toEqual(Array.from({ length: 30 }, (_, index) => `m${index}`))
  })

  test('keeps events that could not be recorded for the next flush', async () => {
    let broken = true
    const log = new EventLog({
      sink: {
        async record(events) {
          if (broken) throw new Error('disk full')
          await store.record(events)
        },
      },
    })
    log.emit(runStarted('r1'))
    const both = await Promise.allSettled([log.flush(), log.flush()])
    expect(both.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected'])
    broken = false
    log.emit(taskFinished('r1', 'a'))
    await log.flush()
    expect((await store.events('r1')).map((event) => event.type)).toEqual(['run-started', 'task-finished'])
  })
})

describe('the log of run records', () => {
  test('has a line for each pipeline run, with exactly the fields of a record in their order', async () => {
    const path = join(folder, 'logs', 'pipeline-runs.ndjson')
    const log = new EventLog({ sink: store, records: new RunRecordLog(path) })
    log.emit(runStarted('r1'))
    const shuffled = recorded('r1', {})
    const backwards = Object.fromEntries(Object.entries({ ...shuffled.record, extra: 1 }).reverse())
    log.emit({ ...shuffled, record: { ...backwards, ...shuffled.record } })
    log.emit(recorded('r1', { pipeline_name: 'two\nlines' }))
    await log.flush()
    await log.flush()
    const lines = (await readFile(path, 'utf8')).split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toBe(
      '{"pipeline_name":"orders","run_id":"r1","started_at":"2026-01-02T03:04:05.678Z",' +
        '"completed_at":"2026-01-02T03:04:05.678Z","status":"success","stage":"verify","rows_extracted":3,' +
        '"rows_transformed":3,"rows_loaded":2,"rows_rejected":1,"quality_checks_passed":4,' +
        '"quality_checks_failed":0,"duration_seconds":1.5,"error_message":null,"watermark_before":null,' +
        '"watermark_after":"5"}',
    )
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ pipeline_name: 'two\nlines' })
    expect(lines[2]).toBe('')
  })

  test('is appended to whole lines at a time by many at once', async () => {
    const path = join(folder, 'runs.ndjson')
    const logs = Array.from({ length: 5 }, () => new RunRecordLog(path))
    const { record } = recorded('r1', {})
    await Promise.all(logs.flatMap((log) => Array.from({ length: 20 }, () => log.append([record, record]))))
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(Array.from({ length: 200 }, () => record))
  })

  test('that cannot be written says so', async () => {
    const log = new RunRecordLog(folder)
    await expect(log.append([recorded('r1', {}).record])).rejects.toMatchObject({ code: 'WW6005' })
  })
})

const AT = '2026-01-02T03:04:05.678Z'

function recorded(runId: string, change: Partial<PipelineRecorded['record']>): PipelineRecorded {
  return {
    type: 'pipeline-recorded',
    runId,
    at: AT,
    record: {
      pipeline_name: 'orders',
      run_id: runId,
      started_at: AT,
      completed_at: AT,
      status: 'success',
      stage: 'verify',
      rows_extracted: 3,
      rows_transformed: 3,
      rows_loaded: 2,
      rows_rejected: 1,
      quality_checks_passed: 4,
      quality_checks_failed: 0,
      duration_seconds: 1.5,
      error_message: null,
      watermark_before: null,
      watermark_after: '5',
      ...change,
    },
  }
}
