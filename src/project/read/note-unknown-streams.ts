import { suggest } from '../../errors/suggest.ts'
import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'
import { type Extract, streamsOf } from '../pipeline.ts'
import type { PipelineEntry } from '../schema/pipeline-file.ts'

/** What stands between a stream and the way to one of its lists in the name of the list's table. */
const LIST = '__'

/**
 * Notes streams that something is said of and that the pipeline does not read (WW1047). Where patterns choose tables, which there are is known
 * at the source alone.
 */
export function noteUnknownStreams(
  entry: PipelineEntry,
  extract: Extract,
  origin: Origin,
  intake: Intake,
): void {
  const streams = streamsOf(extract)
  if (streams.length === 0 || (extract.database?.patterns.length ?? 0) > 0) return
  const isRead = (name: string) =>
    streams.some((stream) => name === stream || name.startsWith(`${stream}${LIST}`))
  const { schema_changes: changes, nested } = entry.load
  for (const [key, said] of Object.entries({ schema_changes: changes, nested })) {
    if (typeof said !== 'object' || !('streams' in said)) continue
    for (const name of Object.keys(said.streams ?? {}).filter((each) => !isRead(each))) {
      const near = suggest(name, streams)
      intake.error(
        'WW1047',
        { file: origin.file, path: [...origin.path, 'load', key, 'streams', name] },
        {
          message: `pipeline "${entry.name}" reads no stream ${name}`,
          hint: near === undefined ? `It reads ${streams.join(', ')}.` : `Did you mean "${near}"?`,
          part: 'key',
        },
      )
    }
  }
}
