import { z } from 'zod'
import { value, words } from '../entry-fields.ts'
import { defineOperation } from '../operation-definition.ts'
import { rewriteColumns } from '../project-columns.ts'
import { requireColumns } from '../require-columns.ts'

export const map = defineOperation({
  stage: 'conform',
  summary: 'Codes to standard codes; a value without an entry stays.',
  example: 'map: {column: status, values: {P: paid, C: cancelled}}',
  entry: z.strictObject({ column: words, values: z.record(z.string(), value) }),
  effects: [],
  read: ({ column, values }) => ({
    column,
    values: Object.fromEntries(Object.entries(values).map(([code, standard]) => [code, String(standard)])),
  }),
  compile(state, { column, values }, context) {
    const { literal } = context.dialect
    requireColumns(state, [column], context)
    const cases = (name: string) =>
      Object.entries(values).map(([from, to]) => `when ${name} = ${literal(from)} then ${literal(to)}`)
    return rewriteColumns(
      state,
      [column],
      (name) => `case ${cases(name).join(' ')} else ${name} end`,
      context,
    )
  },
})
