import type { LogicalType } from '../../batch/logical-type.ts'
import { logicalTypeName } from '../../batch/logical-type-name.ts'
import { asText, quoteName } from './mysql-sql.ts'
import type { MysqlColumn } from './mysql-table.ts'

/** How a column of the source becomes one of a batch. */
export interface ColumnReading {
  /** What it is read as. */
  readonly type: LogicalType
  /** What it is in the batches: text where values are still to be judged. */
  readonly landedAs: LogicalType
  /** What the query asks for. */
  readonly expression: string
}

const MAX_PRECISION = 38
const TEXT: LogicalType = { kind: 'text' }

const WHOLE: Readonly<Record<string, readonly [signed: LogicalType, unsigned: LogicalType]>> = {
  tinyint: [{ kind: 'int8' }, { kind: 'uint8' }],
  smallint: [{ kind: 'int16' }, { kind: 'uint16' }],
  mediumint: [{ kind: 'int32' }, { kind: 'uint32' }],
  int: [{ kind: 'int32' }, { kind: 'uint32' }],
  bigint: [{ kind: 'int64' }, { kind: 'uint64' }],
}
const SPATIAL = /^(?:geometry|point|linestring|polygon|multi\w+|geom(?:etry)?collection)$/
const BYTES = /^(?:binary|varbinary|tinyblob|blob|mediumblob|longblob|vector)$/

/**
 * The documented rule of docs/mysql-source.md.
 * @param declared the type that the pipeline states, if it does
 */
export function readingOf(column: MysqlColumn, declared: LogicalType | undefined): ColumnReading {
  const own = ownType(column)
  const type = declared ?? own
  if (declared === undefined || logicalTypeName(own) === logicalTypeName(declared)) {
    return { type, landedAs: type, expression: exactly(column) }
  }
  // Values that do not fit are told apart one by one.
  if (isReadAs(column, declared)) return { type, landedAs: type, expression: exactly(column) }
  return { type, landedAs: TEXT, expression: textOf(column) }
}

/** Whether the source's own text of each value is one that the reader of another type understands. */
function isReadAs({ typeWord }: MysqlColumn, { kind }: LogicalType): boolean {
  switch (kind) {
    case 'boolean':
      return typeWord in WHOLE
    case 'decimal':
    case 'int128':
      return typeWord === 'decimal'
    case 'interval':
      return typeWord === 'time'
    default:
      return false
  }
}

function ownType(column: MysqlColumn): LogicalType {
  const { typeWord, isUnsigned, precision, scale, isJson } = column
  if (isJson) return { kind: 'json' }
  const whole = WHOLE[typeWord]
  if (whole !== undefined) return whole[isUnsigned ? 1 : 0]
  if (BYTES.test(typeWord) || SPATIAL.test(typeWord)) return { kind: 'bytes' }
  switch (typeWord) {
    case 'decimal':
      return precision <= MAX_PRECISION ? { kind: 'decimal', precision, scale } : TEXT
    case 'float':
      return { kind: 'float32' }
    case 'double':
      return { kind: 'float64' }
    case 'bit':
      return precision === 1 ? { kind: 'boolean' } : { kind: 'uint64' }
    case 'year':
      return { kind: 'int16' }
    case 'date':
    case 'time':
    case 'uuid':
      return { kind: typeWord }
    case 'datetime':
      return { kind: 'timestamp' }
    case 'timestamp':
      return { kind: 'timestamptz' }
    default:
      return TEXT
  }
}

/** The column in a form whose text loses nothing. */
function exactly({ name, typeWord }: MysqlColumn): string {
  const own = quoteName(name)
  // The server writes six digits of a float; as a double it has all of them. Bits are bytes until they are a number.
  if (typeWord === 'float') return `(${own} + 0e0)`
  if (typeWord === 'bit') return `(${own} + 0)`
  return SPATIAL.test(typeWord) ? `st_aswkb(${own})` : own
}

/** As people write it: bytes as digits, shapes as well-known text. */
function textOf(column: MysqlColumn): string {
  const own = quoteName(column.name)
  if (BYTES.test(column.typeWord)) return `lower(hex(${own}))`
  if (SPATIAL.test(column.typeWord)) return `st_astext(${own})`
  return asText(exactly(column))
}
