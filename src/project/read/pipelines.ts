import type { References } from '../environment/references.ts'
import type { Intake } from '../intake.ts'
import { interpolate } from '../interpolate.ts'
import type { Privacy } from '../personal-data.ts'
import { type ApiExtract, type Pipeline, streamsOf, type TapExtract } from '../pipeline.ts'
import type { TextFile } from '../project-files.ts'
import { rawTableName } from '../raw-table-name.ts'
import { type PipelineEntry, pipelineFile } from '../schema/pipeline-file.ts'
import type { WaterworksFile } from '../schema/waterworks-file.ts'
import { substituteReferences } from '../substitute-references.ts'
import { removeUnset } from '../unset-variables.ts'
import { validate } from '../validate.ts'
import { valueAt } from '../yaml/value-at.ts'
import { readApi } from './api.ts'
import { checkPersonal } from './check-personal.ts'
import type { FindRelation } from './checks.ts'
import { readPipeline } from './pipeline.ts'
import { readRequests } from './requests.ts'
import { refusePlainAddresses } from './secrets.ts'
import { isPattern, parseTableName, streamName } from './table-name.ts'
import { readTap } from './tap.ts'

/** The pipelines of a project, in the order of their files; what is wrong in and between them is noted. */
export function readPipelines(
  files: readonly TextFile[],
  waterworks: WaterworksFile,
  references: References,
  intake: Intake,
  readText: (path: string) => string | undefined,
  privacy: Privacy,
): readonly Pipeline[] {
  const entries = files.flatMap(({ path, text }) => {
    const read = readEntry(path, text, references, intake)
    if (read === undefined) return []
    const origin = { file: path, path: ['pipeline', 'extract'] }
    const written = valueAt(read.written, origin.path)
    const around = { intake, readText, secrets: references.secrets, written, text }
    const { name, extract } = read.entry
    const api = readApi(read.entry, origin, around) ?? readRequests(name, extract, origin, around)
    const tap = readTap(read.entry, origin, around)
    return [{ path, entry: read.entry, api, tap }]
  })
  const sources = new Map(entries.flatMap(({ entry, api, tap }) => tablesOf(entry, api ?? tap, waterworks)))
  const pipelines = entries.map(({ path, entry, api, tap }) =>
    readPipeline(
      entry,
      { file: path, path: ['pipeline'] },
      {
        intake,
        defaults: waterworks.defaults ?? {},
        connections: waterworks.connections ?? {},
        alertChannels: Object.keys(waterworks.alert_channels ?? {}),
        findRelation: relationFinder(sources),
        api,
        tap,
        privacy,
      },
    ),
  )
  for (const pipeline of pipelines) checkPersonal(pipeline, intake)
  refuseDoubles(pipelines, intake)
  return pipelines
}

function readEntry(
  file: string,
  text: string,
  references: References,
  intake: Intake,
): { readonly entry: PipelineEntry; readonly written: unknown } | undefined {
  const written = intake.yaml(file, text, 'core')
  if (written === undefined) return undefined
  refusePlainAddresses(written, { file, path: [] }, intake)
  const cleaned = removeUnset(
    interpolate(written, (value) => substituteReferences(value, references)),
    file,
    intake,
  )
  const entry = validate(pipelineFile, { intake, file, written, ...cleaned })?.pipeline
  return entry && { entry, written }
}

interface SourceTable {
  readonly schema: string
  readonly name: string
}

/** What the pipeline fills, by the way models name it: `source.table`. */
function tablesOf(
  { name, extract, load }: PipelineEntry,
  records: ApiExtract | TapExtract | undefined,
  waterworks: WaterworksFile,
): [string, SourceTable][] {
  const files = typeof extract.files === 'string' ? [extract.files] : (extract.files ?? [])
  const tables = typeof extract.tables === 'string' ? [extract.tables] : (extract.tables ?? [])
  const schema = load.schema ?? waterworks.defaults?.schema ?? 'raw'
  const names = [
    ...files.map((file) => (typeof file === 'string' ? undefined : file.table) ?? extract.table ?? name),
    ...tables.flatMap((table) => {
      if (typeof table !== 'string' && table.as !== undefined) return [table.as]
      const named = parseTableName(typeof table === 'string' ? table : table.table)
      return named === undefined || isPattern(named) ? [] : [streamName(named.name)]
    }),
    ...(records?.streams ?? []).map(({ table }) => table),
  ]
  return names.map((table) => [
    `${extract.source_system}.${table}`,
    { schema, name: rawTableName(extract.source_system, table) },
  ])
}

const SOURCE_CALL = /^(?:\{\{\s*)?source\(\s*['"]([^'"]+)['"]\s*,\s*['"]([^'"]+)['"]\s*\)(?:\s*\}\})?$/
const REF_CALL = /^(?:\{\{\s*)?ref\(/

function relationFinder(sources: ReadonlyMap<string, SourceTable>): FindRelation {
  return (to) => {
    const [, source, table] = SOURCE_CALL.exec(to.trim()) ?? []
    if (source !== undefined) {
      return (
        sources.get(`${source}.${table}`) ?? {
          problem: `no pipeline fills source('${source}', '${table}')`,
          hint: 'Correct the names, or write the table as schema.table.',
        }
      )
    }
    if (REF_CALL.test(to.trim())) {
      return {
        problem: 'a gate of a pipeline cannot refer to a model yet',
        hint: 'Write the table as schema.table, or test the relationship in a schema.yml.',
      }
    }
    const [schema, name, ...more] = to.split('.')
    if (schema && name && more.length === 0) return { schema, name }
    return {
      problem: `"${to}" names no table`,
      hint: "Write it as schema.table or source('source', 'table').",
    }
  }
}

/** The key of `extract` that says what is read. */
function readFrom({ extract }: Pipeline): 'files' | 'tables' | 'streams' {
  if (extract.api !== undefined || extract.tap !== undefined) return 'streams'
  return extract.database === undefined ? 'files' : 'tables'
}

function refuseDoubles(pipelines: readonly Pipeline[], intake: Intake): void {
  const names = new Map<string, Pipeline>()
  const tables = new Map<string, Pipeline>()
  for (const pipeline of pipelines) {
    const { file, path } = pipeline.origin
    const other = names.get(pipeline.name)
    if (other) {
      intake.error(
        'WW1021',
        { file, path: [...path, 'name'] },
        {
          message: `two pipelines are called "${pipeline.name}"`,
          hint: `The other is in ${other.origin.file}.`,
        },
      )
    }
    names.set(pipeline.name, pipeline)
    for (const table of streamsOf(pipeline.extract)) {
      const relation = `${pipeline.load.schema}.${rawTableName(pipeline.extract.sourceSystem, table)}`
      const filler = tables.get(relation)
      if (filler) {
        intake.error(
          'WW1022',
          { file, path: [...path, 'extract', readFrom(pipeline)] },
          {
            message: `pipelines "${filler.name}" and "${pipeline.name}" both fill ${relation}`,
            hint: `Give one of them another "table" or "source_system"; the other is in ${filler.origin.file}.`,
          },
        )
      }
      tables.set(relation, pipeline)
    }
  }
}
