import type { Field } from '../../batch/logical-type.ts'
import type { Dialect } from '../../engines/dialect.ts'
import type { TypeMode } from '../../project/schema-changes.ts'
import { judgeRows } from '../../transform/judge-rows.ts'
import { projectColumns } from '../../transform/project-columns.ts'
import type { Transformation } from '../../transform/transformation.ts'
import { isUnreadable, unreadableReason } from '../../transform/unreadable.ts'
import type { SchemaFit } from './fit-schema.ts'

/**
 * Makes the rows fit the table: values of a column that arrives with another type are read as the table's, and
 * rows whose value cannot be are rejected, or the value is NULL where it is to be discarded; columns the table does not take are left
 * behind.
 */
export function conform(
  transformation: Transformation,
  fit: SchemaFit,
  mode: TypeMode,
  dialect: Dialect,
): Transformation {
  const kept = new Set(fit.fields.map((field) => field.name))
  const columns = transformation.columns.filter((column) => kept.has(column))
  const narrowed = { ...transformation, columns }
  if (fit.changed.length === 0) return narrowed
  const verdicts = fit.changed.map(({ name, from: { type } }) => {
    const reason = dialect.literal(unreadableReason(name, type, dialect))
    return `when ${isUnreadable(name, type, dialect)} then ${reason}`
  })
  const casts = fit.changed.map(({ name, from }) => {
    const sql = dialect.tryCast(dialect.identifier(name), from.type)
    return [name, { sql, of: [name], isText: from.type.kind === 'text' }] as const
  })
  const judged =
    mode === 'discard_value' ? narrowed : judgeRows(narrowed, `case ${verdicts.join(' ')} end`, { dialect })
  return projectColumns(judged, columns, new Map(casts), { dialect })
}

/** A SELECT of the table's own columns, in order, from rows that may lack some of them; and of `further` columns behind them. */
export function inTableOrder(
  from: string,
  arrived: readonly string[],
  fields: readonly Field[],
  dialect: Dialect,
  further: readonly string[] = [],
): string {
  const came = new Set(arrived)
  const list = fields.map(({ name, type }) => {
    const column = dialect.identifier(name)
    return came.has(name) ? column : `cast(null as ${dialect.typeName(type)}) as ${column}`
  })
  return `select ${[...list, ...further].join(', ')} from ${from} as _ww_ordered`
}
