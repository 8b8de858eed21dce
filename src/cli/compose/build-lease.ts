import { hostname } from 'node:os'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { StateStore } from '../../state/state-store.ts'

const TTL_SECONDS = 15

/**
 * Takes the one build lease of a target and keeps it fresh until `release`. The lease of a process of this machine
 * that is no longer there is taken over at once; that of another machine when it lapses. Throws WW5004 when another
 * build holds it.
 */
export async function takeBuildLease(
  state: StateStore,
  target: string,
  runId: string,
): Promise<{ release(): Promise<void> }> {
  const name = `build:${target}`
  const holder = `${hostname()}:${process.pid}:${runId}`
  let taken = await state.acquireLease(name, holder, TTL_SECONDS)
  if (!taken.acquired && isDead(taken.holder)) {
    await state.releaseLease(name, taken.holder)
    taken = await state.acquireLease(name, holder, TTL_SECONDS)
  }
  if (!taken.acquired) {
    const [host, pid] = taken.holder.split(':')
    throw new WaterworksError('WW5004', {
      message: `process ${pid} on ${host} is building target ${target}`,
    })
  }
  const heartbeat = setInterval(
    () => {
      // A renewal that fails is tried again at the next beat; the lease outlives two lost ones.
      state.renewLease(name, holder, TTL_SECONDS).catch(() => undefined)
    },
    (TTL_SECONDS / 3) * 1000,
  )
  heartbeat.unref()
  return {
    async release() {
      clearInterval(heartbeat)
      await state.releaseLease(name, holder)
    },
  }
}

function isDead(holder: string): boolean {
  const [host, pid] = holder.split(':')
  if (host !== hostname()) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}
