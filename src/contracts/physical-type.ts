import type { LogicalType } from '../batch/logical-type.ts'

/** Type names of SQL, and of the engines whose users write contracts; what is not among them is not known. */
const NAMES: Readonly<Record<string, LogicalType['kind']>> = {
  bigint: 'int64',
  int8: 'int64',
  long: 'int64',
  int64: 'int64',
  bigserial: 'int64',
  integer: 'int32',
  int: 'int32',
  int4: 'int32',
  signed: 'int32',
  serial: 'int32',
  smallint: 'int16',
  int2: 'int16',
  short: 'int16',
  tinyint: 'int8',
  hugeint: 'int128',
  utinyint: 'uint8',
  usmallint: 'uint16',
  uinteger: 'uint32',
  ubigint: 'uint64',
  varchar: 'text',
  char: 'text',
  bpchar: 'text',
  text: 'text',
  string: 'text',
  nvarchar: 'text',
  'character varying': 'text',
  character: 'text',
  uuid: 'uuid',
  boolean: 'boolean',
  bool: 'boolean',
  logical: 'boolean',
  date: 'date',
  time: 'time',
  'time without time zone': 'time',
  timestamp: 'timestamp',
  datetime: 'timestamp',
  timestamp_ntz: 'timestamp',
  'timestamp without time zone': 'timestamp',
  timestamptz: 'timestamptz',
  timestamp_tz: 'timestamptz',
  'timestamp with time zone': 'timestamptz',
  double: 'float64',
  'double precision': 'float64',
  float8: 'float64',
  float64: 'float64',
  real: 'float32',
  float4: 'float32',
  float32: 'float32',
  json: 'json',
  jsonb: 'json',
  variant: 'json',
  struct: 'json',
  map: 'json',
  array: 'json',
  list: 'json',
  blob: 'bytes',
  bytea: 'bytes',
  binary: 'bytes',
  varbinary: 'bytes',
  bytes: 'bytes',
  interval: 'interval',
}

/** The type that a physical type's name is one of; undefined where the name is not known, or says too little. */
export function parsePhysicalType(name: string): LogicalType | undefined {
  const text = name.trim().toLowerCase().replaceAll(/\s+/g, ' ')
  if (text.endsWith(']')) return { kind: 'json' }
  const decimal = /^(?:decimal|numeric|number)\s*\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)$/.exec(text)
  if (decimal) return { kind: 'decimal', precision: Number(decimal[1]), scale: Number(decimal[2] ?? 0) }
  const bare = text.replace(/\s*\([^)]*\)/, '').replace(/<.*$/, '')
  const kind = Object.hasOwn(NAMES, bare) ? NAMES[bare] : undefined
  return kind === undefined || kind === 'decimal' ? undefined : { kind }
}
