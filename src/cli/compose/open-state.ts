import { join } from 'node:path'
import { openStateStore } from '../../state/open-state-store.ts'
import type { StateStore } from '../../state/state-store.ts'
import type { OpenProject } from './workspace.ts'

/** The project's state store: `.waterworks/state.db`. */
export function openState({ home }: Pick<OpenProject, 'home'>): Promise<StateStore> {
  return openStateStore({ kind: 'sqlite', path: join(home, 'state.db') })
}
