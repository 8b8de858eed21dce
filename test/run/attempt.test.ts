import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WaterworksError } from '../../src/errors/waterworks-error.ts'
import { attempt, isTransient, pause } from '../../src/run/attempt.ts'

const soon = { maxRetries: 3, delaySeconds: 0, timeoutSeconds: undefined }
const never = new AbortController().signal
const nothing = async () => undefined
const lost = () => new WaterworksError('WW3002', { message: 'the connection broke' })

/** Fails with each error in turn, then succeeds. */
function failing(...errors: readonly Error[]) {
  const numbers: number[] = []
  const work = async (number: number): Promise<string> => {
    numbers.push(number)
    const error = errors[number - 1]
    if (error !== undefined) throw error
    return 'done'
  }
  return { work, numbers }
}

describe('attempt', () => {
  it('tries again what failed for a reason that may pass', async () => {
    const { work, numbers } = failing(lost(), lost())
    await expect(attempt(soon, never, work, nothing)).resolves.toBe('done')
    expect(numbers).toEqual([1, 2, 3])
  })

  it('gives up with the last error after as many retries as it may make', async () => {
    const errors = [lost(), lost(), lost(), lost(), lost()]
    const { work, numbers } = failing(...errors)
    await expect(attempt(soon, never, work, nothing)).rejects.toBe(errors[3])
    expect(numbers).toEqual([1, 2, 3, 4])
  })

  it('does not try again what would fail again', async () => {
    const error = new WaterworksError('WW3001', { message: 'no such column' })
    const { work, numbers } = failing(error)
    await expect(attempt(soon, never, work, nothing)).rejects.toBe(error)
    expect(numbers).toEqual([1])
  })

  it('ends an attempt that takes too long, and does not try again', async () => {
    const { promise, reject } = Promise.withResolvers<never>()
    // What Postgres says when a statement is cancelled is in a class of errors that otherwise pass.
    const cancelled = Object.assign(new Error('canceling statement'), { code: '57014', severity: 'ERROR' })
    let attempts = 0
    const tried = attempt(
      { ...soon, timeoutSeconds: 0.01 },
      never,
      () => {
        attempts++
        return promise
      },
      async () => reject(new WaterworksError('WW3001', { message: 'cancelled', cause: cancelled })),
    )
    await expect(tried).rejects.toMatchObject({ code: 'WW5003' })
    expect(attempts).toBe(1)
  })

  it('insists until the attempt has ended', async () => {
    const { promise, reject } = Promise.withResolvers<never>()
    let calls = 0
    const tried = attempt(
      { ...soon, timeoutSeconds: 0.01 },
      never,
      () => promise,
      async () => {
        if (++calls === 2) reject(new Error('interrupted'))
      },
    )
    await expect(tried).rejects.toMatchObject({ code: 'WW5003' })
  })

  it('is not tried again once the run is to stop', async () => {
    const stop = new AbortController()
    const error = lost()
    let attempts = 0
    const tried = attempt(
      soon,
      stop.signal,
      async () => {
        attempts++
        stop.abort()
        throw error
      },
      nothing,
    )
    await expect(tried).rejects.toBe(error)
    expect(attempts).toBe(1)
  })

  it('tells what failed when the run is stopped in a pause', async () => {
    const stop = new AbortController()
    const error = lost()
    const work = async (): Promise<never> => {
      setImmediate(() => stop.abort())
      throw error
    }
    await expect(attempt({ ...soon, delaySeconds: 3600 }, stop.signal, work, nothing)).rejects.toBe(error)
  })
})

describe('pause', () => {
  it('doubles with each retry, up to an hour', () => {
    const full = (number: number) => pause(300, number, () => 1)
    expect([1, 2, 3, 4, 5, 9].map(full)).toEqual([300, 600, 1200, 2400, 3600, 3600])
  })

  it('is at least half of that', () => {
    const delay = fc.double({ min: 0, max: 10_000, noNaN: true })
    const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(delay, fc.integer({ min: 1, max: 100 }), fraction, (seconds, number, random) => {
        const full = Math.min(seconds * 2 ** (number - 1), 3600)
        const paused = pause(seconds, number, () => random)
        return paused >= full / 2 && paused <= full
      }),
    )
  })
})

describe('isTransient', () => {
  const coded = (code: string) => Object.assign(new Error('refused'), { code })

  it.each(['ECONNREFUSED', 'ECONNRESET', 'EBUSY', '08006', '40001', '40P01', '53300', '57P01', '55P03'])(
    'is true of %s, and of what it caused',
    (code) => {
      expect(isTransient(coded(code))).toBe(true)
      expect(isTransient(new WaterworksError('WW3001', { message: 'x', cause: coded(code) }))).toBe(true)
    },
  )

  it.each(['ENOENT', 'EACCES', '42601', '23505', '22P02', '57014', 'WW5003'])('is false of %s', (code) => {
    expect(isTransient(coded(code))).toBe(false)
    expect(isTransient(new Error('outer', { cause: coded(code) }))).toBe(false)
  })

  it.each(['WW3002', 'WW3003'] as const)('is true of %s', (code) => {
    expect(isTransient(new WaterworksError(code, { message: 'x' }))).toBe(true)
  })

  it('is true of a conflict between transactions of DuckDB, and false of what is no error', () => {
    expect(isTransient(new Error('TransactionContext Error: Conflict on update!'))).toBe(true)
    expect(isTransient('ECONNRESET')).toBe(false)
  })
})
