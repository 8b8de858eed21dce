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

export const normalize = defineOperation({
  stage: 'conform',
  summary:
    "Texts in Unicode's composed form (NFC), so that what looks alike is alike; `all` for every text column.",
  example: 'normalize: [name, city]',
  entry: columnsEntry,
  bare: { columns: ALL as ColumnChoice },
  effects: [],
  read: (entry) => ({ columns: choiceOf(columnsOf(entry)) }),
  compile(state, { columns }, context) {
    const chosen = chosenColumns(state, columns, context)
    return rewriteColumns(state, chosen, (name) => context.dialect.composed(name), context)
  },
})
