import type { NodeResult, NodeStatus, Timing } from '../../dbt/artifacts/node-result.ts'
import type { Manifest } from '../../dbt/manifest/manifest.ts'
import type { CheckFinished, Event, TaskFinished, TaskStatus } from '../../events/event.ts'

const statuses: Readonly<Record<TaskStatus, NodeStatus>> = {
  success: 'success',
  partial: 'partial success',
  failed: 'error',
  skipped: 'skipped',
  reused: 'success',
}

/**
 * The results of a run in dbt's words, from what is told while it goes on: each node of the manifest, then the tests that ran
 * with it. Tests that had no chance, because what they look at was not built, are skipped. What dbt does not know, such as
 * pipelines and their gates, is left out.
 */
export class NodeResults {
  readonly #manifest: Manifest
  readonly #results = new Map<string, NodeResult>()
  /** Checks that were told of before their node's end. */
  readonly #waiting: CheckFinished[] = []

  constructor(manifest: Manifest) {
    this.#manifest = manifest
  }

  /** Hears what happens. */
  event(event: Event): void {
    if (event.type === 'check-finished') this.#waiting.push(event)
    else if (event.type === 'task-finished') this.#finish(event)
  }

  /** All results so far, in the order of their ends. */
  get all(): readonly NodeResult[] {
    return [...this.#results.values()]
  }

  #finish(event: TaskFinished): void {
    const { node, status } = event
    const known = this.#manifest.nodes[node]
    if (known !== undefined && known.resource_type !== 'test') this.#results.set(node, taskResult(event))
    for (const check of this.#waiting.splice(0)) {
      if (this.#manifest.nodes[check.check] !== undefined) {
        this.#results.set(check.check, this.#testResult(check))
      }
    }
    if (status !== 'skipped' && status !== 'failed') return
    if (known?.resource_type === 'test') this.#skip(node)
    for (const child of this.#manifest.child_map[node] ?? []) this.#skip(child)
  }

  /** A test without a result of its own. */
  #skip(test: string): void {
    if (this.#manifest.nodes[test]?.resource_type !== 'test' || this.#results.has(test)) return
    this.#results.set(test, { ...untouched(test), status: 'skipped' })
  }

  #testResult({ check, status, failures, message, seconds, at }: CheckFinished): NodeResult {
    const ran = { ...untouched(check), timing: timing(at, seconds), executionTime: seconds }
    if (status === 'skipped') return { ...untouched(check), status }
    if (status === 'error') return { ...ran, status, message }
    const result = { ...ran, status, adapterResponse: { _message: 'OK' } }
    return status === 'pass'
      ? { ...result, failures: 0 }
      : { ...result, failures, message: this.#verdict(check, status, failures) }
  }

  #verdict(test: string, status: 'warn' | 'fail', failures: number): string {
    const config = this.#manifest.nodes[test]?.config ?? {}
    const limit = config[status === 'fail' ? 'error_if' : 'warn_if'] ?? '!= 0'
    return `Got ${failures} result${failures === 1 ? '' : 's'}, configured to ${status} if ${String(limit)}`
  }
}

function taskResult({ node, status, seconds, message, at }: TaskFinished): NodeResult {
  if (status === 'skipped') return { ...untouched(node), status: 'skipped' }
  const failed = status === 'failed'
  return {
    ...untouched(node),
    status: statuses[status],
    timing: timing(at, seconds),
    executionTime: seconds,
    adapterResponse: failed ? {} : { _message: 'OK' },
    message: failed || status === 'reused' ? message : 'OK',
  }
}

function untouched(uniqueId: string): Omit<NodeResult, 'status'> {
  return {
    uniqueId,
    timing: [],
    threadId: 'Thread-1 (worker)',
    executionTime: 0,
    adapterResponse: {},
    message: null,
    failures: null,
  }
}

function timing(at: string, seconds: number): readonly Timing[] {
  const completedAt = new Date(at)
  return [{ name: 'execute', startedAt: new Date(completedAt.getTime() - seconds * 1000), completedAt }]
}
