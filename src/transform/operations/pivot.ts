import { z } from 'zod'
import { asText } from '../as-text.ts'
import { asNames, names, value, words } from '../entry-fields.ts'
import { foldRows } from '../fold-rows.ts'
import { judgeRows } from '../judge-rows.ts'
import { fateOf } from '../misfit-rule.ts'
import { defineOperation } from '../operation-definition.ts'
import { requireColumns } from '../require-columns.ts'

const FUNCTIONS = ['sum', 'min', 'max', 'avg', 'count'] as const

export interface PivotOptions {
  readonly by: readonly string[]
  readonly column: string
  readonly value: string
  /** The column made of each value of `column`. */
  readonly columns: Readonly<Record<string, string>>
  readonly function: (typeof FUNCTIONS)[number] | undefined
  readonly onOther: 'ignore' | 'quarantine' | 'fail'
}

export const pivot = defineOperation({
  stage: 'aggregate',
  summary:
    'One row for each group of rows, with a column for each value of another column. It is over the rows of one load.',
  example: 'pivot: {by: sensor_id, column: metric, value: reading, values: [temperature, humidity]}',
  entry: z.strictObject({
    by: names.describe('The columns that a group has in common.'),
    column: words.describe('The column whose values become columns.'),
    value: words.describe('The column whose values stand in them.'),
    values: z
      .union([z.array(value).min(1, 'must not be empty'), z.record(z.string(), words)])
      .describe('The values, each the name of its column; or names of columns by value.'),
    function: z
      .enum(FUNCTIONS)
      .optional()
      .describe('What is made of several rows for one value; unless given they hold the load.'),
    on_other: z
      .enum(['ignore', 'quarantine', 'fail'])
      .optional()
      .describe(
        'What becomes of rows with another value; fail unless given. ignore folds them, and their value is nowhere.',
      ),
  }),
  effects: ['folded', 'rejected', 'held'],
  read(entry): PivotOptions {
    const { by, column, value: of, values, on_other: onOther = 'fail' } = entry
    const columns = Array.isArray(values)
      ? Object.fromEntries(values.map((each) => [String(each), String(each)]))
      : values
    return { by: asNames(by), column, value: of, columns, function: entry.function, onOther }
  },
  compile(state, options, context) {
    const { dialect } = context
    const { column, columns, value: of } = options
    requireColumns(state, [column, of], context)
    const name = dialect.identifier(column)
    const is = (each: string) => `${asText(name, dialect)} = ${dialect.literal(each)}`
    const known = Object.keys(columns).map(is).join(' or ')
    const judged =
      options.onOther === 'ignore'
        ? state
        : judgeRows(
            state,
            `case when (${known}) is not true then ${fateOf(options.onOther, `column ${column} has a value that pivot does not name`, dialect)} end`,
            context,
          )
    const cell = (each: string) =>
      `${options.function ?? 'max'}(case when ${is(each)} then ${dialect.identifier(of)} end)`
    const measures = Object.entries(columns).map(([each, into]) => ({
      column: into,
      sql: cell(each),
      of: [column, of],
    }))
    if (options.function !== undefined) return foldRows(judged, { by: options.by, measures }, context)
    const doubles = Object.keys(columns).map((each) => `count(case when ${is(each)} then 1 end) > 1`)
    const reason = fateOf(
      'fail',
      `pivot finds two rows for one value of ${column}, and no function for them`,
      dialect,
    )
    return foldRows(
      judged,
      { by: options.by, measures, fate: `case when ${doubles.join(' or ')} then ${reason} end` },
      context,
    )
  },
})
