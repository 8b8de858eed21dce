import { z } from 'zod'
import { value, words } from '../entry-fields.ts'
import { defineOperation } from '../operation-definition.ts'
import { rewriteColumns } from '../project-columns.ts'
import { requireColumns } from '../require-columns.ts'

type Value = z.infer<typeof value>

export const fill = defineOperation({
  stage: 'clean',
  summary: 'A value for NULL, by column.',
  example: 'fill: {country: unknown, quantity: 0}',
  entry: z.record(words, value),
  effects: [],
  /** `{column: x, value: 0}` for one column, like the other operations; else a value by column. */
  read(entry): { readonly values: Readonly<Record<string, Value>> } {
    const { column, value: filler, ...rest } = entry
    const isOne = typeof column === 'string' && filler !== undefined && Object.keys(rest).length === 0
    return { values: isOne ? { [column]: filler } : entry }
  },
  compile(state, { values }, context) {
    const columns = Object.keys(values)
    requireColumns(state, columns, context)
    const filled = (name: string, column: string) =>
      `coalesce(${name}, ${context.dialect.literal(values[column]!)})`
    return rewriteColumns(state, columns, filled, context)
  },
})
