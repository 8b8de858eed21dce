import { isIP } from 'node:net'
import type { PersonalKind } from '../../project/personal-data.ts'
import { isOneMod97, passesLuhn } from './check-digits.ts'
import { nationalIdsOf } from './national-ids.ts'

const EMAIL = /^[^\s@"'<>(),;:\\]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,}$/u
const INTERNATIONAL = /^(?:\+|00)[1-9][\d\s().-]{6,20}$/
const BRACKETED = /^\(\d{2,5}\)\s?\d[\d\s-]{4,12}$/
/** Countries that give IBANs out have lengths of 15 to 34. */
const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/
/** Issuers' first digits and lengths (ISO/IEC 7812): Visa, Mastercard, American Express, Discover, JCB, Diners. */
const CARD =
  /^(?:4\d{12}(?:\d{3}){0,2}|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01])\d{13}|2720\d{12}|3[47]\d{13}|6(?:011|5\d{2})\d{12}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11})$/

/** What a value looks like by itself; national numbers are told apart by country. */
export interface ValueKind {
  readonly kind: PersonalKind
  readonly country?: string
}

/** Every kind that a value looks like. */
export function valueKinds(text: string): readonly ValueKind[] {
  if (text.length < 7 || text.length > 254) return isAddress(text) ? [{ kind: 'ip' }] : []
  if (text.includes('@')) return EMAIL.test(text) ? [{ kind: 'email' }] : []
  if (isAddress(text)) return [{ kind: 'ip' }]
  if (!/\d/.test(text)) return []
  const joined = text.replace(/[\s-]/g, '')
  const kinds: ValueKind[] = []
  if (IBAN.test(joined) && isOneMod97(`${joined.slice(4)}${joined.slice(0, 4)}`)) kinds.push({ kind: 'iban' })
  if (CARD.test(joined) && passesLuhn(joined)) kinds.push({ kind: 'card' })
  if (INTERNATIONAL.test(text) || BRACKETED.test(text)) kinds.push({ kind: 'phone' })
  return [...kinds, ...nationalIdsOf(text).map((country) => ({ kind: 'national_id', country }) as const)]
}

function isAddress(text: string): boolean {
  return text.length >= 3 && isIP(text) !== 0
}
