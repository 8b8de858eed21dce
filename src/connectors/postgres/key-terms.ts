import type { KeyAxis, KeyTerms } from '../tables/table-dialect.ts'
import type { PostgresColumn } from './postgres-table.ts'
import { quoteName, quoteText } from './source-sql.ts'
import { axisOf } from './source-type.ts'

/** A column as an incremental key; undefined where its values have no order to read by. */
export function keyTerms({ name: column, typeId, typeName, notNull }: PostgresColumn): KeyTerms | undefined {
  const axis = axisOf(typeId)
  if (axis === undefined) return undefined
  const name = quoteName(column)
  return {
    axis,
    name,
    keyless: keylessCondition(name, axis, notNull),
    value: (text) => `${quoteText(text)}::${typeName}`,
    less: (value, amount) => less(value, axis, typeName, amount),
  }
}

/** What lies below every key of the type is cut off at its least value. */
function less(value: string, axis: KeyAxis, typeName: string, amount: number): string {
  switch (axis) {
    case 'whole':
      return `greatest(${value}::numeric - ${Math.ceil(amount)}, ${LEAST[typeName] ?? LEAST['bigint']})::${typeName}`
    case 'number':
      return `(${value} - ${amount})::${typeName}`
    default:
      return `(${value} - interval '${amount} microseconds')::${typeName}`
  }
}

const LEAST: Readonly<Record<string, string>> = {
  smallint: '(-32768)',
  integer: '(-2147483648)',
  bigint: '(-9223372036854775808)',
}

function keylessCondition(name: string, axis: KeyAxis, notNull: boolean): string | undefined {
  switch (axis) {
    case 'whole':
      return notNull ? undefined : `${name} is null`
    case 'number':
      return `(${name} is null or ${name}::text in ('NaN', 'Infinity', '-Infinity'))`
    default:
      return `(${name} is null or not isfinite(${name}))`
  }
}
