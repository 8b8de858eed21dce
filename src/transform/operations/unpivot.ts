import { z } from 'zod'
import type { LogicalType } from '../../batch/logical-type.ts'
import { asText } from '../as-text.ts'
import { asNames, names, words } from '../entry-fields.ts'
import { expandRows } from '../expand-rows.ts'
import { type MisfitRule, misfitEntry } from '../misfit-rule.ts'
import { defineOperation } from '../operation-definition.ts'
import { readColumnType } from '../read-column-types.ts'
import { requireColumns } from '../require-columns.ts'
import { FATE } from '../row-columns.ts'
import { cast } from './cast.ts'

export interface UnpivotOptions {
  readonly columns: readonly string[]
  readonly nameTo: string
  readonly valueTo: string
  readonly type: LogicalType | undefined
  readonly nulls: 'keep' | 'drop'
  readonly onMisfit: Exclude<MisfitRule, 'keep'>
}

export const unpivot = defineOperation({
  stage: 'aggregate',
  summary: 'A row for each of several columns: its name in one column and its value in another.',
  example: 'unpivot: {columns: [jan, feb, mar], name_to: month, value_to: amount, nulls: drop}',
  entry: z.strictObject({
    columns: names.describe('The columns, which go.'),
    name_to: words.optional().describe('The column of their names; name unless given.'),
    value_to: words.optional().describe('The column of their values; value unless given.'),
    type: words.optional().describe('The type of the values, where the columns have different ones.'),
    nulls: z
      .enum(['keep', 'drop'])
      .optional()
      .describe(
        'What becomes of a value that is NULL: keep (unless given) makes a row of it, drop leaves it out, and counts it as filtered.',
      ),
    on_misfit: misfitEntry(['null', 'quarantine', 'fail'], 'quarantine'),
  }),
  effects: ['expanded', 'filtered', 'rejected', 'held'],
  read(entry, note): UnpivotOptions {
    const type =
      entry.type === undefined
        ? undefined
        : readColumnType(entry.type, 'value', (code, path, finding) => note(code, ['type', ...path], finding))
    return {
      columns: asNames(entry.columns),
      nameTo: entry.name_to ?? 'name',
      valueTo: entry.value_to ?? 'value',
      type,
      nulls: entry.nulls ?? 'keep',
      onMisfit: entry.on_misfit === undefined ? 'quarantine' : (entry.on_misfit ?? 'null'),
    }
  },
  compile(state, { columns, nameTo, valueTo, type, nulls, onMisfit }, context) {
    const { dialect } = context
    const { identifier, literal } = dialect
    requireColumns(state, columns, context)
    const value = (column: string) => {
      const name = `s.${identifier(column)}`
      return type === undefined ? name : asText(name, dialect)
    }
    const rows = columns.map((column, index) => `(${index + 1}, ${literal(column)}, ${value(column)})`)
    const once = state.judged ? `u.ordinal = 1 or s.${FATE} is null` : 'true'
    const made = [
      { column: nameTo, sql: 'u.name', of: [], isText: true },
      { column: valueTo, sql: 'u.value', of: columns, isText: type !== undefined },
    ]
    const expanded = expandRows(
      state,
      {
        join: `join lateral (values ${rows.join(', ')}) as u (ordinal, name, value) on ${once}`,
        kept: state.columns.filter((each) => !columns.includes(each) && each !== nameTo && each !== valueTo),
        made,
        ...(nulls === 'drop' ? { leftOut: 'u.value is null' } : {}),
      },
      context,
    )
    if (type === undefined || type.kind === 'text') return expanded
    return cast.compile(expanded, { columns: { [valueTo]: type }, onMisfit }, context)
  },
})
