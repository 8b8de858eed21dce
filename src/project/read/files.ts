import { posix } from 'node:path'
import { parseFileNamePattern } from '../file-name-pattern.ts'
import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'
import type { FileSource } from '../pipeline.ts'
import type { FileEntry } from '../schema/file-entry.ts'
import type { PipelineEntry } from '../schema/pipeline-file.ts'
import { readColumnTypes } from './column-types.ts'
import { readFormatOptions } from './format-options.ts'
import { storeKindOf } from './stores.ts'

/**
 * The files of a pipeline, one entry per table. Texts of a list that fill one table become one entry; entries with
 * options of their own must fill tables of their own (WW1022), since the files of a table are read one way.
 */
export function readFiles(
  pipeline: PipelineEntry,
  folder: string | undefined,
  origin: Origin,
  intake: Intake,
): readonly FileSource[] {
  const { extract } = pipeline
  const at = (...path: (string | number)[]): Origin => ({
    file: origin.file,
    path: [...origin.path, 'extract', ...path],
  })
  if (extract.files === undefined) return []
  const sharedColumns = readColumnTypes(extract.columns ?? {}, at('columns'), intake)
  const sources = new Map<string, FileSource>()
  const withOptions = new Set<string>()
  const entries = typeof extract.files === 'string' ? [extract.files] : extract.files

  for (const [index, given] of entries.entries()) {
    const place = typeof extract.files === 'string' ? at('files') : at('files', index)
    const entry: FileEntry = typeof given === 'string' ? { path: given } : given
    const table = entry.table ?? extract.table ?? pipeline.name
    const path = pathIn(folder, entry.path)
    const parsed = parseFileNamePattern(path)
    if ('problem' in parsed)
      intake.error('WW1044', place, { message: `the pattern "${path}" ${parsed.problem}` })
    const known = sources.get(table)
    if (known && typeof given === 'string' && !withOptions.has(table)) {
      sources.set(table, { ...known, paths: [...known.paths, path] })
      continue
    }
    if (known) {
      intake.error('WW1022', place, {
        message: `pipeline "${pipeline.name}" fills the table "${table}" from two entries of files`,
        hint: 'Give each its own "table", or list paths that are read the same way as plain texts.',
      })
      continue
    }
    if (typeof given !== 'string') withOptions.add(table)
    const keyPlace = (key: keyof FileEntry): Origin =>
      entry[key] === undefined ? at(key) : { ...place, path: [...place.path, key] }
    const ownColumns =
      entry.columns && readColumnTypes(entry.columns, { ...place, path: [...place.path, 'columns'] }, intake)
    sources.set(table, {
      table,
      paths: [path],
      format: entry.format ?? extract.format,
      compression: entry.compression ?? extract.compression,
      encoding: entry.encoding ?? extract.encoding,
      delimiter: entry.delimiter ?? extract.delimiter,
      quote: entry.quote ?? extract.quote,
      escape: entry.escape ?? extract.escape,
      header: entry.header ?? extract.header,
      skipLines: entry.skip_lines ?? extract.skip_lines,
      nullTexts: entry.null_values ?? extract.null_values,
      ...readFormatOptions({ ...extract, ...entry }, (key) => keyPlace(key), intake),
      columns: { ...sharedColumns, ...ownColumns },
    })
  }
  return [...sources.values()]
}

function pathIn(folder: string | undefined, path: string): string {
  if (folder === undefined || storeKindOf(path) !== undefined) return path
  return storeKindOf(folder) === undefined
    ? posix.join(folder, path)
    : `${folder}${folder.endsWith('/') ? '' : '/'}${path.replace(/^\/+/, '')}`
}
