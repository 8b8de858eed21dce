import { setTimeout as sleep } from 'node:timers/promises'
import { WaterworksError } from '../../errors/waterworks-error.ts'

/** How long a command waits for a warehouse file that another process has open for a moment, in milliseconds. */
const PATIENCE_MS = 5_000
const PAUSE_MS = 50

/**
 * Runs `work` again, for some seconds, while it fails with WW3003: who only reads or is just starting or ending holds
 * a DuckDB file for a moment.
 */
export async function withPatience<T>(work: () => Promise<T>, patience = PATIENCE_MS): Promise<T> {
  const deadline = performance.now() + patience
  for (;;) {
    try {
      return await work()
    } catch (error) {
      const inUse = error instanceof WaterworksError && error.code === 'WW3003'
      if (!inUse || performance.now() > deadline) throw error
      await sleep(PAUSE_MS)
    }
  }
}
