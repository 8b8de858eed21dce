import type { KeyTerms } from '../tables/table-dialect.ts'
import { quoteName, quoteText } from './mysql-sql.ts'
import type { MysqlColumn } from './mysql-table.ts'

/** What a range of whole numbers begins with, by type. */
const LEAST: Readonly<Record<string, string>> = {
  tinyint: '-128',
  smallint: '-32768',
  mediumint: '-8388608',
  int: '-2147483648',
  bigint: '-9223372036854775808',
}
const FIRST_DAY = "'0001-01-01'"

/** A column as an incremental key; undefined where its values have no order to read by. */
export function keyTerms(column: MysqlColumn): KeyTerms | undefined {
  const { typeWord } = column
  const name = quoteName(column.name)
  if (typeWord in LEAST) return wholeTerms(column, name)
  switch (typeWord) {
    case 'decimal': {
      const type = `decimal(${column.precision}, ${column.scale})`
      return numberTerms(column, name, (value) => `cast(${value} as ${type})`)
    }
    case 'float':
      return numberTerms(column, `(${name} + 0e0)`, (value) => `(${value} + 0e0)`)
    case 'double':
      return numberTerms(column, name, (value) => `(${value} + 0e0)`)
    case 'date':
      return timeTerms(name, 'date')
    case 'datetime':
    case 'timestamp':
      return timeTerms(name, 'time')
    default:
      return undefined
  }
}

function wholeTerms({ typeWord, isUnsigned, notNull }: MysqlColumn, name: string): KeyTerms {
  const type = isUnsigned ? 'unsigned' : 'signed'
  const least = isUnsigned ? '0' : LEAST[typeWord]!
  return {
    axis: 'whole',
    name,
    keyless: notNull ? undefined : `${name} is null`,
    value: (text) => `cast(${quoteText(text)} as ${type})`,
    less: (value, amount) =>
      `cast(greatest(cast(${value} as decimal(65)) - ${Math.ceil(amount)}, ${least}) as ${type})`,
  }
}

function numberTerms({ notNull }: MysqlColumn, name: string, cast: (value: string) => string): KeyTerms {
  return {
    axis: 'number',
    name,
    keyless: notNull ? undefined : `${name} is null`,
    value: (text) => cast(quoteText(text)),
    less: (value, amount) => cast(`(${value} - ${amount})`),
  }
}

/** Dates without a day, a month or a year (MySQL has those) are no points in time. */
function timeTerms(name: string, axis: 'time' | 'date'): KeyTerms {
  const type = axis === 'date' ? 'date' : 'datetime(6)'
  return {
    axis,
    name,
    keyless: `(${name} is null or ${name} < ${FIRST_DAY} or month(${name}) = 0 or dayofmonth(${name}) = 0)`,
    value: (text) => `cast(${quoteText(text)} as ${type})`,
    less: (value, amount) =>
      `coalesce(cast(${value} - interval ${amount} microsecond as ${type}), cast(${FIRST_DAY} as ${type}))`,
  }
}
