import { PythonError } from './python-error.ts'

/** A Python int: a number while it is safe, a bigint beyond. */
export type Integer = number | bigint

/** The smallest form of a bigint. */
export function normalize(value: bigint): Integer {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value
}

/** A literal's value: decimal, `0x`, `0o` or `0b`, without underscores. */
export function integerFromText(text: string): Integer {
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : normalize(BigInt(text))
}

/** The integer part of a float. Throws OverflowError or ValueError for infinities and NaN. */
export function truncate(value: number): Integer {
  if (Number.isNaN(value)) throw new PythonError('ValueError', 'cannot convert float NaN to integer')
  if (!Number.isFinite(value)) {
    throw new PythonError('OverflowError', 'cannot convert float infinity to integer')
  }
  const whole = Math.trunc(value)
  return Number.isSafeInteger(whole) ? whole + 0 : normalize(BigInt(whole))
}

/** Python's int(text, base): white space around, a sign, a prefix of the base, underscores between digits. */
export function parseInteger(text: string, base = 10): Integer {
  const failure = () =>
    new PythonError('ValueError', `invalid literal for int() with base ${base}: '${text}'`)
  const match = /^([+-]?)(0[xX]|0[oO]|0[bB])?_?([0-9a-zA-Z]+(?:_[0-9a-zA-Z]+)*)$/.exec(text.trim())
  if (!match) throw failure()
  const [, sign, prefix = '', digits = ''] = match
  const prefixBase = { '0x': 16, '0o': 8, '0b': 2 }[prefix.toLowerCase()]
  let radix = base
  let body = digits.replaceAll('_', '')
  if (prefixBase !== undefined && (base === 0 || base === prefixBase)) radix = prefixBase
  else if (prefix !== '') body = prefix + body
  if (radix === 0) {
    if (/^0+[1-9]/.test(body)) throw failure()
    radix = 10
  }
  let value = 0n
  for (const character of body) {
    const digit = Number.parseInt(character, 36)
    if (Number.isNaN(digit) || digit >= radix) throw failure()
    value = value * BigInt(radix) + BigInt(digit)
  }
  return normalize(sign === '-' ? -value : value)
}

/** Python's float(text). Throws ValueError. */
export function parseFloat64(text: string): number {
  const trimmed = text.trim()
  if (/^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?$/.test(trimmed)) {
    return Number(trimmed.replaceAll('_', ''))
  }
  const word = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(trimmed)
  if (!word) throw new PythonError('ValueError', `could not convert string to float: '${text}'`)
  const magnitude = word[2]!.toLowerCase() === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY
  return word[1] === '-' ? -magnitude : magnitude
}
