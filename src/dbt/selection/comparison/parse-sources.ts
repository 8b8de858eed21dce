import { z } from 'zod'
import { parseArtifact } from './parse-artifact.ts'

const timestamp = z.string().transform((text, context) => {
  const match = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?$/.exec(text)
  const seconds = match ? Date.parse(`${match[1]!.replace(' ', 'T')}${match[3] ?? 'Z'}`) : Number.NaN
  if (!match || Number.isNaN(seconds)) {
    context.addIssue({ code: 'custom', message: 'is no timestamp' })
    return z.NEVER
  }
  return BigInt(seconds) * 1000n + BigInt((match[2] ?? '').padEnd(6, '0').slice(0, 6))
})

const document = z.object({
  results: z.array(z.object({ unique_id: z.string(), max_loaded_at: timestamp.optional() })),
})

/**
 * When the newest row of each source was loaded, in microseconds since 1970, from a sources.json of version 3. A source that could
 * not be looked at is left out. Throws WW1305.
 */
export function parseSources(text: string, file: string): ReadonlyMap<string, bigint> {
  const { results } = parseArtifact(text, file, 'sources', (version) => version === 3, document)
  return new Map(
    results.flatMap(({ unique_id, max_loaded_at: at }) =>
      at === undefined ? [] : [[unique_id, at] as const],
    ),
  )
}
