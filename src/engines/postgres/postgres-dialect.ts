import type { LogicalType } from '../../batch/logical-type.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { parsePostgresType, postgresTypeName } from '../../postgres-protocol/postgres-types.ts'
import type { Dialect, Scalar } from '../dialect.ts'
import type { Relation } from '../relation.ts'
import { tryCast } from './try-cast.ts'

/** PostgreSQL cuts longer names without an error (NAMEDATALEN). */
const MAX_IDENTIFIER_BYTES = 63

/** PostgreSQL's SQL. Names and literals it cannot hold throw WW3006. */
export const postgresDialect: Dialect = Object.freeze({
  name: 'postgres',
  identifier,
  relation: ({ database, schema, name }: Relation) => {
    if (schema === undefined) return identifier(name)
    const parts = database === undefined ? [schema, name] : [database, schema, name]
    return parts.map(identifier).join('.')
  },
  literal,
  typeName: postgresTypeName,
  parseType: parsePostgresType,
  tryCast: (expression: string, type: LogicalType) => tryCast(expression, type),
  matches: (expression: string, pattern: string) => `((${expression})::text ~ ${text(pattern)})`,
  // A row of a subquery, not json_build_object, which takes at most 100 arguments.
  jsonObject: (columns: readonly string[], keys?: readonly string[]) =>
    keys === undefined ? rowAsJson(columns) : keyedJson(columns, keys),
  hash: (expressions: readonly string[]) => `hash_record_extended(row(${expressions.join(', ')}), 0)`,
  sha256: (expression: string) => `encode(sha256(convert_to(${expression}, 'UTF8')), 'hex')`,
  composed: (expression: string) => `normalize(${expression}, NFC)`,
  // A NUL in a string is JSON, and no text of Postgres: such an array cannot be taken apart.
  isJsonArray: (expression: string) =>
    `coalesce(case when pg_input_is_valid((${expression})::text, 'json') and position(${text('\\u0000')} in (${expression})::text) = 0 then json_typeof((${expression})::text::json) = 'array' end, false)`,
  jsonElements: (expression: string) =>
    `(select value, ordinality as ordinal from json_array_elements((${expression})::text::json) with ordinality)`,
  jsonText: (expression: string, key?: string) =>
    key === undefined
      ? `(${expression} #>> '{}')`
      : `case when json_typeof(${expression}) = 'object' then ${expression} ->> ${text(key)} end`,
  // A division by zero: Postgres has no function that raises an error. It is no constant, so it is not folded.
  refuse: (condition: string) => `(1 / case when ${condition} then 0 else 1 end = 1)`,
  // The statement's time: now() is when the transaction began, which may be long ago.
  hoursAgo: (hours: number) =>
    `(statement_timestamp() - interval '1 microsecond' * ${Math.round(hours * 3_600_000_000)})`,
  countWhere: (condition: string) => `count(*) filter (where ${condition})`,
  knowsExtremes: false,
  parameter: (index: number) => `$${index}`,
})

function identifier(name: string): string {
  const bytes = Buffer.byteLength(name)
  if (bytes > MAX_IDENTIFIER_BYTES) {
    throw new WaterworksError('WW3006', {
      message: `the name ${name} is ${bytes} bytes long; Postgres keeps at most ${MAX_IDENTIFIER_BYTES}`,
    })
  }
  if (name === '' || name.includes('\0') || !name.isWellFormed()) {
    throw new WaterworksError('WW3006', { message: `Postgres cannot hold the name ${JSON.stringify(name)}` })
  }
  return `"${name.replaceAll('"', '""')}"`
}

function literal(value: Scalar): string {
  if (value === null) return 'NULL'
  if (typeof value === 'string') return text(value)
  if (typeof value === 'number' && !Number.isFinite(value)) return `'${value}'::float8`
  // Parentheses, for a minus sign after another would begin a comment.
  return typeof value !== 'boolean' && value < 0 ? `(${value})` : String(value)
}

/** E'' where there are backslashes, so that standard_conforming_strings does not matter. */
function text(value: string): string {
  if (value.includes('\0') || !value.isWellFormed()) {
    throw new WaterworksError('WW3006', {
      message: 'a text literal holds a character that Postgres cannot: NUL, or half of a surrogate pair',
    })
  }
  const quoted = `'${value.replaceAll("'", "''")}'`
  return value.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted
}

function rowAsJson(columns: readonly string[]): string {
  return `(select row_to_json(waterworks_row)::text from (select ${columns.map(identifier).join(', ')}) as waterworks_row)`
}

/** By an aggregate: json_build_object takes fifty members, and a column's alias is cut after 63 bytes. */
function keyedJson(columns: readonly string[], keys: readonly string[]): string {
  const members = columns.map(
    (column, index) => `(${index}, ${text(keys[index]!)}, to_json(${identifier(column)}))`,
  )
  return `(select json_object_agg(k, v order by n)::text from (values ${members.join(', ')}) as waterworks_row (n, k, v))`
}
