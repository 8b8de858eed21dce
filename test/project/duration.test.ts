import { expect, it } from 'vitest'
import { parseHours } from '../../src/project/duration.ts'

it.each([
  ['36h', 36],
  ['3 days', 72],
  ['90 minutes', 1.5],
  ['1.5 Days', 36],
  ['1 day 12 hours', 36],
  ['2w', 336],
  ['1800s', 0.5],
])('reads %s', (text, hours) => {
  expect(parseHours(text)).toBeCloseTo(hours, 9)
})

it.each(['', '3', 'days', '3 fortnights', '-3 days', '3 days!', '3 months'])('refuses %j', (text) => {
  expect(parseHours(text)).toBeUndefined()
})
