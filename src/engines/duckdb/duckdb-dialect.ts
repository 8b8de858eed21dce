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
  relation: ({ database, schema, name }: Relation) => {
    if (schema === undefined) return identifier(name)
    const parts = database === undefined ? [schema, name] : [database, schema, name]
    return parts.map(identifier).join('.')
  },
  literal(value: Scalar): string {
    if (value === null) return 'NULL'
    if (typeof value === 'string') return text(value)
    if (typeof value === 'number' && !Number.isFinite(value)) return `${text(String(value))}::DOUBLE`
    // Parentheses, for a minus sign after another would begin a comment.
    return typeof value !== 'boolean' && value < 0 ? `(${value})` : String(value)
  },
  typeName: duckDbTypeName,
  parseType: (name: string) => parseDuckDbType(name) ?? bridgeExpression('', name).type,
  tryCast(expression: string, type: LogicalType): string {
    const cast = `TRY_CAST(${expression} AS ${duckDbTypeName(type)})`
    const pattern = losslessText(type)
    if (pattern === undefined) return cast
    return `CASE WHEN regexp_full_match((${expression})::VARCHAR, ${text(pattern)}) THEN ${cast} END`
  },
  matches: (expression: string, pattern: string) => `regexp_matches(${expression}, ${text(pattern)})`,
  jsonObject: (columns: readonly string[], keys = columns) =>
    `json_object(${columns.flatMap((column, index) => [text(keys[index]!), identifier(column)]).join(', ')})::VARCHAR`,
  hash: (expressions: readonly string[]) => `hash(${expressions.join(', ')})`,
  sha256: (expression: string) => `sha256(${expression})`,
  composed: (expression: string) => `nfc_normalize(${expression})`,
  isJsonArray: (expression: string) =>
    `coalesce(case when json_valid((${expression})::VARCHAR) then json_type((${expression})::VARCHAR) = 'ARRAY' end, false)`,
  jsonElements: (expression: string) =>
    `(select value, cast(key as BIGINT) + 1 as ordinal from json_each((${expression})::JSON))`,
  jsonText: (expression: string, key?: string) =>
    key === undefined
      ? `(${expression} ->> '$')`
      : `json_extract_string(${expression}, ${text(`$."${key.replaceAll('"', '\\"')}"`)})`,
  refuse: (condition: string) => `case when ${condition} then error('a row was refused') else true end`,
  hoursAgo: (hours: number) => `(now() - INTERVAL (${Math.round(hours * 3_600_000_000)}) MICROSECONDS)`,
  countWhere: (condition: string) => `coalesce(count_if(${condition}), 0)`,
  knowsExtremes: true,
  parameter: (index: number) => `$${index}`,
})

/**
 * What a text must look like for DuckDB's cast not to lose anything: it rounds decimals and whole numbers ('1.5' becomes
 * 2), cuts the clock from a date, and digits beyond the microsecond from a time.
 */
function losslessText(type: LogicalType): string | undefined {
  if (/^u?int\d+$/.test(type.kind)) return String.raw`\s*[+-]?\d+(\.0*)?([eE]\+?\d+)?\s*`
  switch (type.kind) {
    case 'decimal':
      return String.raw`\s*[+-]?\d*(\.\d{0,${type.scale}}0*)?([eE]\+?\d+)?\s*`
    case 'date':
      return String.raw`\s*([^ :]+( \(BC\))?([ T]00:00(:00(\.0+)?)?(Z|\+00)?)?)\s*`
    case 'time':
    case 'timestamp':
    case 'timestamptz':
      return String.raw`[^.]*(\.\d{1,6}0*(\D.*)?)?`
    default:
      return undefined
  }
}
