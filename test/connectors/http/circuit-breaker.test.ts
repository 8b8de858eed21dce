import { beforeEach, describe, expect, it } from 'vitest'
import { CircuitBreaker } from '../../../src/connectors/http/circuit-breaker.ts'

const REST_MS = 60_000
let now: number
let breaker: CircuitBreaker

beforeEach(() => {
  now = 1_000_000
  breaker = new CircuitBreaker(() => now)
})

function fail(times: number): void {
  for (let time = 0; time < times; time++) breaker.failed()
}

describe('a circuit breaker', () => {
  it('opens after failures in a row, and not before', () => {
    fail(4)
    expect(() => breaker.check()).not.toThrow()
    fail(1)
    expect(() => breaker.check()).toThrow(expect.objectContaining({ code: 'WW4414' }))
  })

  it('counts anew after an answer', () => {
    fail(4)
    breaker.succeeded()
    fail(4)
    expect(() => breaker.check()).not.toThrow()
  })

  it('lets one request try when the rest is over, and all once it came well', () => {
    fail(5)
    now += REST_MS
    expect(() => breaker.check()).not.toThrow()
    expect(() => breaker.check()).toThrow()
    breaker.succeeded()
    expect(() => breaker.check()).not.toThrow()
    expect(() => breaker.check()).not.toThrow()
  })

  it('rests again when that one failed', () => {
    fail(5)
    now += REST_MS
    breaker.check()
    now += REST_MS / 2
    breaker.failed()
    now += REST_MS - 1
    expect(() => breaker.check()).toThrow()
    now += 1
    expect(() => breaker.check()).not.toThrow()
  })
})
