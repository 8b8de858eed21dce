import { z } from 'zod'
import { asNames, names, words } from '../entry-fields.ts'
import { defineOperation } from '../operation-definition.ts'
import { setColumn } from '../project-columns.ts'
import { requireColumns } from '../require-columns.ts'

export const coalesce = defineOperation({
  stage: 'clean',
  summary: 'The first value, of several columns, that is not NULL.',
  example: 'coalesce: {column: phone, from: [mobile, home_phone]}',
  entry: z.strictObject({
    column: words.describe('A new column, or one that is replaced.'),
    from: names.describe('The columns, in the order in which they are asked.'),
  }),
  effects: [],
  read: ({ column, from }) => ({ column, from: asNames(from) }),
  compile(state, { column, from }, context) {
    requireColumns(state, from, context)
    const sql = `coalesce(${from.map(context.dialect.identifier).join(', ')})`
    const isText = from.every((name) => state.texts.has(name))
    return setColumn(state, column, { sql, of: from, isText }, context)
  },
})
