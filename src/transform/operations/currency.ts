import { z } from 'zod'
import { asText } from '../as-text.ts'
import { CURRENCIES } from '../codes/currencies.ts'
import { asNames, names } from '../entry-fields.ts'
import { type MisfitRule, misfitEntry } from '../misfit-rule.ts'
import { defineOperation } from '../operation-definition.ts'
import { standardize } from '../standardize.ts'
import { trimmed } from '../white-space.ts'

export const currency = defineOperation({
  stage: 'conform',
  summary: 'Codes of currencies (ISO 4217) in upper case, without white space around them.',
  example: 'currency: {columns: currency, on_misfit: quarantine}',
  entry: z.union([
    names,
    z.strictObject({
      columns: names,
      on_misfit: misfitEntry(['null', 'keep', 'quarantine', 'fail'], 'quarantine'),
    }),
  ]),
  effects: ['rejected', 'held'],
  read(entry): { readonly columns: readonly string[]; readonly onMisfit: MisfitRule } {
    if (typeof entry === 'string' || Array.isArray(entry))
      return { columns: asNames(entry), onMisfit: 'quarantine' }
    const rule = entry.on_misfit === undefined ? 'quarantine' : (entry.on_misfit ?? 'null')
    return { columns: asNames(entry.columns), onMisfit: rule }
  },
  compile(state, { columns, onMisfit }, context) {
    const { dialect } = context
    const list = CURRENCIES.map(dialect.literal).join(', ')
    const value = (name: string) => `upper(${trimmed(asText(name, dialect), dialect)})`
    const standard = {
      isNot: 'is no code of a currency',
      fits: (name: string) => `coalesce(${value(name)} in (${list}), false)`,
      value,
    }
    return standardize(state, columns, standard, onMisfit, context)
  },
})
