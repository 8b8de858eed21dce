import { asText } from './as-text.ts'
import { columnsEntry, columnsOf } from './chosen-columns.ts'
import { defineOperation } from './operation-definition.ts'
import { projectColumns } from './project-columns.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import { requireColumns } from './require-columns.ts'
import { type MapValues, mapValues } from './value-mapping.ts'

/**
 * An operation that puts another text in the place of values, by the project's keys. It is done outside of the engine: an
 * engine would see the key, and write it to its logs.
 */
export function pseudonymOperation(said: {
  readonly summary: string
  readonly example: string
  readonly by: keyof Pseudonyms
}) {
  return defineOperation({
    stage: 'enrich',
    summary: said.summary,
    example: said.example,
    entry: columnsEntry,
    effects: [],
    read: (entry) => ({ columns: columnsOf(entry) }),
    compile(state, { columns }, context) {
      const { dialect } = context
      requireColumns(state, columns, context)
      const made = (column: string) => `_ww_pseudonym_${columns.indexOf(column)}`
      const map: MapValues = ([values], rows, { pseudonyms }) => pseudonyms[said.by](values!, rows)
      const text = (column: string) => asText(`s.${dialect.identifier(column)}`, dialect)
      const mapped = columns.reduce(
        (before, column) => mapValues(before, { keys: [text(column)], map, as: made(column) }, context),
        state,
      )
      const expressions = columns.map(
        (column) => [column, { sql: made(column), of: [column], isText: true }] as const,
      )
      return projectColumns(mapped, state.columns, new Map(expressions), context)
    },
  })
}
