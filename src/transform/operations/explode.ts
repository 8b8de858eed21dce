import { z } from 'zod'
import type { LogicalType } from '../../batch/logical-type.ts'
import { words } from '../entry-fields.ts'
import { expandRows } from '../expand-rows.ts'
import { judgeRows } from '../judge-rows.ts'
import { type MisfitRule, misfitBranches, misfitEntry } from '../misfit-rule.ts'
import { defineOperation } from '../operation-definition.ts'
import { readColumnType, readColumnTypes } from '../read-column-types.ts'
import { requireColumns } from '../require-columns.ts'
import { FATE } from '../row-columns.ts'
import { cast } from './cast.ts'

export interface ExplodeOptions {
  readonly column: string
  /** Where an element goes as a whole; undefined where its fields do. */
  readonly into: string | undefined
  /** JSON where undefined. */
  readonly type: LogicalType | undefined
  readonly fields: Readonly<Record<string, LogicalType>>
  readonly position: string | undefined
  readonly onEmpty: 'keep' | 'drop'
  readonly onMisfit: Exclude<MisfitRule, 'keep'>
}

export const explode = defineOperation({
  stage: 'aggregate',
  summary: 'A row for each element of a JSON array.',
  example: 'explode: {column: items, fields: {sku: text, quantity: integer}, position: line_number}',
  entry: z.strictObject({
    column: words.describe('A JSON array, as JSON or as text. The column goes.'),
    into: words.optional().describe('The column of the element; the name of the array unless given.'),
    type: words.optional().describe('The type of elements; json unless given.'),
    fields: z
      .record(words, words)
      .optional()
      .describe('For elements that are objects: types by field, each a column, in place of into.'),
    position: words.optional().describe('A column for the place in the array, from 1.'),
    on_empty: z
      .enum(['keep', 'drop'])
      .optional()
      .describe(
        'A row without elements: keep (unless given) keeps it with NULL, drop leaves it out, and counts it as filtered.',
      ),
    on_misfit: misfitEntry(['null', 'quarantine', 'fail'], 'quarantine'),
  }),
  effects: ['expanded', 'filtered', 'rejected', 'held'],
  read(entry, note): ExplodeOptions | undefined {
    const { column, into, fields, position } = entry
    if (fields !== undefined && (into !== undefined || entry.type !== undefined)) {
      note('WW1026', [], {
        message: 'explode says both where elements go and where their fields go',
        hint: 'Give fields, or into and type.',
      })
      return undefined
    }
    const type =
      entry.type === undefined
        ? undefined
        : readColumnType(entry.type, column, (code, path, finding) => note(code, ['type', ...path], finding))
    const types = readColumnTypes(fields ?? {}, (code, path, finding) =>
      note(code, ['fields', ...path], finding),
    )
    return {
      column,
      into: fields === undefined ? (into ?? column) : undefined,
      type,
      fields: types,
      position,
      onEmpty: entry.on_empty ?? 'keep',
      onMisfit: entry.on_misfit === undefined ? 'quarantine' : (entry.on_misfit ?? 'null'),
    }
  },
  compile(state, options, context) {
    const { dialect } = context
    const { column, into, type, fields, position, onMisfit } = options
    requireColumns(state, [column], context)
    const name = dialect.identifier(column)
    const isArray = dialect.isJsonArray(name)
    const branches = misfitBranches(
      [
        {
          rule: onMisfit,
          condition: `${name} is not null and not ${isArray}`,
          reason: `column ${column} is no JSON array`,
        },
      ],
      dialect,
    )
    const judged = branches.length === 0 ? state : judgeRows(state, `case ${branches.join(' ')} end`, context)
    const goesOn = judged.judged ? `s.${FATE} is null and ` : ''
    const array = `case when ${goesOn}${dialect.isJsonArray(`s.${name}`)} then s.${name} end`
    const element = dialect.jsonText('u.value')
    const made = [
      ...(into === undefined
        ? []
        : [
            type === undefined
              ? { column: into, sql: `case when ${element} is not null then u.value end`, of: [column] }
              : { column: into, sql: element, of: [column], isText: true },
          ]),
      ...Object.keys(fields).map((field) => ({
        column: field,
        sql: dialect.jsonText('u.value', field),
        of: [column],
        isText: true,
      })),
      ...(position === undefined ? [] : [{ column: position, sql: 'u.ordinal', of: [column] }]),
    ]
    const taken = new Set(made.map((each) => each.column))
    const expanded = expandRows(
      judged,
      {
        join: `left join lateral ${dialect.jsonElements(array)} as u on true`,
        kept: judged.columns.filter((each) => each !== column && !taken.has(each)),
        made,
        ...(options.onEmpty === 'drop' ? { leftOut: 'u.ordinal is null' } : {}),
      },
      context,
    )
    const types = { ...fields, ...(type === undefined || into === undefined ? {} : { [into]: type }) }
    const casts = Object.entries(types).filter(([, each]) => each.kind !== 'text')
    if (casts.length === 0) return expanded
    return cast.compile(expanded, { columns: Object.fromEntries(casts), onMisfit }, context)
  },
})
