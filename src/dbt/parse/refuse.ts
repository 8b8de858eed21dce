import { WaterworksError } from '../../errors/waterworks-error.ts'

/** Throws WW2102 for what belongs to a file of SQL alone. */
export function refuse(name: string): never {
  throw new WaterworksError('WW2102', { message: `${name} cannot be used here.` })
}
