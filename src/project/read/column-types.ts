import type { LogicalType } from '../../batch/logical-type.ts'
import { readColumnTypes as read } from '../../transform/read-column-types.ts'
import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'

/** Types by column, from type names by column; a name that is no type is an error WW1025 at its place. */
export function readColumnTypes(
  names: Readonly<Record<string, string>>,
  origin: Origin,
  intake: Intake,
): Record<string, LogicalType> {
  return read(names, (code, path, finding) =>
    intake.error(code, { file: origin.file, path: [...origin.path, ...path] }, finding),
  )
}
