import type { Field } from '../../batch/logical-type.ts'
import { LoadHeld } from './load-held.ts'
import type { StreamLoad } from './stream-load.ts'

/** Holds a load whose table would have two columns that its engine takes for one (WW4451). */
export function refuseLikeNames({ engine }: StreamLoad, fields: readonly Field[]): void {
  if (engine.capabilities.caseSensitiveNames) return
  const names = new Map<string, string>()
  for (const { name } of fields) {
    const other = names.get(name.toLowerCase())
    if (other !== undefined) {
      throw new LoadHeld(
        `WW4451 columns ${other} and ${name} differ only in letter case, and the warehouse takes them for one (rename or drop one in a stage)`,
      )
    }
    names.set(name.toLowerCase(), name)
  }
}
