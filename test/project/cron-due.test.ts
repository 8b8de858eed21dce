import { expect, it } from 'vitest'
import { cronFiresBetween } from '../../src/project/cron-due.ts'

it.each([
  ['0 3 * * *', 'UTC', '2026-01-01T02:59:00Z', '2026-01-01T03:00:00Z', true],
  ['0 3 * * *', 'UTC', '2026-01-01T03:00:00Z', '2026-01-02T02:59:59Z', false],
  ['0 3 * * *', 'Europe/Paris', '2026-07-01T00:30:00Z', '2026-07-01T01:00:00Z', true],
  ['0 3 * * *', 'Europe/Paris', '2026-01-01T00:30:00Z', '2026-01-01T01:30:00Z', false],
  ['*/15 * * * *', 'Asia/Kathmandu', '2026-01-01T00:01:00Z', '2026-01-01T00:15:00Z', true],
  ['0 0 * * sun', 'UTC', '2026-01-03T12:00:00Z', '2026-01-04T00:00:00Z', true],
  ['0 0 * * 7', 'UTC', '2026-01-04T00:00:00Z', '2026-01-10T23:59:00Z', false],
  ['0 0 13 * fri', 'UTC', '2026-01-08T00:00:00Z', '2026-01-09T00:00:00Z', true],
  ['30 1-5/2 * jan,feb *', 'UTC', '2026-02-01T02:00:00Z', '2026-02-01T03:30:00Z', true],
  ['@monthly', 'UTC', '2026-01-01T00:00:00Z', '2026-01-31T23:59:00Z', false],
  ['@weekly', 'UTC', '2026-01-01T00:00:00Z', '2026-01-07T00:00:00Z', true],
])('%s in %s between %s and %s: %s', (expression, zone, after, until, fires) => {
  expect(cronFiresBetween(expression, zone, new Date(after), new Date(until))).toBe(fires)
})
