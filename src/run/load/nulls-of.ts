import type { Field } from '../../batch/logical-type.ts'
import type { Dialect } from '../../engines/dialect.ts'
import { ROW } from './load-columns.ts'

/** A SELECT list of one row of a load, numbered 0, in which all of `fields` is NULL. */
export function nullsOf(fields: readonly Field[], dialect: Dialect): string {
  const nulls = fields.map(
    ({ name, type }) => `cast(null as ${dialect.typeName(type)}) as ${dialect.identifier(name)}`,
  )
  return [...nulls, `cast(0 as ${dialect.typeName({ kind: 'int64' })}) as ${ROW}`].join(', ')
}
