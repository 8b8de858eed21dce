import type { Scalar } from '../../engines/dialect.ts'
import type { OutcomeColumn } from '../../engines/engine.ts'
import { PythonError } from '../../jinja/values/python-error.ts'
import type { AgateColumn, AgateType } from '../agate/agate-table.ts'
import { DateValue } from '../python/date-value.ts'
import { fromIsoText } from '../python/datetime-module.ts'
import { DatetimeValue } from '../python/datetime-value.ts'
import { DecimalValue } from '../python/decimal-value.ts'
import { utc } from '../python/time-zone.ts'

/** A value of a result as templates have it: numbers with places are Decimals, dates and moments are Python's. */
export function fromWarehouse(value: Scalar, column: OutcomeColumn): unknown {
  if (value === null) return null
  if (isUnlimitedNumber(column)) return DecimalValue.parse(String(value)) ?? value
  switch (column.type.kind) {
    case 'float32':
    case 'float64':
    case 'decimal':
      return DecimalValue.parse(String(value)) ?? String(value)
    case 'date':
      return orText(String(value), (text) => new DateValue(fromIsoText(text).wall))
    case 'timestamp':
      return orText(String(value), fromIsoText)
    case 'timestamptz':
      return orText(String(value), (text) => {
        const read = fromIsoText(text)
        return new DatetimeValue(read.wall - read.offset * 60_000, read.microseconds, utc)
      })
    default:
      return value
  }
}

/** What agate calls a column's type. */
export function agateColumn(column: OutcomeColumn): AgateColumn {
  const { name, type } = column
  return { name, type: isUnlimitedNumber(column) ? 'Number' : agateType(type.kind) }
}

/** Postgres' numeric without precision and scale, which comes as text. */
function isUnlimitedNumber({ typeName, type }: OutcomeColumn): boolean {
  return typeName === 'numeric' && type.kind === 'text'
}

function agateType(kind: OutcomeColumn['type']['kind']): AgateType {
  switch (kind) {
    case 'boolean':
      return 'Boolean'
    case 'float32':
    case 'float64':
    case 'decimal':
      return 'Number'
    case 'date':
      return 'Date'
    case 'timestamp':
    case 'timestamptz':
      return 'DateTime'
    case 'text':
    case 'json':
    case 'uuid':
    case 'bytes':
    case 'time':
    case 'interval':
      return 'Text'
    default:
      return 'Integer'
  }
}

/** Infinite dates, and years that Python's calendar does not have, stay text. */
function orText<T>(text: string, read: (text: string) => T): T | string {
  try {
    return read(text)
  } catch (error) {
    if (error instanceof PythonError) return text
    throw error
  }
}
