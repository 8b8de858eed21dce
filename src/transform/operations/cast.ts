import { z } from 'zod'
import type { LogicalType } from '../../batch/logical-type.ts'
import { words } from '../entry-fields.ts'
import { judgeRows } from '../judge-rows.ts'
import { type MisfitRule, misfitBranches, misfitEntry } from '../misfit-rule.ts'
import { defineOperation } from '../operation-definition.ts'
import { projectColumns } from '../project-columns.ts'
import { readColumnTypes } from '../read-column-types.ts'
import { requireColumns } from '../require-columns.ts'
import { isUnreadable, unreadableReason } from '../unreadable.ts'

const types = z.record(words, words)

export interface CastOptions {
  readonly columns: Readonly<Record<string, LogicalType>>
  readonly onMisfit: MisfitRule
}

export const cast = defineOperation({
  stage: 'clean',
  summary: 'A type by column, and what becomes of values that cannot be read as it without loss.',
  example: 'cast: {columns: {amount: "decimal(12,2)", ordered_at: timestamp}, on_misfit: quarantine}',
  entry: z.union([
    z.strictObject({
      columns: types.describe('Types by column.'),
      on_misfit: misfitEntry(['null', 'quarantine', 'fail'], 'quarantine'),
    }),
    types,
  ]),
  effects: ['rejected', 'held'],
  read(entry, note): CastOptions {
    if (isLong(entry)) {
      const columns = readColumnTypes(entry.columns, (code, path, finding) =>
        note(code, ['columns', ...path], finding),
      )
      const rule = entry.on_misfit === undefined ? 'quarantine' : (entry.on_misfit ?? 'null')
      return { columns, onMisfit: rule }
    }
    return { columns: readColumnTypes(entry, note), onMisfit: 'quarantine' }
  },
  declares: ({ columns }) => Object.keys(columns),
  compile(state, { columns, onMisfit }, context) {
    const { dialect } = context
    const casts = Object.entries(columns)
    requireColumns(state, Object.keys(columns), context)
    const branches = misfitBranches(
      casts.map(([column, type]) => ({
        rule: onMisfit,
        condition: isUnreadable(column, type, dialect),
        reason: unreadableReason(column, type, dialect),
      })),
      dialect,
    )
    const judged = branches.length === 0 ? state : judgeRows(state, `case ${branches.join(' ')} end`, context)
    const expressions = casts.map(
      ([column, type]) =>
        [
          column,
          {
            sql: dialect.tryCast(dialect.identifier(column), type),
            of: [column],
            isText: type.kind === 'text',
          },
        ] as const,
    )
    return projectColumns(judged, state.columns, new Map(expressions), context)
  },
})

type Entry =
  | {
      readonly columns: Readonly<Record<string, string>>
      readonly on_misfit?: 'null' | 'quarantine' | 'fail' | null | undefined
    }
  | Readonly<Record<string, string>>

/** A column may be called `columns`: its type is then a text. */
function isLong(
  entry: Entry,
): entry is Extract<Entry, { readonly columns: Readonly<Record<string, string>> }> {
  return typeof entry['columns'] === 'object'
}
