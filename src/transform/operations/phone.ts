import { z } from 'zod'
import { asText } from '../as-text.ts'
import { COUNTRIES } from '../codes/countries.ts'
import { asNames, names, words } from '../entry-fields.ts'
import { type MisfitRule, misfitEntry } from '../misfit-rule.ts'
import { defineOperation } from '../operation-definition.ts'
import { EXTENSION, phoneNumbers } from '../phone-number.ts'
import { projectColumns, setColumn } from '../project-columns.ts'
import { requireColumns } from '../require-columns.ts'
import { standardize } from '../standardize.ts'
import { mapValues } from '../value-mapping.ts'
import { trimmed } from '../white-space.ts'

export interface PhoneOptions {
  readonly columns: readonly string[]
  readonly country: string | undefined
  readonly countryFrom: string | undefined
  readonly extensionTo: string | undefined
  readonly onMisfit: MisfitRule
}

export const phone = defineOperation({
  stage: 'conform',
  summary:
    'Phone numbers in E.164, such as +442079460018. What is no number by the plan of its country does not fit, nor does a number with an extension that has nowhere to go.',
  example: 'phone: {columns: [phone, mobile], country: GB, country_from: country_code}',
  entry: z.union([
    names,
    z.strictObject({
      columns: names,
      country: words
        .optional()
        .describe(
          'Of numbers that are not written in the international way, a code of ISO 3166 such as GB. Without it, and without country_from, these do not fit.',
        ),
      country_from: words
        .optional()
        .describe(
          "The column of that country's code, in any letter case; country holds where it is NULL or empty.",
        ),
      extension_to: words
        .optional()
        .describe('A column for the extension, new or one that is replaced. Wants one column of numbers.'),
      on_misfit: misfitEntry(['null', 'keep', 'quarantine', 'fail'], 'quarantine'),
    }),
  ]),
  effects: ['rejected', 'held'],
  read(entry, note): PhoneOptions | undefined {
    const given = typeof entry === 'string' || Array.isArray(entry) ? { columns: entry } : entry
    const columns = asNames(given.columns)
    const country = given.country?.toUpperCase()
    if (country !== undefined && !COUNTRIES.some(({ alpha2 }) => alpha2 === country)) {
      note('WW1026', ['country'], {
        message: `"${given.country}" is no code of a country`,
        hint: 'Write its two letters of ISO 3166, such as GB.',
      })
      return undefined
    }
    if (given.extension_to !== undefined && columns.length > 1) {
      note('WW1026', ['extension_to'], {
        message: 'extensions of several columns cannot be in one',
        hint: 'Write an operation for each column.',
      })
      return undefined
    }
    return {
      columns,
      country,
      countryFrom: given.country_from,
      extensionTo: given.extension_to,
      onMisfit: given.on_misfit === undefined ? 'quarantine' : (given.on_misfit ?? 'null'),
    }
  },
  compile(state, { columns, country = '', countryFrom, extensionTo, onMisfit }, context) {
    const { dialect } = context
    requireColumns(state, [...columns, ...(countryFrom === undefined ? [] : [countryFrom])], context)
    const text = (column: string) => asText(`s.${dialect.identifier(column)}`, dialect)
    const usual = dialect.literal(country)
    const region =
      countryFrom === undefined
        ? usual
        : `coalesce(nullif(upper(${trimmed(text(countryFrom), dialect)}), ''), ${usual})`
    const found = (column: string) => `_ww_phone_${columns.indexOf(column)}`
    const mapped = columns.reduce(
      (before, column) =>
        mapValues(before, { keys: [text(column), region], map: phoneNumbers, as: found(column) }, context),
      state,
    )
    const part = (column: string, which: 1 | 2) =>
      `split_part(${found(column)}, ${dialect.literal(EXTENSION)}, ${which})`
    const standard = {
      isNot: 'is no phone number',
      fits: (_: string, column: string) =>
        extensionTo === undefined
          ? `(${found(column)} is not null and ${part(column, 2)} = '')`
          : `(${found(column)} is not null)`,
      value: (_: string, column: string) => part(column, 1),
    }
    const extended =
      extensionTo === undefined
        ? mapped
        : setColumn(
            mapped,
            extensionTo,
            { sql: `nullif(${part(columns[0]!, 2)}, '')`, of: columns, isText: true },
            context,
          )
    const joined = standardize(extended, columns, standard, onMisfit, context)
    const left = joined.columns.filter((column) => !columns.some((each) => found(each) === column))
    return projectColumns(joined, left, new Map(), context)
  },
})
