import { formatOf } from './resolve-format.ts'

const DOCUMENTS: ReadonlySet<string> = new Set(['pdf', 'image', 'audio', 'video'])

/** The format of a file that is one record by itself, by its ending; undefined for all others. */
export function documentKind(file: string): string | undefined {
  const format = formatOf(file)
  return format !== undefined && DOCUMENTS.has(format) ? format : undefined
}
