import { failureMessage } from '../../dbt/artifacts/failure-message.ts'
import type { NodeResult, NodeStatus, Timing } from '../../dbt/artifacts/node-result.ts'
import { untouchedResult } from '../../dbt/artifacts/untouched-result.ts'
import { AdapterResponse } from '../../dbt/context/adapter-response.ts'
import type { Manifest } from '../../dbt/manifest/manifest.ts'
import type { ManifestNode } from '../../dbt/manifest/manifest-node.ts'
import type { ManifestUnitTest } from '../../dbt/manifest/manifest-unit-test.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { CheckFinished, Event, TaskFinished, TaskStatus } from '../../events/event.ts'
import type { Plan } from '../../plan/plan.ts'
import type { Journal } from './journal.ts'

const statuses: Readonly<Record<TaskStatus, NodeStatus>> = {
  success: 'success',
  partial: 'partial success',
  failed: 'error',
  skipped: 'skipped',
  reused: 'success',
}

export interface NodeResultsOptions {
  readonly manifest: Manifest
  readonly engine: 'duckdb' | 'postgres'
  readonly journal: Journal
}

/**
 * The results of a run in dbt's words, from what is told while it goes on and what the journal notes: each node of the manifest
 * at its end, and with a gated node the tests that ran with it, or did not come to run. What dbt does not know, such as pipelines
 * and their gates, is left out.
 */
export class NodeResults {
  readonly #manifest: Manifest
  readonly #engine: 'duckdb' | 'postgres'
  readonly #journal: Journal
  readonly #results = new Map<string, NodeResult>()
  /** Checks that were told of before their node's end. */
  readonly #waiting: CheckFinished[] = []
  readonly #gates = new Map<string, readonly string[]>()

  constructor({ manifest, engine, journal }: NodeResultsOptions) {
    this.#manifest = manifest
    this.#engine = engine
    this.#journal = journal
  }

  /** Hears what is to be done. */
  planned({ tasks }: Plan): void {
    for (const { node, gates } of tasks) {
      this.#gates.set(
        node.uniqueId,
        gates.map((gate) => gate.uniqueId),
      )
    }
  }

  /** Hears what happens. */
  event(event: Event): void {
    if (event.type === 'check-finished') this.#waiting.push(event)
    else if (event.type === 'task-finished') this.#finish(event)
  }

  /** Hears of what is told apart from events: hooks. */
  add(result: NodeResult): void {
    this.#results.set(result.uniqueId, result)
  }

  /** Hears of what has nothing done to it. */
  leave(id: string, status: 'no-op' | 'skipped'): void {
    const told = status === 'no-op' ? { message: 'NO-OP', failures: 0 } : {}
    this.add({ ...untouchedResult(id), status, ...told })
  }

  /** Hears how a macro that was called by itself ended: a failure counts as one. */
  operation(uniqueId: string, status: 'success' | 'error', seconds: number): void {
    const failures = status === 'error' ? 1 : 0
    this.add({
      ...untouchedResult(uniqueId),
      status,
      threadId: 'MainThread',
      executionTime: seconds,
      failures,
    })
  }

  /** All results so far, in the order of their ends. */
  get all(): readonly NodeResult[] {
    return [...this.#results.values()]
  }

  #finish(event: TaskFinished): void {
    const { node } = event
    const checks = this.#waiting.splice(0)
    // A test by itself is told of by its check, unless there was none.
    if (!checks.some(({ check }) => check === node) && this.#find(node) !== undefined) {
      this.add(withBatches(this.#taskResult(event), this.#journal.entries.get(node)?.batches))
    }
    for (const check of checks) if (this.#find(check.check)) this.add(this.#testResult(check))
    for (const gate of this.#gates.get(node) ?? []) {
      if (!this.#results.has(gate) && this.#find(gate))
        this.add({ ...untouchedResult(gate), status: 'skipped' })
    }
  }

  #find(id: string): ManifestNode | ManifestUnitTest | undefined {
    return this.#manifest.nodes[id] ?? this.#manifest.unit_tests[id]
  }

  #taskResult({ node, status, seconds, message, at }: TaskFinished): NodeResult {
    const entry = this.#journal.entries.get(node)
    if (status === 'skipped') return { ...untouchedResult(node), status, message: entry?.leftOut ?? null }
    const noted = entry?.timing ?? []
    const ran = {
      ...untouchedResult(node),
      status: statuses[status],
      timing: noted.length === 0 ? timing(at, seconds) : noted,
      executionTime: seconds,
    }
    if (status === 'failed') {
      return { ...ran, message: entry?.error === undefined ? message : this.#failure(node, entry.error) }
    }
    if (status === 'reused') return { ...ran, message }
    const { message: said, answer } = entry?.response ?? { message: 'OK', answer: {} }
    return { ...ran, message: said, adapterResponse: answer }
  }

  #testResult({ check, status, failures, message, seconds, at }: CheckFinished): NodeResult {
    if (status === 'skipped') return { ...untouchedResult(check), status }
    const ran = { ...untouchedResult(check), timing: timing(at, seconds), executionTime: seconds }
    if (status === 'error') {
      const error = this.#journal.entries.get(check)?.error ?? new WaterworksError('WW3001', { message })
      return { ...ran, status: 'error', message: this.#failure(check, error) }
    }
    const judged = { ...ran, status, adapterResponse: AdapterResponse.of(this.#engine, 'SELECT', 1).fields }
    if (status === 'pass') return { ...judged, failures: 0 }
    if (this.#manifest.unit_tests[check] !== undefined) return { ...judged, failures, message }
    return { ...judged, failures, message: this.#verdict(check, status, failures) }
  }

  #verdict(test: string, status: 'warn' | 'fail', failures: number): string {
    const config = this.#manifest.nodes[test]?.config ?? {}
    const limit = config[status === 'fail' ? 'error_if' : 'warn_if'] ?? '!= 0'
    return `Got ${failures} result${failures === 1 ? '' : 's'}, configured to ${status} if ${String(limit)}`
  }

  #failure(id: string, error: unknown): string {
    const node = this.#find(id)
    return node === undefined ? String(error) : failureMessage(error, node, this.#engine)
  }
}

/** A microbatch model is done in part where some of its batches are. */
function withBatches(result: NodeResult, batches: NodeResult['batchResults']): NodeResult {
  if (batches === undefined) return result
  const [done, failed] = [batches.successful.length, batches.failed.length]
  const whole = { ...result, adapterResponse: {}, failures: 0, batchResults: batches }
  if (failed === 0) return { ...whole, message: 'SUCCESS' }
  if (done === 0) return { ...whole, message: 'ERROR' }
  return { ...whole, status: 'partial success', message: `PARTIAL SUCCESS (${done}/${done + failed})` }
}

function timing(at: string, seconds: number): readonly Timing[] {
  const completedAt = new Date(at)
  return [{ name: 'execute', startedAt: new Date(completedAt.getTime() - seconds * 1000), completedAt }]
}
