import { z } from 'zod'
import { columnsInSql } from '../columns-in-sql.ts'
import { asNames, names, words } from '../entry-fields.ts'
import { foldRows } from '../fold-rows.ts'
import { defineOperation } from '../operation-definition.ts'

export const rollup = defineOperation({
  stage: 'aggregate',
  summary: 'One row for each group of rows, with measures of the group. It is over the rows of one load.',
  example: 'rollup: {by: [store, day], measures: {orders: count(*), revenue: sum(amount)}}',
  entry: z.strictObject({
    by: names
      .optional()
      .describe(
        'The columns that a group has in common, NULL among their values; all rows are one group unless given.',
      ),
    measures: z.record(words, words).describe('Aggregates by column, as SQL of the warehouse.'),
  }),
  effects: ['folded', 'held'],
  read: ({ by, measures }) => ({ by: asNames(by), measures }),
  compile(state, { by, measures }, context) {
    const list = Object.entries(measures).map(([column, sql]) => ({
      column,
      sql: `(${sql})`,
      of: columnsInSql(sql, state.columns),
    }))
    return foldRows(state, { by, measures: list }, context)
  },
})
