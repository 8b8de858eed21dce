import { createHash } from 'node:crypto'

/**
 * The UUID by which a task of a run is known outside: the same for every event of that task, and nothing has to be
 * remembered for it. Version 8 (RFC 9562, section 5.8): the run's time bits, so that it sorts with the run, then a
 * hash of run and node.
 */
export function taskRunId(runId: string, node: string): string {
  const hash = createHash('sha256').update(`${runId}\n${node}`).digest('hex')
  const time = runId.slice(0, 13)
  const variant = ((Number.parseInt(hash.slice(3, 4), 16) & 0x3) | 0x8).toString(16)
  return `${time}-8${hash.slice(0, 3)}-${variant}${hash.slice(4, 7)}-${hash.slice(7, 19)}`
}
