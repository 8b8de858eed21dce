import { suggest } from '../../errors/suggest.ts'
import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'
import type { Operation } from '../pipeline.ts'
import { asList } from '../schema/fields.ts'
import {
  BARE_OPERATIONS,
  LATER_OPERATIONS,
  type OperationEntry,
  operationMapping,
} from '../schema/operation-entry.ts'
import { readColumnTypes } from './column-types.ts'

const ALL = 'all'

/** The operations of one stage, in order. What cannot be understood or done yet is noted as an error. */
export function readOperations(
  entries: readonly OperationEntry[],
  origin: Origin,
  intake: Intake,
): readonly Operation[] {
  return entries.flatMap((entry, index) => {
    const place = { file: origin.file, path: [...origin.path, index] }
    return typeof entry === 'string' ? bare(entry, place, intake) : mapping(entry, place, intake)
  })
}

function bare(name: string, origin: Origin, intake: Intake): Operation[] {
  if (name === 'trim') return [{ operation: 'trim', columns: ALL }]
  if (name === 'dedupe') return [{ operation: 'dedupe', keys: [], latestBy: undefined }]
  const names = Object.keys(operationMapping.shape)
  if (LATER_OPERATIONS.some((later) => later === name)) notYet(name, origin, intake)
  else if (names.includes(name)) {
    intake.error('WW1026', origin, {
      message: `the operation "${name}" wants arguments`,
      hint: `Write it as {${name}: …}; only ${BARE_OPERATIONS.join(' and ')} can stand alone.`,
    })
  } else {
    const near = suggest(name, names)
    intake.error('WW1026', origin, {
      message: `there is no operation "${name}"`,
      hint: near ? `Did you mean "${near}"?` : `Operations: ${names.join(', ')}.`,
    })
  }
  return []
}

function mapping(entry: Exclude<OperationEntry, string>, origin: Origin, intake: Intake): Operation[] {
  const names = Object.keys(entry)
  const [name] = names
  if (name === undefined && intake.isFaulty(origin)) return []
  if (name === undefined || names.length > 1) {
    const message = name === undefined ? 'the operation is empty' : `${names.join(', ')} stand in one entry`
    intake.error('WW1026', origin, { message, hint: 'Write one operation per entry of the list.' })
    return []
  }
  const place = { file: origin.file, path: [...origin.path, name] }
  if (LATER_OPERATIONS.some((later) => later === name)) {
    notYet(name, place, intake)
    return []
  }
  return understood(entry, place, intake)
}

function understood(entry: Exclude<OperationEntry, string>, origin: Origin, intake: Intake): Operation[] {
  if (entry.trim !== undefined) return [{ operation: 'trim', columns: allOr(columnsOf(entry.trim)) }]
  if (entry.lower !== undefined) return [{ operation: 'lower', columns: columnsOf(entry.lower) }]
  if (entry.upper !== undefined) return [{ operation: 'upper', columns: columnsOf(entry.upper) }]
  if (entry.drop !== undefined) return [{ operation: 'drop', columns: columnsOf(entry.drop) }]
  if (entry.null_if !== undefined) {
    const { columns, values } = entry.null_if
    return [{ operation: 'null_if', columns: columns === undefined ? ALL : allOr(asList(columns)), values }]
  }
  if (entry.fill !== undefined) return fill(entry.fill)
  if (entry.cast !== undefined)
    return [{ operation: 'cast', columns: readColumnTypes(entry.cast, origin, intake) }]
  if (entry.rename !== undefined) return [{ operation: 'rename', columns: entry.rename }]
  if (entry.derive !== undefined) return [{ operation: 'derive', ...entry.derive }]
  if (entry.map !== undefined) {
    const values = Object.entries(entry.map.values).map(
      ([code, standard]) => [code, String(standard)] as const,
    )
    return [{ operation: 'map', column: entry.map.column, values: Object.fromEntries(values) }]
  }
  if (entry.filter !== undefined) {
    const expression = typeof entry.filter === 'string' ? entry.filter : entry.filter.expression
    return [{ operation: 'filter', expression }]
  }
  if (entry.dedupe !== undefined) {
    const { dedupe } = entry
    if (typeof dedupe === 'string' || Array.isArray(dedupe)) {
      return [{ operation: 'dedupe', keys: asList(dedupe), latestBy: undefined }]
    }
    return [{ operation: 'dedupe', keys: asList(dedupe.keys), latestBy: dedupe.latest_by }]
  }
  return []
}

type FillArguments = NonNullable<Exclude<OperationEntry, string>['fill']>

/** `{column: x, value: 0}` for one column, like the other operations; else a value by column. */
function fill(given: FillArguments): Operation[] {
  const { column, value, ...rest } = given
  const pairs: [string, FillArguments[string]][] =
    typeof column === 'string' && value !== undefined && Object.keys(rest).length === 0
      ? [[column, value]]
      : Object.entries(given)
  return pairs.map(([name, filler]) => ({ operation: 'fill', column: name, value: filler }))
}

type ColumnsArgument = NonNullable<Exclude<OperationEntry, string>['trim']>

function columnsOf(given: ColumnsArgument): readonly string[] {
  return typeof given === 'string' || Array.isArray(given) ? asList(given) : asList(given.columns)
}

function allOr(columns: readonly string[]): readonly string[] | 'all' {
  return columns.length === 1 && columns[0] === ALL ? ALL : columns
}

function notYet(name: string, origin: Origin, intake: Intake): void {
  intake.error('WW1906', origin, {
    message: `the operation "${name}" is not there yet; without it the table would hold other data than asked for`,
  })
}
