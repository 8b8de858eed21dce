import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'
import type { StarterColumn, StarterTable } from '../starter-table.ts'

const SIMPLE = /^[a-z_][a-z0-9_]*$/

/** models/staging/<name>.sql: the raw table with plain names and real dates, one to one. */
export function modelText({ source, name, columns }: StarterTable, reserved: ReadonlySet<string>): string {
  const quoted = (column: string) =>
    SIMPLE.test(column) && !reserved.has(column) ? column : plainInTemplate(duckDbDialect.identifier(column))
  const selected = columns.map((column) => `    ${select(column, quoted)}`).join(',\n')
  return `-- The columns of ${source}.${name} under plain names. Cleaning of this table belongs here.\nselect\n${selected}\nfrom {{ source('${source}', '${name}') }}\n`
}

function select({ profile, raw, name }: StarterColumn, quoted: (column: string) => string): string {
  const column = quoted(raw)
  if (profile.dateFormat === undefined) return raw === name ? column : `${column} as ${quoted(name)}`
  const { pattern, type } = profile.dateFormat
  return `cast(strptime(${column}, '${pattern}') as ${type}) as ${quoted(name)}`
}

/** A name with a template's marks in it goes into SQL by way of a template's text. */
function plainInTemplate(identifier: string): string {
  if (!/\{[{%#]/.test(identifier)) return identifier
  return `{{ '${identifier.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}' }}`
}
