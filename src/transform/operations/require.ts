import { z } from 'zod'
import { asNames, names } from '../entry-fields.ts'
import { judgeRows } from '../judge-rows.ts'
import { fateOf } from '../misfit-rule.ts'
import { defineOperation } from '../operation-definition.ts'
import { requireColumns } from '../require-columns.ts'
import { FILTERED } from '../row-columns.ts'

export const require = defineOperation({
  stage: 'clean',
  summary: 'Rows in which one of the columns is NULL are left out, rejected, or hold the load.',
  example: 'require: {columns: [order_id, ordered_at], on_null: quarantine}',
  entry: z.union([
    names,
    z.strictObject({
      columns: names,
      on_null: z
        .enum(['drop', 'quarantine', 'fail'])
        .optional()
        .describe('drop unless given: the row is left out, and counted as filtered.'),
    }),
  ]),
  effects: ['filtered', 'rejected', 'held'],
  read(entry) {
    const given = typeof entry === 'string' || Array.isArray(entry) ? { columns: entry } : entry
    return { columns: asNames(given.columns), onNull: given.on_null ?? ('drop' as const) }
  },
  compile(state, { columns, onNull }, context) {
    const { dialect } = context
    requireColumns(state, columns, context)
    const fate = (column: string) =>
      onNull === 'drop' ? dialect.literal(FILTERED) : fateOf(onNull, `column ${column} is null`, dialect)
    const branches = columns.map(
      (column) => `when ${dialect.identifier(column)} is null then ${fate(column)}`,
    )
    return judgeRows(state, `case ${branches.join(' ')} end`, context)
  },
})
