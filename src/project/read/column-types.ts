import type { LogicalType } from '../../batch/logical-type.ts'
import { parseLogicalType } from '../../batch/parse-logical-type.ts'
import { suggest } from '../../errors/suggest.ts'
import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'

const COMMON_TYPES = [
  'bigint',
  'integer',
  'smallint',
  'double',
  'real',
  'decimal(18,2)',
  'text',
  'varchar',
  'boolean',
  'date',
  'time',
  'timestamp',
  'timestamptz',
  'uuid',
  'json',
  'bytes',
  'interval',
]

/** Types by column, from type names by column; a name that is no type is an error WW1025 at its place. */
export function readColumnTypes(
  names: Readonly<Record<string, string>>,
  origin: Origin,
  intake: Intake,
): Record<string, LogicalType> {
  const types: Record<string, LogicalType> = {}
  for (const [column, name] of Object.entries(names)) {
    const type = parseLogicalType(name)
    if (type) {
      types[column] = type
      continue
    }
    const near = suggest(name, COMMON_TYPES)
    const bare = /^(decimal|numeric|dec)$/i.test(name.trim())
    intake.error(
      'WW1025',
      { file: origin.file, path: [...origin.path, column] },
      {
        message: `"${name}" is not a type for column "${column}"`,
        hint: bare
          ? 'Give its precision and scale: decimal(18,2).'
          : near
            ? `Did you mean "${near}"?`
            : undefined,
      },
    )
  }
  return types
}
