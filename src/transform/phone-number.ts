import type { CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { type Column, isValid } from '../batch/batch.ts'
import { BytesBuilder } from '../batch/bytes-builder.ts'
import { valueAt } from '../batch/value-at.ts'
import { MAPPED, type MapValues } from './value-mapping.ts'

/** What stands between a number and its extension in what `phoneNumbers` gives. */
export const EXTENSION = ';'

/**
 * Phone numbers in E.164, an extension behind them; NULL for what is none by the numbering plan of its country. The second
 * key is the country of numbers that are not written in the international way, as alpha-2, or empty.
 */
export const phoneNumbers: MapValues = async ([texts, countries], rows) => {
  // The plans of all countries are much to read, and few loads need them.
  const { isSupportedCountry, parsePhoneNumberFromString } = await import('libphonenumber-js/max')
  const built = new BytesBuilder({ name: MAPPED, type: { kind: 'text' } }, rows)
  for (let row = 0; row < rows; row++) {
    const country = textAt(countries!, row).toUpperCase()
    const number = read(
      parsePhoneNumberFromString,
      textAt(texts!, row),
      isSupportedCountry(country) ? country : undefined,
    )
    if (number === undefined) built.appendNull()
    else built.appendBytes(Buffer.from(number), 0, number.length)
  }
  return built.finish()
}

function read(
  parse: typeof parsePhoneNumberFromString,
  text: string,
  defaultCountry: CountryCode | undefined,
): string | undefined {
  const options = { extract: false, ...(defaultCountry === undefined ? {} : { defaultCountry }) }
  const found = parse(text.replace(/^\s*(?:tel:)?\s*/i, '').trimEnd(), options)
  if (found === undefined || !found.isValid()) return undefined
  return found.ext === undefined ? found.number : `${found.number}${EXTENSION}${found.ext}`
}

function textAt(column: Column, row: number): string {
  return isValid(column.validity, row) ? String(valueAt(column, row)) : ''
}
