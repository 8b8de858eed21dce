import { z } from 'zod'
import { asText } from '../as-text.ts'
import { COUNTRIES, type Country } from '../codes/countries.ts'
import { countryKeys, countryName } from '../codes/country-names.ts'
import { asNames, names } from '../entry-fields.ts'
import { joinValues } from '../join-values.ts'
import { type MisfitRule, misfitEntry } from '../misfit-rule.ts'
import { defineOperation } from '../operation-definition.ts'
import { projectColumns } from '../project-columns.ts'
import { requireColumns } from '../require-columns.ts'
import { standardize } from '../standardize.ts'
import { trimmed } from '../white-space.ts'

const FORMS = ['alpha-2', 'alpha-3', 'numeric', 'name'] as const

export interface CountryOptions {
  readonly columns: readonly string[]
  readonly to: (typeof FORMS)[number]
  readonly languages: readonly string[]
  readonly onMisfit: MisfitRule
}

export const country = defineOperation({
  stage: 'conform',
  summary:
    'Countries by one of their codes (ISO 3166) or by name, from whichever of these they are written as.',
  example: 'country: {columns: [country, ship_country], to: alpha-2, languages: [de, fr]}',
  entry: z.union([
    names,
    z.strictObject({
      columns: names,
      to: z.enum(FORMS).optional().describe('alpha-2 unless given; name is the English one.'),
      languages: names.optional().describe('Languages beside English in which names are understood.'),
      on_misfit: misfitEntry(['null', 'keep', 'quarantine', 'fail'], 'quarantine'),
    }),
  ]),
  effects: ['rejected', 'held'],
  read(entry, note): CountryOptions | undefined {
    const given = typeof entry === 'string' || Array.isArray(entry) ? { columns: entry } : entry
    const languages = asNames(given.languages)
    const unknown = languages.find((language) => !isLanguage(language))
    if (unknown !== undefined) {
      note('WW1026', ['languages'], {
        message: `"${unknown}" is not a language`,
        hint: 'Write its code, such as de or pt-BR.',
      })
      return undefined
    }
    return {
      columns: asNames(given.columns),
      to: given.to ?? 'alpha-2',
      languages,
      onMisfit: given.on_misfit === undefined ? 'quarantine' : (given.on_misfit ?? 'null'),
    }
  },
  compile(state, { columns, to, languages, onMisfit }, context) {
    const { dialect } = context
    requireColumns(state, columns, context)
    const byCode = new Map(COUNTRIES.map((each) => [each.alpha2, written(each, to)]))
    const entries = new Map([...countryKeys(languages)].map(([key, alpha2]) => [key, byCode.get(alpha2)!]))
    const found = (column: string) => `_ww_country_${columns.indexOf(column)}`
    const tables = columns.map((column) => ({
      key: `lower(regexp_replace(replace(replace(${trimmed(asText(`s.${dialect.identifier(column)}`, dialect), dialect)}, '.', ''), '’', ''''), ' +', ' ', 'g'))`,
      entries,
      as: found(column),
    }))
    const standard = {
      isNot: 'is no country',
      fits: (_: string, column: string) => `(${found(column)} is not null)`,
      value: (_: string, column: string) => found(column),
    }
    const joined = standardize(joinValues(state, tables, context), columns, standard, onMisfit, context)
    return projectColumns(joined, state.columns, new Map(), context)
  },
})

function written({ alpha2, alpha3, numeric }: Country, to: CountryOptions['to']): string {
  if (to === 'name') return countryName(alpha2, 'en')
  return { 'alpha-2': alpha2, 'alpha-3': alpha3, numeric }[to]
}

function isLanguage(language: string): boolean {
  try {
    return Intl.DisplayNames.supportedLocalesOf([language]).length > 0
  } catch {
    return false
  }
}
