import type { CheckFinished, Event, RunStarted, TaskFinished } from '../../src/events/event.ts'
import { EMPTY_LEDGER } from '../../src/ledger/ledger.ts'

const AT = '2026-01-02T03:04:05.678Z'

export function runStarted(runId: string, change: Partial<RunStarted> = {}): RunStarted {
  return {
    type: 'run-started',
    runId,
    at: AT,
    command: 'build',
    target: 'dev',
    tasks: [],
    selection: { select: [], exclude: [] },
    ...change,
  }
}

export function taskFinished(runId: string, node: string, change: Partial<TaskFinished> = {}): TaskFinished {
  return {
    type: 'task-finished',
    runId,
    at: AT,
    node,
    fingerprint: 'f1',
    status: 'success',
    seconds: 0.25,
    rows: 3,
    ledger: undefined,
    message: '',
    published: [],
    ...change,
  }
}

export function checkFinished(
  runId: string,
  node: string,
  check: string,
  change: Partial<CheckFinished> = {},
): CheckFinished {
  const answer = { status: 'pass', failures: 0, message: '', seconds: 0.1 } as const
  return { type: 'check-finished', runId, at: AT, check, node, ...answer, ...change }
}

/** A whole successful run, as the batches in which a runner would record it. */
export function runEvents(
  runId: string,
  target: string,
  nodes: readonly string[],
): readonly (readonly Event[])[] {
  return [
    [runStarted(runId, { target, tasks: nodes })],
    ...nodes.map((node): readonly Event[] => [
      { type: 'task-started', runId, at: AT, node, attempt: 1 },
      taskFinished(runId, node, { ledger: { ...EMPTY_LEDGER, extracted: 3, inserted: 3 } }),
    ]),
    [{ type: 'run-finished', runId, at: AT, status: 'success', seconds: 1.5 }],
  ]
}
