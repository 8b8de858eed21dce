import type { LogicalType } from './logical-type.ts'

/** Names that people and engines write, in lower case with single spaces, without arguments. */
const TYPES_BY_NAME: Readonly<Record<string, LogicalType>> = {
  ...named('boolean', 'boolean', 'bool', 'logical'),
  ...named('int8', 'tinyint', 'int1'),
  ...named('int16', 'smallint', 'int2', 'int16', 'short'),
  ...named('int32', 'integer', 'int', 'int4', 'int32', 'signed'),
  ...named('int64', 'bigint', 'int8', 'int64', 'long'),
  ...named('uint8', 'utinyint', 'uint8'),
  ...named('uint16', 'usmallint', 'uint16'),
  ...named('uint32', 'uinteger', 'uint32'),
  ...named('uint64', 'ubigint', 'uint64'),
  ...named('int128', 'hugeint', 'int128'),
  ...named('float32', 'real', 'float4', 'float32'),
  ...named('float64', 'double', 'double precision', 'float8', 'float64', 'float'),
  ...named('text', 'text', 'string', 'varchar', 'char', 'bpchar', 'character', 'character varying'),
  ...named('json', 'json', 'jsonb'),
  ...named('uuid', 'uuid'),
  ...named('bytes', 'bytes', 'bytea', 'blob', 'binary', 'varbinary'),
  ...named('date', 'date'),
  ...named('time', 'time', 'time without time zone'),
  ...named('timestamp', 'timestamp', 'datetime', 'timestamp without time zone'),
  ...named('timestamptz', 'timestamptz', 'timestamp with time zone'),
  ...named('interval', 'interval'),
}

const DECIMAL_NAMES: ReadonlySet<string> = new Set(['decimal', 'numeric', 'dec'])
const WITH_LENGTH: ReadonlySet<string> = new Set([
  'varchar',
  'char',
  'bpchar',
  'character',
  'character varying',
])

/**
 * The logical type that a type name in a project file stands for: SQL names (`bigint`, `numeric(10,2)`,
 * `varchar(20)`, `timestamp with time zone`) and the platform's own (`uint16`, `bytes`), in any case. As in SQL,
 * `int8` is eight bytes wide. Undefined for anything else, also for a decimal without precision: its exactness
 * would depend on the engine.
 */
export function parseLogicalType(text: string): LogicalType | undefined {
  const name = text.trim().toLowerCase().replace(/\s+/g, ' ')
  if (Object.hasOwn(TYPES_BY_NAME, name)) return TYPES_BY_NAME[name]
  const call = /^([a-z0-9 ]*[a-z0-9]) ?\( ?(\d+) ?(?:, ?(\d+) ?)?\)$/.exec(name)
  if (!call) return undefined
  const [, base, first, second] = call
  if (DECIMAL_NAMES.has(base!)) return decimal(Number(first), Number(second ?? 0))
  return WITH_LENGTH.has(base!) && second === undefined ? { kind: 'text' } : undefined
}

function decimal(precision: number, scale: number): LogicalType | undefined {
  const fits = precision >= 1 && precision <= 38 && scale <= precision
  return fits ? { kind: 'decimal', precision, scale } : undefined
}

function named(
  kind: Exclude<LogicalType['kind'], 'decimal'>,
  ...names: string[]
): Record<string, LogicalType> {
  const type: LogicalType = Object.freeze({ kind })
  return Object.fromEntries(names.map((name) => [name, type]))
}
