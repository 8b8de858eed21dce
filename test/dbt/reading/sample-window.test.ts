import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sampleWindow } from '../../../src/dbt/reading/sample-window.ts'
import { shiftTime } from '../../../src/dbt/reading/shift-time.ts'
import { overlap, windowCondition } from '../../../src/dbt/reading/time-window.ts'

const now = new Date('2026-03-31T12:30:00Z')

it.each([
  ['3 days', '2026-03-28T12:30:00.000Z'],
  ['1 MONTH', '2026-02-28T12:30:00.000Z'],
  ['2 years', '2024-03-31T12:30:00.000Z'],
  ['6 hours', '2026-03-31T06:30:00.000Z'],
])('%s goes back from now', (text, start) => {
  expect(sampleWindow(text, now)).toEqual({ start: new Date(start), end: now })
})

it.each(['', '3', 'three days', '3 weeks', '3 days ago', '3  days'])('%j is no sample', (text) => {
  expect(() => sampleWindow(text, now)).toThrow('--sample takes a number')
})

it('a fixed time has two ends', () => {
  expect(sampleWindow(" {start: '2026-01-01', end: '2026-01-02T06:00:00'}", now)).toEqual({
    start: new Date('2026-01-01T00:00:00Z'),
    end: new Date('2026-01-02T06:00:00Z'),
  })
  expect(() => sampleWindow("{start: '2026-01-01'}", now)).toThrow('--sample has no end')
})

it('is written as dbt writes it', () => {
  const window = { start: new Date('2026-01-01T00:00:00Z'), end: new Date('2026-01-01T00:00:00.250Z') }
  expect(windowCondition('at', window)).toBe(
    "at >= '2026-01-01 00:00:00+00:00' and at < '2026-01-01 00:00:00.250000+00:00'",
  )
})

const moment = fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })

it('shifting keeps the day unless the month has none', () => {
  fc.assert(
    fc.property(moment, fc.integer({ min: -500, max: 500 }), (from, months) => {
      const to = shiftTime(from, 'month', months)
      const passed =
        12 * (to.getUTCFullYear() - from.getUTCFullYear()) + to.getUTCMonth() - from.getUTCMonth()
      expect(passed).toBe(months)
      expect(to.getUTCDate()).toBeLessThanOrEqual(from.getUTCDate())
      if (from.getUTCDate() <= 28) expect(to.getUTCDate()).toBe(from.getUTCDate())
    }),
  )
})

it('what windows have in common is in both', () => {
  fc.assert(
    fc.property(moment, moment, moment, moment, moment, (a, b, c, d, at) => {
      const within = ({ start, end }: { start: Date; end: Date }) => start <= at && at < end
      const [one, other] = [
        { start: a, end: b },
        { start: c, end: d },
      ]
      expect(within(overlap(one, other))).toBe(within(one) && within(other))
    }),
  )
})
