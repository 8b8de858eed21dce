import { z } from 'zod'
import { CURRENCIES } from '../codes/currencies.ts'
import { words } from '../entry-fields.ts'
import { joinLookup, severalFound } from '../join-lookup.ts'
import { judgeRows } from '../judge-rows.ts'
import { parseLookupReference } from '../lookup-reference.ts'
import { fateOf } from '../misfit-rule.ts'
import { defineOperation } from '../operation-definition.ts'
import { projectColumns, setColumn, type sourcesOf } from '../project-columns.ts'
import { requireColumns } from '../require-columns.ts'

const FOUND = '_ww_found'
const RATE = '_ww_rate'
const DAY = '_ww_rate_day'

export interface ConvertOptions {
  readonly amount: string
  readonly currency: string
  readonly to: string
  readonly into: string
  readonly at: string | undefined
  readonly rates: {
    readonly from: string
    readonly currency: string
    readonly rate: string
    readonly date: string
  }
  readonly onMiss: 'null' | 'quarantine' | 'fail'
}

export const convertCurrency = defineOperation({
  stage: 'conform',
  summary:
    'Amounts in another currency, by a table of rates: amount × rate. Amounts in that currency already stay as they are.',
  example:
    "convert_currency: {amount: amount, currency: currency, to: EUR, into: amount_eur, rates: {from: ref('rates')}, at: ordered_at}",
  entry: z.strictObject({
    amount: words,
    currency: words.describe("The column of the amount's currency."),
    to: words.describe('The currency wanted, a code of ISO 4217.'),
    into: words.describe('A new column, or one that is replaced.'),
    at: words
      .optional()
      .describe(
        'The column that says when: the rate is the latest that is not after it. Without it the table has one rate for each currency.',
      ),
    rates: z.strictObject({
      from: words.describe("The table: ref('name'), source('source', 'table') or schema.table."),
      currency: words.optional().describe('Its column of the currency; currency unless given.'),
      rate: words
        .optional()
        .describe('Its column of what one unit is worth in the currency wanted; rate unless given.'),
      date: words.optional().describe('Its column of the day since which the rate holds; date unless given.'),
    }),
    on_miss: z
      .enum(['null', 'quarantine', 'fail'])
      .or(z.null())
      .optional()
      .describe('What becomes of an amount without a rate; quarantine unless given.'),
  }),
  effects: ['rejected', 'held'],
  read(entry, note): ConvertOptions | undefined {
    const { amount, currency, to, into, at, rates } = entry
    if (!CURRENCIES.includes(to)) {
      note('WW1026', ['to'], {
        message: `"${to}" is no code of a currency`,
        hint: 'Write a code of ISO 4217, such as EUR.',
      })
      return undefined
    }
    if (parseLookupReference(rates.from) === undefined) {
      note('WW1026', ['rates', 'from'], {
        message: `"${rates.from}" names no table`,
        hint: "Write it as ref('model_or_seed'), source('source', 'table') or schema.table.",
      })
      return undefined
    }
    const { from, currency: of = 'currency', rate = 'rate', date = 'date' } = rates
    const onMiss = entry.on_miss === undefined ? 'quarantine' : (entry.on_miss ?? 'null')
    return { amount, currency, to, into, at, rates: { from, currency: of, rate, date }, onMiss }
  },
  lookups: ({ rates }) => [rates.from],
  compile(state, { amount, currency, to, into, at, rates, onMiss }, context) {
    const { dialect } = context
    const { identifier, literal } = dialect
    requireColumns(state, [amount, currency, ...(at === undefined ? [] : [at])], context)
    const dated = at === undefined ? state : withDay(state, { at, currency, rates }, context)
    const key = { [rates.currency]: `s.${identifier(currency)}` }
    const on = at === undefined ? key : { ...key, [rates.date]: `s.${DAY}` }
    const joined = joinLookup(
      dated,
      { from: rates.from, on, take: { [rates.rate]: RATE }, count: FOUND },
      context,
    )
    const isSame = `${identifier(currency)} = ${literal(to)}`
    const lacks = `${identifier(amount)} is not null and ${RATE} is null and (${isSame}) is not true`
    const miss =
      onMiss === 'null'
        ? ''
        : ` when ${lacks} then ${fateOf(onMiss, `column ${amount}: there is no rate for its currency`, dialect)}`
    const judged = judgeRows(joined, `case ${severalFound(rates.from, FOUND, dialect)}${miss} end`, context)
    const sql = `case when ${isSame} then ${identifier(amount)} else ${identifier(amount)} * ${RATE} end`
    const of = [amount, currency, RATE, ...(at === undefined ? [] : [at])]
    const converted = setColumn(judged, into, { sql, of }, context)
    const columns = converted.columns.filter((column) => ![FOUND, RATE, DAY].includes(column))
    return projectColumns(converted, columns, new Map(), context)
  },
})

/** Adds the day of the rate that holds for a row: the latest of its currency that is not after it. */
function withDay(
  state: Parameters<typeof sourcesOf>[0],
  { at, currency, rates }: Pick<ConvertOptions, 'currency' | 'rates'> & { readonly at: string },
  context: Parameters<typeof joinLookup>[2],
) {
  const { identifier, relation } = context.dialect
  const table = relation(context.lookupRelation(rates.from))
  const day = `(select max(r.${identifier(rates.date)}) from ${table} as r where r.${identifier(rates.currency)} = _ww_stage.${identifier(currency)} and r.${identifier(rates.date)} <= _ww_stage.${identifier(at)})`
  return setColumn(state, DAY, { sql: day, of: [at] }, context)
}
