import { z } from 'zod'
import type { Scalar } from '../../engines/dialect.ts'
import { asNames, names, value, words } from '../entry-fields.ts'
import { joinLookup, severalFound } from '../join-lookup.ts'
import { judgeRows } from '../judge-rows.ts'
import { parseLookupReference } from '../lookup-reference.ts'
import { fateOf } from '../misfit-rule.ts'
import { defineOperation } from '../operation-definition.ts'
import { projectColumns } from '../project-columns.ts'
import { requireColumns } from '../require-columns.ts'

const FOUND = '_ww_found'

const pairs = z.union([names, z.record(words, words)])

export interface LookupOptions {
  readonly from: string
  /** The table's column by the row's. */
  readonly on: Readonly<Record<string, string>>
  /** The new column by the table's. */
  readonly take: Readonly<Record<string, string>>
  readonly onMiss: 'null' | 'quarantine' | 'fail'
  /** By new column, for rows that nothing is found for. */
  readonly defaults: Readonly<Record<string, Scalar>>
}

export const lookup = defineOperation({
  stage: 'enrich',
  summary:
    'Columns of another table, by key. Where that has several rows for a key the load is held: rows never double.',
  example:
    "lookup: {from: ref('countries'), on: {country_code: code}, take: {name: country_name}, on_miss: quarantine}",
  entry: z.strictObject({
    from: words.describe(
      "A model, seed or snapshot as ref('name'), a table as source('source', 'table') or schema.table. The pipeline then runs after it.",
    ),
    on: pairs.describe(
      'Columns of the table by those of the row that they are to equal; names, where both are called the same.',
    ),
    take: pairs.describe(
      'Names of new columns by columns of the table; names, where they are to be called the same.',
    ),
    on_miss: z
      .enum(['null', 'quarantine', 'fail'])
      .or(z.null())
      .optional()
      .describe(
        'What becomes of a row that nothing is found for, as where its key is NULL: null unless given.',
      ),
    default: z
      .record(words, value)
      .optional()
      .describe('In place of on_miss: values by new column, for rows that nothing is found for.'),
  }),
  effects: ['rejected', 'held'],
  read(entry, note): LookupOptions | undefined {
    if (parseLookupReference(entry.from) === undefined) {
      note('WW1026', ['from'], {
        message: `"${entry.from}" names no table`,
        hint: "Write it as ref('model_or_seed'), source('source', 'table') or schema.table.",
      })
      return undefined
    }
    const take = asPairs(entry.take)
    const defaults = entry.default ?? {}
    const stranger = Object.keys(defaults).find((column) => !Object.values(take).includes(column))
    if (stranger !== undefined) {
      note('WW1026', ['default', stranger], {
        message: `lookup takes no column "${stranger}"`,
        hint: `It takes ${Object.values(take).join(', ')}.`,
      })
      return undefined
    }
    if (entry.default !== undefined && entry.on_miss !== undefined) {
      note('WW1026', ['on_miss'], {
        message: 'lookup has both default and on_miss',
        hint: 'Give one of them.',
      })
      return undefined
    }
    return { from: entry.from, on: asPairs(entry.on), take, onMiss: entry.on_miss ?? 'null', defaults }
  },
  lookups: ({ from }) => [from],
  compile(state, { from, on, take, onMiss, defaults }, context) {
    const { dialect } = context
    const { identifier } = dialect
    requireColumns(state, Object.keys(on), context)
    const conditions = Object.entries(on).map(([column, key]) => [key, `s.${identifier(column)}`] as const)
    const joined = joinLookup(
      state,
      { from, on: Object.fromEntries(conditions), take, count: FOUND },
      context,
    )
    const missed = `${identifier(FOUND)} is null`
    const miss =
      onMiss === 'null'
        ? ''
        : ` when ${missed} then ${fateOf(onMiss, `the lookup in ${from} finds nothing`, dialect)}`
    const judged = judgeRows(joined, `case ${severalFound(from, FOUND, dialect)}${miss} end`, context)
    const filled = Object.entries(defaults).map(
      ([column, filler]) =>
        [
          column,
          {
            sql: `case when ${missed} then ${dialect.literal(filler)} else ${identifier(column)} end`,
            of: [column],
          },
        ] as const,
    )
    const columns = joined.columns.filter((column) => column !== FOUND)
    return projectColumns(judged, columns, new Map(filled), context)
  },
})

function asPairs(given: z.infer<typeof pairs>): Readonly<Record<string, string>> {
  if (typeof given !== 'string' && !Array.isArray(given)) return given
  return Object.fromEntries(asNames(given).map((name) => [name, name]))
}
