import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Connection } from '../../project/project.ts'

/** Throws WW4201 for a connection that lacks something of the environment. */
export function requireWhole({ name, lacks }: Connection): void {
  if (lacks.length === 0) return
  throw new WaterworksError('WW4201', { message: `connection ${name}: ${lacks.join('; ')}` })
}
