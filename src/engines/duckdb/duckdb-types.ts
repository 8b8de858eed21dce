import type { LogicalKind, LogicalType } from '../../batch/logical-type.ts'

const names: Readonly<Record<Exclude<LogicalKind, 'decimal'>, string>> = {
  boolean: 'BOOLEAN',
  int8: 'TINYINT',
  int16: 'SMALLINT',
  int32: 'INTEGER',
  int64: 'BIGINT',
  uint8: 'UTINYINT',
  uint16: 'USMALLINT',
  uint32: 'UINTEGER',
  uint64: 'UBIGINT',
  int128: 'HUGEINT',
  float32: 'FLOAT',
  float64: 'DOUBLE',
  text: 'VARCHAR',
  json: 'JSON',
  uuid: 'UUID',
  bytes: 'BLOB',
  date: 'DATE',
  time: 'TIME',
  timestamp: 'TIMESTAMP',
  timestamptz: 'TIMESTAMP WITH TIME ZONE',
  interval: 'INTERVAL',
}

const kinds = new Map<string, LogicalKind>(
  Object.entries(names).map(([kind, name]) => [name, kind as LogicalKind]),
)

/** DuckDB's name for a type. Every logical type has an exact counterpart. */
export function duckDbTypeName(type: LogicalType): string {
  return type.kind === 'decimal' ? `DECIMAL(${type.precision},${type.scale})` : names[type.kind]
}

/**
 * The logical type of a DuckDB type name, or undefined when values of it must be written as text or JSON
 * first (`bridgeExpression` says how).
 */
export function parseDuckDbType(name: string): LogicalType | undefined {
  const kind = kinds.get(name)
  if (kind !== undefined && kind !== 'decimal') return { kind }
  const decimal = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(name)
  if (decimal) return { kind: 'decimal', precision: Number(decimal[1]), scale: Number(decimal[2]) }
  return undefined
}

/**
 * How a column of a type the platform has no counterpart for is read: nested values as JSON, short timestamps
 * as microseconds, and everything else (enums, bit strings, nanoseconds, 128-bit unsigned) as its exact text.
 */
export function bridgeExpression(column: string, typeName: string): { sql: string; type: LogicalType } {
  if (/(\[\d*\]|^(STRUCT|MAP|UNION)\(.*\)|^VARIANT)$/s.test(typeName)) {
    return { sql: `to_json(${column})`, type: { kind: 'json' } }
  }
  if (typeName === 'TIMESTAMP_S' || typeName === 'TIMESTAMP_MS') {
    return { sql: `${column}::TIMESTAMP`, type: { kind: 'timestamp' } }
  }
  return { sql: `${column}::VARCHAR`, type: { kind: 'text' } }
}
