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
    const dead = runOf(taken.holder)
    await state.releaseLease(runLease(dead), dead)
    await state.releaseLease(name, taken.holder)
    taken = await state.acquireLease(name, holder, TTL_SECONDS)
  }
  if (!taken.acquired) {
    const [host, pid] = taken.holder.split(':')
    throw new WaterworksError('WW5004', {
      message: `process ${pid} on ${host} is building target ${target}`,
    })
  }
  // The state store takes a run for alive while the run itself holds a lease.
  await state.acquireLease(runLease(runId), runId, TTL_SECONDS)
  const heartbeat = setInterval(
    () => {
      // A renewal that fails is tried again at the next beat; the leases outlive two lost ones.
      state.renewLease(name, holder, TTL_SECONDS).catch(() => undefined)
      state.renewLease(runLease(runId), runId, TTL_SECONDS).catch(() => undefined)
    },
    (TTL_SECONDS / 3) * 1000,
  )
  heartbeat.unref()
  return {
    async release() {
      clearInterval(heartbeat)
      await state.releaseLease(runLease(runId), runId)
      await state.releaseLease(name, holder)
    },
  }
}

const runLease = (runId: string) => `run:${runId}`

function runOf(holder: string): string {
  return holder.split(':').slice(2).join(':')
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
