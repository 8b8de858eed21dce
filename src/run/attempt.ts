import { setTimeout as sleep } from 'node:timers/promises'
import { WaterworksError } from '../errors/waterworks-error.ts'

export interface RetryPolicy {
  /** Attempts after the first. */
  readonly maxRetries: number
  /** The first pause, in seconds; each later one is twice as long, up to an hour, less up to half at random. */
  readonly delaySeconds: number
  /** Seconds one attempt may take; no bound when undefined. */
  readonly timeoutSeconds: number | undefined
}

/**
 * Runs `work`, again after a pause when it fails for a reason that may pass (a connection, a lock, a full server).
 * `onTimeout` must make the running attempt fail; it is called again and again until it has.
 */
export async function attempt<T>(
  policy: RetryPolicy,
  signal: AbortSignal,
  work: (attempt: number) => Promise<T>,
  onTimeout: () => Promise<void>,
): Promise<T> {
  for (let number = 1; ; number++) {
    try {
      return await withTimeout(policy.timeoutSeconds, () => work(number), onTimeout)
    } catch (error) {
      if (number > policy.maxRetries || signal.aborted || !isTransient(error)) throw error
      await sleep(pause(policy.delaySeconds, number) * 1000, undefined, { signal }).catch(() => {
        throw error
      })
    }
  }
}

/** The pause before retry `number`: exponential, capped, with jitter so that many do not come back at once. */
export function pause(delaySeconds: number, number: number, random: () => number = Math.random): number {
  const full = Math.min(delaySeconds * 2 ** (number - 1), 3600)
  return full * (0.5 + random() / 2)
}

/**
 * PostgreSQL's classes of passing trouble: connection, serialization and deadlock, resources, shutdown, lock. Not the
 * rest of class 57: a cancelled query (57014) is one that took too long or was to stop.
 */
const TRANSIENT_SQLSTATE = /^(08|40|53|57P|55P03)/
const TRANSIENT_SYSTEM = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'EBUSY',
  'EAGAIN',
  'EMFILE',
])

/** Unreachable warehouses and sources, a file in use, a snapshot lost, a table that changed under the read. */
const TRANSIENT_CODES: ReadonlySet<string> = new Set(['WW3002', 'WW3003', 'WW4201', 'WW4204', 'WW4205'])

/** Whether trying again may help. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error instanceof WaterworksError && TRANSIENT_CODES.has(error.code)) return true
  if (/Transaction conflict|write-write conflict|Conflict on/i.test(error.message)) return true
  const code = 'code' in error ? String(error.code) : ''
  if (TRANSIENT_SYSTEM.has(code) || (!code.startsWith('WW') && TRANSIENT_SQLSTATE.test(code))) return true
  return isTransient(error.cause)
}

/** Milliseconds. An interrupt between two statements stops nothing, so it is repeated until the attempt has ended. */
const INSIST_AFTER = 100

async function withTimeout<T>(
  seconds: number | undefined,
  work: () => Promise<T>,
  onTimeout: () => Promise<void>,
): Promise<T> {
  if (seconds === undefined) return work()
  let timedOut = false
  const stop = () => {
    timedOut = true
    void onTimeout()
    timer = setTimeout(stop, INSIST_AFTER)
  }
  let timer = setTimeout(stop, seconds * 1000)
  try {
    return await work()
  } catch (error) {
    if (!timedOut) throw error
    throw new WaterworksError('WW5003', {
      message: `the task took longer than ${seconds} seconds`,
      cause: error,
    })
  } finally {
    clearTimeout(timer)
  }
}
