import { z } from 'zod'
import { columnsInSql } from '../columns-in-sql.ts'
import { asNames, names, words } from '../entry-fields.ts'
import { defineOperation } from '../operation-definition.ts'
import { setColumn } from '../project-columns.ts'
import { requireColumns } from '../require-columns.ts'
import { FATE } from '../row-columns.ts'
import { orderEntry, orderItems, orderOf, sourceOrder } from '../row-order.ts'

/** Functions that tell rows apart which are alike in the order. */
const ORDERED = /^\s*(row_number|ntile|lag|lead|first_value|last_value|nth_value)\s*\(/i

export const window = defineOperation({
  stage: 'aggregate',
  summary: 'A new or replaced column from a window function over the rows of the load.',
  example:
    'window: {column: nth_order, expression: row_number(), partition_by: customer_id, order_by: ordered_at}',
  entry: z.strictObject({
    column: words,
    expression: words.describe(
      'A call of a window or aggregate function, as SQL of the warehouse, without OVER.',
    ),
    partition_by: names.optional().describe('Columns that rows of one window have in common.'),
    order_by: orderEntry
      .optional()
      .describe('NULL comes last; rows alike in the order are in source order where it matters.'),
    frame: words.optional().describe('As SQL has it: rows between 6 preceding and current row.'),
  }),
  effects: [],
  read: ({ column, expression, partition_by: partition, order_by: order, frame }) => ({
    column,
    expression,
    partition: asNames(partition),
    order: orderOf(order),
    frame,
  }),
  compile(state, { column, expression, partition, order, frame }, context) {
    const { identifier } = context.dialect
    const orderColumns = order.map((term) => term.column)
    requireColumns(state, [...partition, ...orderColumns], context)
    const apart = [...partition.map(identifier), ...(state.judged ? [`(${FATE} is null)`] : [])]
    const items = [
      ...orderItems(order, context.dialect),
      ...(ORDERED.test(expression) ? sourceOrder(state, 'asc') : []),
    ]
    const over = [
      ...(apart.length > 0 ? [`partition by ${apart.join(', ')}`] : []),
      ...(items.length > 0 ? [`order by ${items.join(', ')}`] : []),
      ...(frame === undefined ? [] : [frame]),
    ]
    const call = `${expression} over (${over.join(' ')})`
    const sql = state.judged ? `case when ${FATE} is null then ${call} end` : call
    const of = [...new Set([...columnsInSql(expression, state.columns), ...partition, ...orderColumns])]
    return { ...setColumn(state, column, { sql, of }, context), acrossRows: true }
  },
})
