import { describe, expect, it } from 'vitest'
import type { NodeResult } from '../../../src/dbt/artifacts/node-result.ts'
import { runResultsArtifact } from '../../../src/dbt/artifacts/run-results-artifact.ts'
import { parsePreviousRun } from '../../../src/dbt/retry/previous-run.ts'
import { retriedArgs } from '../../../src/dbt/retry/retried-args.ts'
import { everyKind } from '../artifacts/sample-manifest.ts'

const moment = (day: number) => new Date(Date.UTC(2026, 0, day))

function result(
  uniqueId: string,
  status: NodeResult['status'],
  change: Partial<NodeResult> = {},
): NodeResult {
  return {
    uniqueId,
    status,
    timing: [],
    threadId: 'main',
    executionTime: 0,
    adapterResponse: {},
    message: null,
    failures: null,
    ...change,
  }
}

/** A file as it is written, read back. */
function written(results: readonly NodeResult[], which = 'build', options = {}) {
  const artifact = runResultsArtifact(everyKind(), results, {
    invocation: { id: 'i', startedAt: moment(1), env: {} },
    generatedAt: moment(2),
    compilation: new Map(),
    elapsedTime: 1,
    args: { which, select: ['orders'] },
  })
  return parsePreviousRun(JSON.stringify(artifact), 'target/run_results.json', options)
}

const mixed = [
  result('model.a', 'success'),
  result('model.b', 'error'),
  result('model.c', 'skipped'),
  result('test.d', 'fail'),
  result('test.e', 'warn'),
  result('test.f', 'pass'),
  result('exposure.g', 'no-op'),
  result('operation.h', 'error'),
]

describe('what is left of a run', () => {
  it('is what failed or was skipped, hooks aside', () => {
    const run = written(mixed)
    expect([...run.unfinished]).toEqual(['model.b', 'model.c', 'test.d'])
    expect(run).toMatchObject({ command: 'build', args: { select: ['orders'] }, startedAt: moment(1) })
  })

  it('has warnings in it where they count as errors', () => {
    expect([...written(mixed, 'build', { warnError: true }).unfinished]).toContain('test.e')
  })

  it('is the operation itself, where one was run', () => {
    expect([...written([result('operation.h', 'error')], 'run-operation').unfinished]).toEqual([
      'operation.h',
    ])
  })

  it('is the batches that failed of a model of which some were done; of others all', () => {
    const partly = { successful: [[moment(1), moment(2)]], failed: [[moment(2), moment(3)]] } as const
    const run = written([
      result('model.a', 'partial success', { batchResults: partly }),
      result('model.b', 'error', { batchResults: { ...partly, successful: [] } }),
    ])
    expect([...run.unfinished]).toEqual(['model.a', 'model.b'])
    expect(run.batches).toEqual(new Map([['model.a', partly]]))
  })

  it('of a file that is none cannot be told', () => {
    expect(() => parsePreviousRun('{}', 'target/run_results.json')).toThrow(
      expect.objectContaining({ code: 'WW1305' }),
    )
  })
})

it('a run is done again with its own arguments, at the places of now', () => {
  const previous = {
    select: ['orders'],
    vars: { a: 1 },
    threads: 4,
    project_dir: '/then',
    full_refresh: true,
  }
  expect(retriedArgs(previous, { project_dir: '/now', vars: { a: 2 }, select: ['x'] })).toEqual({
    select: ['orders'],
    vars: { a: 2 },
    threads: 4,
    full_refresh: true,
    project_dir: '/now',
  })
})
