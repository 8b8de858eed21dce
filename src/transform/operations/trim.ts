import {
  ALL,
  type ColumnChoice,
  choiceOf,
  chosenColumns,
  columnsEntry,
  columnsOf,
} from '../chosen-columns.ts'
import { defineOperation } from '../operation-definition.ts'
import { rewriteColumns } from '../project-columns.ts'
import { trimmed } from '../white-space.ts'

export const trim = defineOperation({
  stage: 'clean',
  summary: 'Takes white space off both ends of texts; `all` for every text column.',
  example: 'trim: [name, city]',
  entry: columnsEntry,
  bare: { columns: ALL as ColumnChoice },
  effects: [],
  read: (entry) => ({ columns: choiceOf(columnsOf(entry)) }),
  compile(state, { columns }, context) {
    const chosen = chosenColumns(state, columns, context)
    return rewriteColumns(state, chosen, (name) => trimmed(name, context.dialect), context)
  },
})
