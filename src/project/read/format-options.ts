import { parseHours } from '../duration.ts'
import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'
import type { Completeness, FileSource, Layout } from '../pipeline.ts'
import type { FileEntry } from '../schema/file-entry.ts'

type FormatOptions = Pick<
  FileSource,
  | 'layout'
  | 'ragged'
  | 'pattern'
  | 'recordPath'
  | 'lists'
  | 'sheet'
  | 'byPage'
  | 'descriptorPath'
  | 'message'
  | 'completeness'
>

/** The keys that single formats have, as they are read; what a format lacks or cannot do is WW1045. */
export function readFormatOptions(
  entry: Pick<
    FileEntry,
    | 'format'
    | 'layout'
    | 'ragged'
    | 'pattern'
    | 'record_path'
    | 'lists'
    | 'sheet'
    | 'by_page'
    | 'descriptor'
    | 'message'
    | 'complete_when'
  >,
  at: (key: keyof FileEntry) => Origin,
  intake: Intake,
): FormatOptions {
  const { format, pattern } = entry
  const lacks = (key: keyof FileEntry, hint: string): void => {
    if (intake.isFaulty(at(key))) return
    intake.error('WW1045', at('format'), { message: `files of format ${format} need "${key}"`, hint })
  }
  if (format === 'fixed-width' && entry.layout === undefined) {
    lacks('layout', 'Add layout: the characters each column stands at, as {id: 1-6, name: 7-}.')
  }
  if (format === 'regex' && pattern === undefined) {
    lacks('pattern', 'Add pattern: a regular expression with named groups, as (?<name>…).')
  }
  if (format === 'protobuf') {
    const hint =
      'Add descriptor, a file that protoc wrote with --descriptor_set_out, and message, the type’s full name.'
    for (const key of ['descriptor', 'message'] as const) if (entry[key] === undefined) lacks(key, hint)
  }
  if (pattern !== undefined) {
    const problem = patternProblem(pattern)
    if (problem !== undefined) intake.error('WW1045', at('pattern'), { message: `the pattern ${problem}` })
  }
  const completeness =
    entry.complete_when && readCompleteness(entry.complete_when, at('complete_when'), intake)
  const layout = entry.layout && readLayout(entry.layout, at('layout'), intake)
  return {
    ...(completeness === undefined ? {} : { completeness }),
    ...(layout === undefined ? {} : { layout }),
    ...(entry.ragged === undefined ? {} : { ragged: entry.ragged }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(entry.record_path === undefined ? {} : { recordPath: entry.record_path }),
    ...(entry.descriptor === undefined ? {} : { descriptorPath: entry.descriptor }),
    ...(entry.message === undefined ? {} : { message: entry.message }),
    ...(entry.sheet === undefined ? {} : { sheet: entry.sheet }),
    ...(entry.by_page === undefined ? {} : { byPage: entry.by_page }),
    ...(entry.lists === undefined ? {} : { lists: entry.lists }),
  }
}

function readCompleteness(
  { marker, stable_for: stable, manifest }: NonNullable<FileEntry['complete_when']>,
  origin: Origin,
  intake: Intake,
): Completeness {
  const hours = stable === undefined ? undefined : parseHours(stable)
  if (stable !== undefined && hours === undefined) {
    const place = { file: origin.file, path: [...origin.path, 'stable_for'] }
    intake.error('WW1024', place, { message: `"${stable}" is not a duration` })
  }
  return {
    ...(marker === undefined ? {} : { marker }),
    ...(hours === undefined ? {} : { stableMs: Math.round(hours * 3_600_000) }),
    ...(manifest === undefined ? {} : { manifest }),
  }
}

function patternProblem(pattern: string): string | undefined {
  try {
    const groups = new RegExp(`${pattern}|`, 'su').exec('')?.groups
    return groups === undefined ? 'has no named group' : undefined
  } catch (error) {
    return `is no regular expression: ${error instanceof Error ? error.message : String(error)}`
  }
}

function readLayout(given: NonNullable<FileEntry['layout']>, origin: Origin, intake: Intake): Layout {
  return Object.entries(given).map(([name, place]) => {
    const [start = '', end] = String(place).split('-')
    const from = Number(start)
    const to = end === undefined ? from : end === '' ? null : Number(end)
    if (from < 1 || (to !== null && to < from)) {
      intake.error(
        'WW1045',
        { file: origin.file, path: [...origin.path, name] },
        {
          message: `the column "${name}" cannot stand at "${place}"`,
          hint: 'Characters count from 1: write 1-6, 7 or 20-.',
        },
      )
    }
    return { name, from, to }
  })
}
