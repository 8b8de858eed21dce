import { userInfo } from 'node:os'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { RunFinished, VaultAccessed } from '../../events/event.ts'
import { EventLog } from '../../events/event-log.ts'
import type { StateStore } from '../../state/state-store.ts'
import { withRecordedState } from './recorded-state.ts'
import type { OpenProject } from './workspace.ts'

/** How the runs are called that record what is asked of the vault. */
const COMMAND = 'privacy '
const ALL = 2 ** 31 - 1

/**
 * Does something with the vault, recorded as a run: who asks for which tokens and why is kept before anything is done, and
 * whether it was done after. Throws WW4606 when there is no vault, and what `work` throws.
 */
export async function accessVault<T>(
  opened: OpenProject,
  {
    action,
    tokens,
    reason,
  }: Pick<VaultAccessed, 'action' | 'reason'> & { readonly tokens: readonly string[] },
  work: (store: StateStore) => Promise<T>,
): Promise<T> {
  const { runId, targetName, project } = opened
  const done = await withRecordedState(opened, undefined, async (state) => {
    const events = new EventLog({ sink: state, secrets: [...project.secrets] })
    const at = () => ({ runId, at: new Date().toISOString() })
    const by = userInfo().username
    events.emit({
      ...{ type: 'run-started', ...at(), command: `${COMMAND}${action}`, target: targetName, tasks: [] },
      selection: { select: [], exclude: [] },
    })
    for (const token of tokens) events.emit({ type: 'vault-accessed', ...at(), action, token, by, reason })
    await events.flush()
    const started = performance.now()
    const finish = async (status: RunFinished['status']) => {
      events.emit({ type: 'run-finished', ...at(), status, seconds: (performance.now() - started) / 1000 })
      await events.flush()
    }
    try {
      const value = await work(state)
      await finish('success')
      return { value }
    } catch (error) {
      await finish('failed')
      throw error
    }
  })
  if (done !== undefined) return done.value
  throw new WaterworksError('WW4606', { message: 'the project has no vault yet' })
}

/** What was asked of the vault, on any target, oldest first. */
export function vaultAccesses(opened: OpenProject): Promise<readonly VaultAccessed[]> {
  return withRecordedState(opened, [], async (state) => {
    const runs = await state.runs({ limit: ALL, tasks: false })
    const accesses = runs.filter(({ command }) => command.startsWith(COMMAND)).toReversed()
    const events = await Promise.all(accesses.map(({ runId }) => state.events(runId)))
    return events.flat().filter((event) => event.type === 'vault-accessed')
  })
}
