import { Origins } from '../../api-manifest/origins.ts'
import { readManifest } from '../../api-manifest/read-manifest.ts'
import type { Origin } from '../origin.ts'
import type { ApiExtract } from '../pipeline.ts'
import { compileRequests } from '../requests/compile-requests.ts'
import { writtenAt } from '../requests/written-at.ts'
import type { PipelineEntry } from '../schema/pipeline-file.ts'
import type { RequestStream } from '../schema/requests-entry.ts'
import { type Path, valueAt } from '../yaml/value-at.ts'
import type { ApiSurroundings } from './api.ts'
import { readStreams } from './api-streams.ts'
import { refusePlainSecrets, secretsBelow } from './secrets.ts'

/** What a pipeline reads of an HTTP API by our own short form, as a manifest; undefined where it has none. */
export function readRequests(
  name: string,
  { requests, streams }: PipelineEntry['extract'],
  origin: Origin,
  around: ApiSurroundings,
): ApiExtract | undefined {
  if (requests === undefined) return undefined
  const { intake, secrets, written, text } = around
  const at = (...path: Path): Origin => ({ file: origin.file, path: [...origin.path, 'requests', ...path] })
  refusePlainSecrets(valueAt(written, ['requests']), at(), intake)
  const queryOf = ({ graphql }: RequestStream, index: number): string | undefined => {
    if ((graphql?.query === undefined) === (graphql?.file === undefined)) {
      const message = '"graphql" takes either a "query" or a "file"'
      intake.error('WW1020', at('streams', index, 'graphql'), { message })
    }
    if (graphql?.file === undefined) return graphql?.query
    const query = around.readText(graphql.file)
    if (query === undefined) {
      const message = `there is no file ${graphql.file}`
      intake.error('WW1049', at('streams', index, 'graphql', 'file'), { message })
    }
    return query
  }
  const { document, config, places, problems } = compileRequests(requests, queryOf)
  for (const { at: place, message } of problems) intake.error('WW4403', at(...place), { message })
  for (const secret of secretsBelow([config, requests])) secrets.add(secret)
  const origins = new Origins((part) => intake.locate(at(...writtenAt(part, places))))
  const manifest = readManifest(document, origins)
  return {
    manifest: origin.file,
    document: JSON.stringify(document),
    config,
    streams: readStreams(
      streams,
      manifest,
      name,
      { file: origin.file, path: [...origin.path, 'streams'] },
      intake,
    ),
    written: {
      text,
      places: places.map((place) => ({ ...place, at: [...origin.path, 'requests', ...place.at] })),
    },
  }
}
