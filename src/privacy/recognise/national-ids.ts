import { digitsOf, passesLuhn, passesMod11And10, passesVerhoeff, weighted } from './check-digits.ts'

/** Whether a text is a national number of a country, by its form and its check digits. */
type NationalId = (text: string) => boolean

/** A number that is written with or without separators. */
const plain = (text: string) => text.replace(/[\s./-]/g, '')
const DAY = '(?:0[1-9]|[12]\\d|3[01])'

/** Social security number: no check digit, so only as it is written with hyphens, of ranges that are given out. */
const us: NationalId = (text) => /^(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/.test(text)

/** National insurance number: prefixes that are given out, and a suffix of A to D. */
const uk: NationalId = (text) =>
  /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(plain(text).toUpperCase())

/** Steueridentifikationsnummer: of the first ten digits exactly one is there twice or three times. */
const de: NationalId = (text) => {
  const number = plain(text)
  if (!/^[1-9]\d{10}$/.test(number)) return false
  const counts = [...Map.groupBy(number.slice(0, 10), (digit) => digit).values()].map((same) => same.length)
  const repeated = counts.filter((count) => count > 1)
  return repeated.length === 1 && repeated[0]! <= 3 && passesMod11And10(digitsOf(number))
}

/** Numéro d'inscription au répertoire: the last two digits make it divisible by 97; Corsica has letters. */
const fr: NationalId = (text) => {
  const [, number, key] =
    /^([12]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d{2}|2[AB])\d{6})(\d{2})$/i.exec(plain(text)) ?? []
  if (number === undefined) return false
  const department = number.toUpperCase().replace('2A', '19').replace('2B', '18')
  return 97n - (BigInt(department) % 97n) === BigInt(key!)
}

/** DNI and NIE: the letter follows from the number. */
const es: NationalId = (text) => {
  const [, first, rest, letter] = /^([XYZ\d])(\d{7})([A-Z])$/.exec(plain(text).toUpperCase()) ?? []
  if (first === undefined) return false
  const number = Number(`${'XYZ'.includes(first) ? 'XYZ'.indexOf(first) : first}${rest}`)
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === letter
}

/** What characters at odd places count, in the order of 0 to 9 and A to Z. */
const ODD = [
  ...[1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8],
  ...[12, 14, 16, 10, 22, 25, 24, 23],
]

/** Codice fiscale. */
const it: NationalId = (text) => {
  const code = plain(text).toUpperCase()
  if (!/^[A-Z]{6}[\dLMNP-V]{2}[ABCDEHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]$/.test(code)) return false
  const sum = Array.from(code.slice(0, 15), (character, index) => {
    const value = Number.parseInt(character, 36)
    if (index % 2 === 0) return ODD[value]!
    return value > 9 ? value - 10 : value
  }).reduce((total, value) => total + value, 0)
  return code.charCodeAt(15) - 65 === sum % 26
}

/** Burgerservicenummer: the eleven test. */
const nl: NationalId = (text) => {
  const number = plain(text)
  return (
    /^\d{9}$/.test(number) &&
    number !== '000000000' &&
    weighted(digitsOf(number), [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0
  )
}

/** PESEL: a birth date, with the century in its month, and a check digit. */
const pl: NationalId = (text) => {
  if (!new RegExp(`^\\d{2}(?:[02468][1-9]|[13579][0-2])${DAY}\\d{5}$`).test(text)) return false
  return weighted(digitsOf(text), [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0
}

/** CPF: two check digits; numbers of one digit only are not given out. */
const br: NationalId = (text) => {
  const number = plain(text)
  if (!/^\d{11}$/.test(number) || /^(\d)\1*$/.test(number)) return false
  const digits = digitsOf(number)
  return [9, 10].every((length) => {
    const weights = Array.from({ length }, (_, index) => length + 1 - index)
    return ((weighted(digits, weights) * 10) % 11) % 10 === digits[length]
  })
}

/** Aadhaar: twelve digits that do not begin with 0 or 1. */
const inn: NationalId = (text) => {
  const number = plain(text)
  return /^[2-9]\d{11}$/.test(number) && passesVerhoeff(number)
}

/** Personnummer: a birth date, and a check digit over the last ten (Luhn); behind a + at the age of a hundred. */
const se: NationalId = (text) =>
  new RegExp(`^(?:1[89]|20)?\\d{2}(?:0[1-9]|1[0-2])${DAY}[-+]?\\d{4}$`).test(text) &&
  passesLuhn(text.replace(/[-+]/, '').slice(-10))

/** By the country's code (ISO 3166-1). */
const NATIONAL_IDS: Readonly<Record<string, NationalId>> = { us, uk, de, fr, es, it, nl, pl, se, br, in: inn }

/** The countries of whose national numbers a text could be one. */
export function nationalIdsOf(text: string): readonly string[] {
  if (text.length < 9 || text.length > 24) return []
  return Object.keys(NATIONAL_IDS).filter((country) => NATIONAL_IDS[country]!(text))
}
