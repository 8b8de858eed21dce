import type { Diagnostics } from '../../errors/diagnostics.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'

/** Does something, and notes its error so that the other problems of a project are found too. */
export function attempt<T>(diagnostics: Diagnostics, action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof WaterworksError)) throw error
    diagnostics.error(error)
    return undefined
  }
}
