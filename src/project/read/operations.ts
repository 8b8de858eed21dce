import { suggest } from '../../errors/suggest.ts'
import type { Operation, OperationOf } from '../../transform/operation.ts'
import {
  isOperationName,
  type OperationName,
  type OperationOptionsOf,
  operationNamed,
  operationNames,
} from '../../transform/operation-table.ts'
import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'
import { BARE_OPERATIONS, type OperationEntry } from '../schema/operation-entry.ts'

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
  if (isOperationName(name)) {
    const options = operationNamed(name).bare
    if (options !== undefined) return [operation(name, options, origin, intake)]
    intake.error('WW1026', origin, {
      message: `the operation "${name}" wants arguments`,
      hint: `Write it as {${name}: …}; only ${BARE_OPERATIONS.join(', ')} can stand alone.`,
    })
  } else {
    const near = suggest(name, operationNames)
    intake.error('WW1026', origin, {
      message: `there is no operation "${name}"`,
      hint: near ? `Did you mean "${near}"?` : `Operations: ${operationNames.join(', ')}.`,
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
  // A name that is none was noted when the file was validated.
  if (!isOperationName(name)) return []
  return understood(name, entry[name], place, intake)
}

function understood<N extends OperationName>(
  name: N,
  given: unknown,
  origin: Origin,
  intake: Intake,
): OperationOf<N>[] {
  const definition = operationNamed(name)
  const entry = definition.entry.safeParse(given)
  // What does not parse was noted when the file was validated, and left out.
  if (!entry.success) return []
  const options = definition.read(entry.data, (code, path, finding) =>
    intake.error(code, { file: origin.file, path: [...origin.path, ...path] }, finding),
  )
  return options === undefined ? [] : [operation(name, options, origin, intake)]
}

function operation<N extends OperationName>(
  name: N,
  options: OperationOptionsOf<N>,
  origin: Origin,
  intake: Intake,
): OperationOf<N> {
  return { operation: name, options, location: intake.locate(origin) }
}
