import type { LogicalType } from './logical-type.ts'

/** A type as people read it and `parseLogicalType` reads back: `bigint`, `decimal(10,2)`, `timestamptz`. */
export function logicalTypeName(type: LogicalType): string {
  return type.kind === 'decimal' ? `decimal(${type.precision},${type.scale})` : NAMES[type.kind]
}

const NAMES: Readonly<Record<Exclude<LogicalType['kind'], 'decimal'>, string>> = {
  boolean: 'boolean',
  int8: 'tinyint',
  int16: 'smallint',
  int32: 'integer',
  int64: 'bigint',
  uint8: 'utinyint',
  uint16: 'usmallint',
  uint32: 'uinteger',
  uint64: 'ubigint',
  int128: 'hugeint',
  float32: 'real',
  float64: 'double',
  text: 'text',
  json: 'json',
  uuid: 'uuid',
  bytes: 'bytes',
  date: 'date',
  time: 'time',
  timestamp: 'timestamp',
  timestamptz: 'timestamptz',
  interval: 'interval',
}
