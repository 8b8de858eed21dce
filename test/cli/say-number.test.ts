import { expect, test } from 'vitest'
import { sayAmount, sayBytes, sayCount, saySeconds } from '../../src/cli/say-number.ts'

test('counts, amounts, durations and sizes as people read them', () => {
  expect([0, 7, 999, 1000, 2999813, -1234].map(sayCount)).toEqual([
    '0',
    '7',
    '999',
    '1,000',
    '2,999,813',
    '-1,234',
  ])
  expect([sayAmount(1, 'row'), sayAmount(2000, 'row'), sayAmount(0, 'query', 'queries')]).toEqual([
    '1 row',
    '2,000 rows',
    '0 queries',
  ])
  expect([0.004, 9.999, 12.34, 99.96, 185, 7800].map(saySeconds)).toEqual([
    '0.00 s',
    '10.00 s',
    '12.3 s',
    '1 min 40 s',
    '3 min 05 s',
    '2 h 10 min',
  ])
  expect([812, 1400, 84_100_000_000].map(sayBytes)).toEqual(['812 B', '1.4 kB', '84.1 GB'])
})
