import { z } from 'zod'
import { columnsInSql } from '../columns-in-sql.ts'
import { words } from '../entry-fields.ts'
import { defineOperation } from '../operation-definition.ts'
import { setColumn } from '../project-columns.ts'
import { FATE } from '../row-columns.ts'

export const derive = defineOperation({
  stage: 'enrich',
  summary: 'A new or replaced column from an SQL expression over the row.',
  example: 'derive: {column: total, expression: quantity * price}',
  entry: z.strictObject({ column: words, expression: words.describe('SQL of the warehouse.') }),
  effects: [],
  read: (entry) => entry,
  compile(state, { column, expression }, context) {
    // Not asked of rows that are out: what is left out by a filter must not fail a division behind it.
    const sql = state.judged ? `case when ${FATE} is null then (${expression}) end` : `(${expression})`
    return setColumn(state, column, { sql, of: columnsInSql(expression, state.columns) }, context)
  },
})
