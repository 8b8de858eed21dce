import { isJsonObject, type JsonObject, toJson } from '../../api-manifest/json.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { parseCatalog, type TapCatalog } from '../../singer-catalog/catalog.ts'
import { isSelected } from '../../singer-catalog/select-stream.ts'
import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'
import type { TapExtract, TapStreamSource } from '../pipeline.ts'
import type { StreamEntry } from '../schema/api-entry.ts'
import { asList } from '../schema/fields.ts'
import type { PipelineEntry } from '../schema/pipeline-file.ts'
import { type Path, valueAt } from '../yaml/value-at.ts'
import type { ApiSurroundings } from './api.ts'
import { refusePlainSecrets, secretsBelow } from './secrets.ts'
import { streamName } from './table-name.ts'

const SILENCE_SECONDS = 600

/** What a pipeline reads of a Singer tap; undefined where it names none. */
export function readTap(
  { name, extract }: PipelineEntry,
  origin: Origin,
  around: ApiSurroundings,
): TapExtract | undefined {
  const { intake, secrets, written } = around
  if (extract.tap === undefined) {
    for (const key of ['catalog', 'silence_seconds', 'tap_log'] as const) {
      if (extract[key] === undefined) continue
      intake.error('WW1020', at(origin, key), { message: `"${key}" means nothing without "tap"` })
    }
    return undefined
  }
  const config = toJson(extract.config ?? {})
  refusePlainSecrets(valueAt(written, ['config']), at(origin, 'config'), intake)
  for (const secret of secretsBelow(extract.config)) secrets.add(secret)
  const catalog = extract.catalog === undefined ? undefined : readCatalog(extract.catalog, origin, around)
  return {
    command: typeof extract.tap === 'string' ? [extract.tap] : extract.tap,
    config: isJsonObject(config) ? config : ({} satisfies JsonObject),
    catalog: catalog?.text,
    streams: readStreams(extract.streams, catalog?.catalog, name, origin, intake),
    silenceSeconds: extract.silence_seconds ?? SILENCE_SECONDS,
    log: extract.tap_log,
  }
}

function readCatalog(
  file: string,
  origin: Origin,
  { intake, readText }: ApiSurroundings,
): { readonly text: string; readonly catalog: TapCatalog } | undefined {
  const text = readText(file)
  if (text === undefined) {
    intake.error('WW1049', at(origin, 'catalog'), { message: `there is no file ${file}` })
    return undefined
  }
  try {
    return { text, catalog: parseCatalog(text) }
  } catch (error) {
    if (!(error instanceof WaterworksError)) throw error
    intake.error('WW4506', at(origin, 'catalog'), { message: `${file}: ${error.message}` })
    return undefined
  }
}

function readStreams(
  given: PipelineEntry['extract']['streams'],
  catalog: TapCatalog | undefined,
  pipeline: string,
  origin: Origin,
  intake: Intake,
): readonly TapStreamSource[] {
  const wanted =
    given === undefined
      ? (catalog?.streams ?? []).filter(isSelected).map(({ id }) => id)
      : typeof given === 'string'
        ? [given]
        : given
  if (wanted.length === 0 && !intake.isFaulty(at(origin, 'catalog'))) {
    const message = `pipeline "${pipeline}" does not say which streams of the tap it reads`
    const hint = `Add "streams"; \`waterworks connectors discover ${pipeline}\` lists what the tap offers.`
    intake.warn('WW1051', origin, { message, hint })
  }
  const streams = new Map<string, TapStreamSource>()
  for (const [index, item] of wanted.entries()) {
    const entry: StreamEntry = typeof item === 'string' ? { stream: item } : item
    const table = entry.as ?? streamName(entry.stream)
    const other = streams.get(table)
    if (other !== undefined) {
      const place = Array.isArray(given) ? at(origin, 'streams', index) : at(origin, 'streams')
      intake.error('WW1022', place, {
        message: `pipeline "${pipeline}" fills the table "${table}" from the streams "${other.name}" and "${entry.stream}"`,
        hint: 'Give one of them another name: {stream: …, as: …}.',
      })
      continue
    }
    streams.set(table, {
      table,
      name: entry.stream,
      mergeKeys: entry.merge_keys === undefined ? undefined : asList(entry.merge_keys),
      replicationKey: entry.replication_key,
      properties: entry.properties === undefined ? undefined : asList(entry.properties),
    })
  }
  return [...streams.values()]
}

function at(origin: Origin, ...path: Path): Origin {
  return { file: origin.file, path: [...origin.path, ...path] }
}
