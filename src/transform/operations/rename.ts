import { z } from 'zod'
import { words } from '../entry-fields.ts'
import { defineOperation } from '../operation-definition.ts'
import { projectColumns } from '../project-columns.ts'
import { requireColumns } from '../require-columns.ts'
import { stageError } from '../stage-error.ts'

export const rename = defineOperation({
  stage: 'conform',
  summary: 'New names by old name.',
  example: 'rename: {cust_no: customer_id}',
  entry: z.record(words, words),
  effects: [],
  read: (columns) => ({ columns }),
  compile(state, { columns: names }, context) {
    // Rows that have the new name already come from before or after the source renamed it.
    const missing = Object.entries(names).filter(
      ([old, name]) => !state.columns.includes(old) && !state.columns.includes(name),
    )
    if (!context.shared)
      requireColumns(
        state,
        missing.map(([old]) => old),
        context,
      )
    const renamed = (column: string) => (Object.hasOwn(names, column) ? names[column]! : column)
    const double = state.columns.find((column, index) =>
      state.columns.slice(0, index).some((earlier) => renamed(earlier) === renamed(column)),
    )
    if (double !== undefined) {
      throw stageError('WW4303', context.location, `a rename gives two columns the name ${renamed(double)}`)
    }
    const expressions = state.columns.map(
      (column) =>
        [
          renamed(column),
          { sql: context.dialect.identifier(column), of: [column], isText: state.texts.has(column) },
        ] as const,
    )
    return projectColumns(state, state.columns.map(renamed), new Map(expressions), context)
  },
})
