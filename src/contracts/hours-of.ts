import type { ServiceLevel } from './contract.ts'

const HOURS: readonly (readonly [RegExp, number])[] = [
  [/^(?:s|sec|second)s?$/i, 1 / 3600],
  [/^(?:m|min|minute)s?$/i, 1 / 60],
  [/^(?:h|hr|hour)s?$/i, 1],
  [/^(?:d|day)s?$/i, 24],
  [/^(?:w|week)s?$/i, 24 * 7],
  [/^(?:mo|mon|month)s?$/i, (24 * 365.25) / 12],
  [/^(?:y|yr|year)s?$/i, 24 * 365.25],
]

/** How many hours a promise of time is; undefined where it is none. Days are of 24 hours, years of 365.25 days. */
export function hoursOf({ value, unit }: ServiceLevel): number | undefined {
  const [, amount = '', beside] = /^([\d.]+)\s*([a-z]*)$/i.exec(String(value).trim()) ?? []
  const word = unit ?? beside
  const number = Number(amount)
  if (amount === '' || Number.isNaN(number) || number <= 0 || !word) return undefined
  const [, hours] = HOURS.find(([words]) => words.test(word)) ?? []
  return hours === undefined ? undefined : number * hours
}
