import type { Field } from '../batch/logical-type.ts'
import type { ExpectationContext } from './expectation-plan.ts'
import { Refusal } from './refusal.ts'

/** The field that a kwarg names, which is `column` unless said. A Refusal where there is none. */
export function columnOf({ kwargs, fields }: ExpectationContext, kwarg = 'column'): Field {
  return fieldNamed(kwargs.text(kwarg), fields)
}

/** The fields that `column_list` names. */
export function columnsOf({ kwargs, fields }: ExpectationContext): readonly Field[] {
  return kwargs.texts('column_list').map((name) => fieldNamed(name, fields))
}

function fieldNamed(name: string, fields: readonly Field[]): Field {
  const found =
    fields.find((field) => field.name === name) ??
    fields.find((field) => field.name.toLowerCase() === name.toLowerCase())
  if (found) return found
  throw new Refusal(`Error: The column "${name}" does not exist.`)
}
