import type { PersonalColumn, Privacy } from '../personal-data.ts'
import type { PersonalData } from '../pipeline.ts'
import type { PipelineEntry } from '../schema/pipeline-file.ts'
import type { PersonalEntries } from '../schema/privacy-entry.ts'
import { parseTableName, streamName } from './table-name.ts'

/** The columns of a pipeline that hold personal data; those that a stream declares stand over those of its pipeline. */
export function readPersonal({ name, extract }: PipelineEntry, privacy: Privacy): PersonalData {
  const streams = ownEntries(name, extract).map(([stream, own]) => [
    stream,
    columnsOf({ ...extract.personal, ...own }, privacy),
  ])
  return { shared: columnsOf(extract.personal, privacy), streams: Object.fromEntries(streams) }
}

function columnsOf(entries: PersonalEntries, { policies }: Privacy): readonly PersonalColumn[] {
  return Object.entries(entries ?? {}).map(([column, entry]) => {
    const { kind = 'other', policy } = typeof entry === 'string' ? { kind: entry } : entry
    return { column, kind, policy: policy ?? policies[kind] }
  })
}

function ownEntries(
  name: string,
  { files, tables, streams, table }: PipelineEntry['extract'],
): readonly (readonly [stream: string, own: PersonalEntries])[] {
  const ofFiles = entriesOf(files).map((entry) => [entry.table ?? table ?? name, entry.personal] as const)
  const ofTables = entriesOf(tables).map((entry) => {
    const named = parseTableName(entry.table)?.name ?? entry.table
    return [entry.as ?? streamName(named), entry.personal] as const
  })
  const ofStreams = entriesOf(streams).map(
    (entry) => [entry.as ?? streamName(entry.stream), entry.personal] as const,
  )
  return [...ofFiles, ...ofTables, ...ofStreams].filter(([, own]) => own !== undefined)
}

/** Entries with options of their own. */
function entriesOf<T extends object>(list: string | readonly (string | T)[] | undefined): readonly T[] {
  return typeof list === 'string' || list === undefined
    ? []
    : list.filter((entry): entry is T => typeof entry !== 'string')
}
