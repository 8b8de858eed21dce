import { expect, test } from 'vitest'
import { uuidv7 } from '../../src/events/run-id.ts'

test('ids are UUIDs of version 7 and variant 10', () => {
  const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
  for (let count = 0; count < 100; count++) expect(uuidv7()).toMatch(shape)
})

test('the first 48 bits are the time', () => {
  const now = Date.now() + 1_000
  expect(Number.parseInt(uuidv7(now).replaceAll('-', '').slice(0, 12), 16)).toBe(now)
})

test('ids of one process rise strictly, many in a millisecond and with the clock going back', () => {
  const now = Date.now() + 10_000
  const ids = [
    ...Array.from({ length: 10_000 }, () => uuidv7(now)),
    ...Array.from({ length: 100 }, (_, index) => uuidv7(now - index)),
    uuidv7(now + 60_000),
  ]
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})
