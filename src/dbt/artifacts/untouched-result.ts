import type { NodeResult } from './node-result.ts'

/** What dbt writes of a node in which nothing ran, but for how it went. */
export function untouchedResult(uniqueId: string): Omit<NodeResult, 'status'> {
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
