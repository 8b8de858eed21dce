import type { ErrorCode } from '../errors/catalogue.ts'
import type { Location } from '../errors/location.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'

/** What an operation has against the rows of a load; the message says where it stands, for a run tells messages alone. */
export function stageError(
  code: ErrorCode,
  location: Location | undefined,
  message: string,
): WaterworksError {
  const place = location === undefined ? '' : ` (${location.file}:${location.line}:${location.column})`
  return new WaterworksError(code, { message: `${message}${place}`, location })
}
