import { columnsEntry, columnsOf } from '../chosen-columns.ts'
import { defineOperation } from '../operation-definition.ts'
import { projectColumns } from '../project-columns.ts'
import { requireColumns } from '../require-columns.ts'

export const drop = defineOperation({
  stage: 'enrich',
  summary: 'Columns to leave out.',
  example: 'drop: [comment, internal_note]',
  entry: columnsEntry,
  effects: [],
  read: (entry) => ({ columns: columnsOf(entry) }),
  compile(state, { columns }, context) {
    if (!context.shared) requireColumns(state, columns, context)
    const left = state.columns.filter((column) => !columns.includes(column))
    return projectColumns(state, left, new Map(), context)
  },
})
