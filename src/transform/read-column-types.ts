import type { LogicalType } from '../batch/logical-type.ts'
import { parseLogicalType } from '../batch/parse-logical-type.ts'
import { suggest } from '../errors/suggest.ts'
import type { NoteProblem } from './operation-definition.ts'

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

/** Types by column, from type names by column; a name that is no type is noted as WW1025 at its key. */
export function readColumnTypes(
  names: Readonly<Record<string, string>>,
  note: NoteProblem,
): Record<string, LogicalType> {
  const types = Object.entries(names).flatMap(([column, name]) => {
    const type = readColumnType(name, column, (code, path, finding) => note(code, [column, ...path], finding))
    return type === undefined ? [] : [[column, type] as const]
  })
  return Object.fromEntries(types)
}

/** A type from its name; a name that is none is noted as WW1025. */
export function readColumnType(name: string, column: string, note: NoteProblem): LogicalType | undefined {
  const type = parseLogicalType(name)
  if (type) return type
  const near = suggest(name, COMMON_TYPES)
  const bare = /^(decimal|numeric|dec)$/i.test(name.trim())
  note('WW1025', [], {
    message: `"${name}" is not a type for column "${column}"`,
    hint: bare
      ? 'Give its precision and scale: decimal(18,2).'
      : near
        ? `Did you mean "${near}"?`
        : undefined,
  })
  return undefined
}
