import { asText } from '../as-text.ts'
import { CURRENCIES } from '../codes/currencies.ts'
import { standardOperation } from '../standard-operation.ts'
import { trimmed } from '../white-space.ts'

export const currency = standardOperation({
  summary: 'Codes of currencies (ISO 4217) in upper case, without white space around them.',
  example: 'currency: {columns: currency, on_misfit: quarantine}',
  standard(dialect) {
    const list = CURRENCIES.map(dialect.literal).join(', ')
    const value = (name: string) => `upper(${trimmed(asText(name, dialect), dialect)})`
    return {
      isNot: 'is no code of a currency',
      fits: (name) => `coalesce(${value(name)} in (${list}), false)`,
      value,
    }
  },
})
