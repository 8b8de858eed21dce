import type { Definition } from '../definition.ts'

/** How far a job is at its server. */
export type JobStatus = 'running' | 'completed' | 'failed' | 'timeout' | 'skipped'

const STATUSES: readonly JobStatus[] = ['running', 'completed', 'failed', 'timeout', 'skipped']

/** What a manifest takes the words of a server for; undefined for a word that it does not have. Throws WW4403 for one in two meanings. */
export function jobStatuses(definition: Definition): (status: string) => JobStatus | undefined {
  const meanings = new Map<string, JobStatus>()
  for (const status of STATUSES) {
    for (const word of definition.expressions(status)) {
      const text = word.text()
      if (meanings.has(text)) throw definition.problem(`"${text}" stands for two states`)
      meanings.set(text, status)
    }
  }
  return (status) => meanings.get(status)
}
