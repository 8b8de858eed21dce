import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { StateStore } from '../../state/state-store.ts'
import { openState } from './open-state.ts'
import type { OpenProject } from './workspace.ts'

/** Runs `work` with the state store, or returns `otherwise` when nothing was ever recorded: reading makes no store. */
export async function withRecordedState<T>(
  place: Pick<OpenProject, 'home'>,
  otherwise: T,
  work: (state: StateStore) => Promise<T>,
): Promise<T> {
  if (!existsSync(join(place.home, 'state.db'))) return otherwise
  const state = await openState(place)
  try {
    return await work(state)
  } finally {
    await state.close()
  }
}
