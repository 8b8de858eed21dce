import type { LogicalKind, LogicalType } from '../batch/logical-type.ts'
import { parseLogicalType } from '../batch/parse-logical-type.ts'

/** Object ids of PostgreSQL's built-in types (`pg_type.dat`); they are the same in every database. */
export const OID = Object.freeze({
  bool: 16,
  bytea: 17,
  name: 19,
  int8: 20,
  int2: 21,
  int4: 23,
  text: 25,
  oid: 26,
  json: 114,
  float4: 700,
  float8: 701,
  bpchar: 1042,
  varchar: 1043,
  date: 1082,
  time: 1083,
  timestamp: 1114,
  timestamptz: 1184,
  interval: 1186,
  numeric: 1700,
  uuid: 2950,
  jsonb: 3802,
})

const TYPE_NAMES: Readonly<Record<Exclude<LogicalKind, 'decimal'>, string>> = {
  boolean: 'boolean',
  int8: 'smallint',
  int16: 'smallint',
  int32: 'integer',
  int64: 'bigint',
  uint8: 'smallint',
  uint16: 'integer',
  uint32: 'bigint',
  uint64: 'numeric(20,0)',
  int128: 'numeric(39,0)',
  float32: 'real',
  float64: 'double precision',
  text: 'text',
  json: 'jsonb',
  uuid: 'uuid',
  bytes: 'bytea',
  date: 'date',
  time: 'time without time zone',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  interval: 'interval',
}

const TYPES_BY_OID: ReadonlyMap<number, LogicalType> = new Map<number, LogicalType>([
  [OID.bool, { kind: 'boolean' }],
  [OID.bytea, { kind: 'bytes' }],
  [OID.name, { kind: 'text' }],
  [OID.int8, { kind: 'int64' }],
  [OID.int2, { kind: 'int16' }],
  [OID.int4, { kind: 'int32' }],
  [OID.text, { kind: 'text' }],
  [OID.oid, { kind: 'uint32' }],
  [OID.json, { kind: 'json' }],
  [OID.float4, { kind: 'float32' }],
  [OID.float8, { kind: 'float64' }],
  [OID.bpchar, { kind: 'text' }],
  [OID.varchar, { kind: 'text' }],
  [OID.date, { kind: 'date' }],
  [OID.time, { kind: 'time' }],
  [OID.timestamp, { kind: 'timestamp' }],
  [OID.timestamptz, { kind: 'timestamptz' }],
  [OID.interval, { kind: 'interval' }],
  [OID.uuid, { kind: 'uuid' }],
  [OID.jsonb, { kind: 'json' }],
])

/** PostgreSQL's name for a type, as `format_type` writes it. */
export function postgresTypeName(type: LogicalType): string {
  return type.kind === 'decimal' ? `numeric(${type.precision},${type.scale})` : TYPE_NAMES[type.kind]
}

/** The logical type of a name that `format_type` or a person writes; undefined for types read as text. */
export function parsePostgresType(name: string): LogicalType | undefined {
  const bare = name.trim().toLowerCase().replace(/\s+/g, ' ')
  if (/^numeric ?\(39, ?0\)$/.test(bare)) return { kind: 'int128' }
  const withoutPrecision = bare.replace(/^(time|timestamp|interval)( ?\(\d\))/, '$1')
  if (bare === 'oid') return { kind: 'uint32' }
  if (bare === 'name') return { kind: 'text' }
  return parseLogicalType(withoutPrecision)
}

/**
 * The logical type by type id and modifier, as the protocol describes a column. Undefined for types that the
 * platform reads as their text: arrays, enums, ranges, and numeric without a precision, whose scale is open.
 */
export function typeOfOid(oid: number, modifier: number): LogicalType | undefined {
  return oid === OID.numeric ? typeOfNumeric(modifier) : TYPES_BY_OID.get(oid)
}

/** `numeric` packs precision and scale (11 bits, signed) into its modifier, plus the four bytes of a varlena header. */
function typeOfNumeric(modifier: number): LogicalType | undefined {
  if (modifier < 4) return undefined
  const precision = ((modifier - 4) >> 16) & 0xffff
  const scale = (((modifier - 4) & 0x7ff) ^ 1024) - 1024
  if (precision === 39 && scale === 0) return { kind: 'int128' }
  const fits = precision <= 38 && scale >= 0 && scale <= precision
  return fits ? { kind: 'decimal', precision, scale } : undefined
}
