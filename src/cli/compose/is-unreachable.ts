import { WaterworksError } from '../../errors/waterworks-error.ts'

const UNREACHABLE: ReadonlySet<string> = new Set(['WW3002', 'WW3003', 'WW6012', 'WW6013'])

/** Whether the error says that the warehouse cannot be asked now. */
export function isUnreachable(error: unknown): error is WaterworksError {
  return error instanceof WaterworksError && UNREACHABLE.has(error.code)
}
