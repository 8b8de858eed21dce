import type { Json } from '../../api-manifest/json.ts'

/** Digits beyond what a double holds for certain; they may stand in a text too, which costs time and nothing else. */
const MANY_DIGITS = /\d{16}/

/** JSON with every digit of its whole numbers. Throws SyntaxError. */
export function parseJson(text: string): Json {
  if (!MANY_DIGITS.test(text)) return JSON.parse(text)
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) => {
    const source = context?.source
    if (typeof value !== 'number' || source === undefined || Number.isSafeInteger(value)) return value
    return /^-?\d+$/.test(source) ? BigInt(source) : value
  })
}
