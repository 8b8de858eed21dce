import { checkConfig } from '../../api-manifest/check-config.ts'
import { isJsonObject, type JsonObject, toJson } from '../../api-manifest/json.ts'
import { Origins } from '../../api-manifest/origins.ts'
import { type DeclarativeManifest, readManifest } from '../../api-manifest/read-manifest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'
import type { ApiExtract } from '../pipeline.ts'
import type { PipelineEntry } from '../schema/pipeline-file.ts'
import { isSecretKey } from '../yaml/line-text.ts'
import type { Path } from '../yaml/value-at.ts'
import { valueAt } from '../yaml/value-at.ts'
import { readStreams } from './api-streams.ts'

export interface ApiSurroundings {
  readonly intake: Intake
  /** The text of a file of the project; undefined when it is not there. */
  readonly readText: (path: string) => string | undefined
  /** Gets what must never be shown. */
  readonly secrets: Set<string>
  /** The pipeline's `extract` as it stands in its file. */
  readonly written: unknown
  /** The text of the pipeline's file. */
  readonly text: string
}

/** What a pipeline reads of an HTTP API by a manifest; undefined where it names none. */
export function readApi(
  { name, extract }: PipelineEntry,
  origin: Origin,
  around: ApiSurroundings,
): ApiExtract | undefined {
  if (extract.manifest === undefined) {
    for (const key of ['config', 'streams'] as const) {
      const isOfAnother = extract.tap !== undefined || (key === 'streams' && extract.requests !== undefined)
      if (extract[key] === undefined || isOfAnother) continue
      const message = `"${key}" means nothing without "manifest" or "tap"`
      around.intake.error('WW1020', at(origin, key), { message })
    }
    return undefined
  }
  const document = around.readText(extract.manifest)
  if (document === undefined) {
    around.intake.error('WW1049', at(origin, 'manifest'), {
      message: `pipeline "${name}": there is no file ${extract.manifest}`,
    })
    return undefined
  }
  const manifest = parse(extract.manifest, document, around.intake)
  if (manifest === undefined) return undefined
  return {
    manifest: extract.manifest,
    document,
    config: readConfig(extract.config ?? {}, manifest, at(origin, 'config'), around),
    streams: readStreams(extract.streams, manifest, name, at(origin, 'streams'), around.intake),
  }
}

/** A manifest of the project, with places in its file. Undefined, with the error noted, when it is none. */
function parse(file: string, text: string, intake: Intake): DeclarativeManifest | undefined {
  const written = intake.yaml(file, text, 'pyyaml')
  if (written === undefined) return undefined
  try {
    return readManifest(written, new Origins((path) => intake.locate({ file, path })))
  } catch (error) {
    if (!(error instanceof WaterworksError)) throw error
    intake.diagnostics.error(error)
    return undefined
  }
}

function readConfig(
  given: Readonly<Record<string, unknown>>,
  manifest: DeclarativeManifest,
  origin: Origin,
  { intake, secrets, written }: ApiSurroundings,
): JsonObject {
  const json = toJson(given)
  const checked = checkConfig(isJsonObject(json) ? json : {}, manifest.specification)
  for (const { path, message } of checked.problems) {
    if (intake.isFaulty(at(origin, ...path))) continue
    intake.error('WW4408', at(origin, ...path), { message: `"${path.join('.')}" ${message}` })
  }
  for (const path of checked.secrets) {
    const value = valueAt(given, path)
    if (typeof value !== 'string' && typeof value !== 'number') continue
    if (String(value) !== '') secrets.add(String(value))
    refusePlain(path, valueAt(written, ['config', ...path]), origin, intake)
  }
  for (const [key, value] of Object.entries(checked.config)) {
    if (isSecretKey(key) && typeof value === 'string' && value !== '') secrets.add(value)
  }
  return checked.config
}

/** A secret comes from outside of the file. */
function refusePlain(path: Path, written: unknown, origin: Origin, intake: Intake): void {
  if (
    written === undefined ||
    written === '' ||
    (typeof written === 'string' && /\$\{[A-Za-z_]/.test(written))
  )
    return
  intake.error('WW1011', at(origin, ...path), {
    message: `"${path.join('.')}" is written out in plain text`,
    part: 'key',
  })
}

function at(origin: Origin, ...path: Path): Origin {
  return { file: origin.file, path: [...origin.path, ...path] }
}
