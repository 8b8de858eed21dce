import { setTimeout as sleep } from 'node:timers/promises'

/** Waits some milliseconds; rejects at once when the signal aborts. */
export type Pause = (ms: number, signal?: AbortSignal) => Promise<void>

export const pause: Pause = async (ms, signal) => {
  await sleep(Math.max(0, ms), undefined, signal === undefined ? {} : { signal })
}
