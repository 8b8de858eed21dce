import { type DeclarativeManifest, streamNames } from '../../api-manifest/read-manifest.ts'
import { suggest } from '../../errors/suggest.ts'
import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'
import type { ApiStreamSource } from '../pipeline.ts'
import type { StreamEntry } from '../schema/api-entry.ts'
import { asList } from '../schema/fields.ts'
import type { PipelineEntry } from '../schema/pipeline-file.ts'
import { streamName } from './table-name.ts'

/** The streams of a manifest that a pipeline reads, each with the table it fills; `origin` is that of the list. */
export function readStreams(
  given: PipelineEntry['extract']['streams'],
  manifest: DeclarativeManifest,
  pipeline: string,
  origin: Origin,
  intake: Intake,
): readonly ApiStreamSource[] {
  const known = streamNames(manifest)
  const wanted = given === undefined ? known : typeof given === 'string' ? [given] : given
  const streams = new Map<string, ApiStreamSource>()
  for (const [index, item] of wanted.entries()) {
    const place = Array.isArray(given) ? { file: origin.file, path: [...origin.path, index] } : origin
    const entry: StreamEntry = typeof item === 'string' ? { stream: item } : item
    if (!known.includes(entry.stream) && manifest.dynamicStreams.length === 0) {
      const near = suggest(entry.stream, known)
      intake.error('WW4407', place, {
        message: `the manifest has no stream "${entry.stream}"`,
        hint: near === undefined ? undefined : `Did you mean "${near}"?`,
      })
      continue
    }
    for (const key of ['replication_key', 'properties'] as const) {
      if (entry[key] === undefined) continue
      intake.error('WW1020', place, { message: `"${key}" is for streams of a tap` })
    }
    const table = entry.as ?? streamName(entry.stream)
    const other = streams.get(table)
    if (other !== undefined) {
      intake.error('WW1022', place, {
        message: `pipeline "${pipeline}" fills the table "${table}" from the streams "${other.name}" and "${entry.stream}"`,
        hint: 'Give one of them another name: {stream: …, as: …}.',
      })
      continue
    }
    const mergeKeys = entry.merge_keys === undefined ? undefined : asList(entry.merge_keys)
    streams.set(table, { table, name: entry.stream, mergeKeys })
  }
  return [...streams.values()]
}
