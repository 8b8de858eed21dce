import { choiceOf, chosenColumns, columnsEntry, columnsOf } from '../chosen-columns.ts'
import { defineOperation } from '../operation-definition.ts'
import { rewriteColumns } from '../project-columns.ts'

export const upper = defineOperation({
  stage: 'conform',
  summary: 'Texts in upper case.',
  example: 'upper: code',
  entry: columnsEntry,
  effects: [],
  read: (entry) => ({ columns: choiceOf(columnsOf(entry)) }),
  compile(state, { columns }, context) {
    return rewriteColumns(state, chosenColumns(state, columns, context), (name) => `upper(${name})`, context)
  },
})
