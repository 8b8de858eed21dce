import type { LogicalType } from '../../batch/logical-type.ts'
import type { Dialect, Scalar } from '../dialect.ts'
import type { Relation } from '../relation.ts'
import { bridgeExpression, duckDbTypeName, parseDuckDbType } from './duckdb-types.ts'

const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`

/** DuckDB's SQL. */
export const duckDbDialect: Dialect = Object.freeze({
  name: 'duckdb',
  identifier,
  relation: ({ schema, name }: Relation) =>
    schema === undefined ? identifier(name) : `${identifier(schema)}.${identifier(name)}`,
  literal(value: Scalar): string {
    if (value === null) return 'NULL'
    if (typeof value === 'string') return text(value)
    if (typeof value === 'number' && !Number.isFinite(value)) return `${text(String(value))}::DOUBLE`
    return String(value)
  },
  typeName: duckDbTypeName,
  parseType: (name: string) => parseDuckDbType(name) ?? bridgeExpression('', name).type,
  tryCast(expression: string, type: LogicalType): string {
    const cast = `TRY_CAST(${expression} AS ${duckDbTypeName(type)})`
    return roundsOff(type) ? `CASE WHEN ${isWhole(expression)} THEN ${cast} END` : cast
  },
  matches: (expression: string, pattern: string) => `regexp_matches(${expression}, ${text(pattern)})`,
  jsonObject: (columns: readonly string[]) =>
    `json_object(${columns.flatMap((column) => [text(column), identifier(column)]).join(', ')})::VARCHAR`,
  hoursAgo: (hours: number) => `(now() - INTERVAL (${Math.round(hours * 3_600_000_000)}) MICROSECONDS)`,
  parameter: (index: number) => `$${index}`,
})

/** DuckDB's casts to whole numbers round ('1.5' becomes 2); those to them must refuse instead. */
function roundsOff({ kind }: LogicalType): boolean {
  return /^u?int\d+$/.test(kind)
}

function isWhole(expression: string): string {
  return `regexp_full_match((${expression})::VARCHAR, '\\s*[+-]?\\d+(\\.0*)?\\s*')`
}
