import { z } from 'zod'
import { words } from '../entry-fields.ts'
import { judgeRows } from '../judge-rows.ts'
import { defineOperation } from '../operation-definition.ts'
import { FATE, FILTERED } from '../row-columns.ts'

export const filter = defineOperation({
  stage: 'clean',
  summary: 'Rows for which the SQL expression is not true are left out, and counted.',
  example: 'filter: "amount > 0"',
  entry: z.union([words, z.strictObject({ expression: words.describe('SQL of the warehouse.') })]),
  effects: ['filtered'],
  read: (entry) => ({ expression: typeof entry === 'string' ? entry : entry.expression }),
  compile(state, { expression }, context) {
    const decided = state.judged ? `when ${FATE} is not null then null ` : ''
    return judgeRows(state, `case ${decided}when (${expression}) then null else '${FILTERED}' end`, context)
  },
})
