import fc from 'fast-check'
import { expect, test } from 'vitest'
import { civilFromDays, daysFromCivil } from '../../src/batch/civil-date.ts'
import {
  formatDate,
  formatDecimal,
  formatInterval,
  formatTime,
  formatTimestamp,
} from '../../src/batch/format-value.ts'
import { parseInterval, parseTimestamp } from '../../src/batch/parse-value.ts'

test('dates agree with JavaScript where it knows them', () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), (days) => {
      const iso = new Date(days * 86_400_000).toISOString()
      expect(formatDate(days)).toBe(iso.slice(0, iso.indexOf('T')))
      expect(daysFromCivil(civilFromDays(days))).toBe(days)
    }),
    { numRuns: 2000 },
  )
})

test.each([
  [0n, '00:00:00'],
  [86_400_000_000n, '24:00:00'],
  [3_723_000_001n, '01:02:03.000001'],
  [500_000n, '00:00:00.5'],
])('%s µs after midnight is %s', (micros, text) => {
  expect(formatTime(micros)).toBe(text)
})

test.each([
  [-1n, '1969-12-31T23:59:59.999999'],
  [253_402_300_800_000_000n, '+010000-01-01T00:00:00'],
  [-62_167_219_200_000_001n, '-000001-12-31T23:59:59.999999'],
])('timestamp %s is %s', (micros, text) => {
  expect(formatTimestamp(micros, false)).toBe(text)
})

test.each([
  ['2024-05-01T12:00:00+02:00', '2024-05-01T10:00:00Z'],
  ['2024-05-01 12:00:00.25-0330', '2024-05-01T15:30:00.25Z'],
  ['2024-05-01T12:00Z', '2024-05-01T12:00:00Z'],
])('%s is read as %s', (text, utc) => {
  expect(formatTimestamp(parseTimestamp(text)!, true)).toBe(utc)
})

test.each([
  [0, 0, 0n, 'PT0S'],
  [14, 3, 4_000_000n, 'P1Y2M3DT4S'],
  [-14, 3, -14_706_789_000n, 'P-1Y-2M3DT-4H-5M-6.789S'],
  [0, 0, -500_000n, 'PT-0.5S'],
  [0, -1, 60_000_000n, 'P-1DT1M'],
])('interval %s months %s days %s µs is %s and back', (months, days, micros, text) => {
  expect(formatInterval(months, days, micros)).toBe(text)
  expect(parseInterval(text)).toEqual({ months, days, micros })
})

test.each([
  [-5n, 2, '-0.05'],
  [0n, 3, '0.000'],
  [12345n, 0, '12345'],
])('%s at scale %s is %s', (scaled, scale, text) => {
  expect(formatDecimal(scaled, scale)).toBe(text)
})
