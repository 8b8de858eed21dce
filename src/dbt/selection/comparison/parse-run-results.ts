import { z } from 'zod'
import { parseArtifact } from './parse-artifact.ts'

const document = z.object({
  results: z.array(z.object({ unique_id: z.string(), status: z.string() })),
})

/** Statuses by unique id, from a run_results.json of version 4 to 6. Throws WW1305. */
export function parseRunResults(text: string, file: string): ReadonlyMap<string, string> {
  const accepts = (version: number) => version >= 4 && version <= 6
  const { results } = parseArtifact(text, file, 'run-results', accepts, document)
  return new Map(results.map(({ unique_id, status }) => [unique_id, status]))
}
