import type { Field } from '../batch/logical-type.ts'
import type { PersonalColumn } from '../project/personal-data.ts'
import type { JsonPath } from './json-leaves.ts'

/** What is done to a column. */
export interface FieldPlan {
  readonly field: Field
  /** The declaration of the whole column, where it acts. */
  readonly whole: PersonalColumn | undefined
  /** Declarations within its values. */
  readonly within: readonly { readonly path: JsonPath; readonly personal: PersonalColumn }[]
}

/** Which columns of a stream are treated, and how. Names are compared as engines do: without letter case. */
export function treatmentPlan(
  fields: readonly Field[],
  declared: readonly PersonalColumn[],
): readonly FieldPlan[] {
  const acting = declared.filter(({ policy }) => policy !== 'keep')
  return fields.map((field) => {
    const name = fold(field.name)
    return {
      field,
      whole: acting.find(({ column }) => fold(column) === name),
      within: acting
        .filter(({ column }) => fold(column).startsWith(`${name}.`))
        .filter(({ column }) => !fields.some((other) => fold(other.name) === fold(column)))
        .map((personal) => ({ path: personal.column.slice(name.length + 1).split('.'), personal })),
    }
  })
}

/** The columns as they are once they are treated: what is replaced is text, what is dropped is gone. */
export function treatedFields(
  fields: readonly Field[],
  declared: readonly PersonalColumn[],
): readonly Field[] {
  return treatmentPlan(fields, declared).flatMap(({ field, whole }) => {
    if (whole === undefined || whole.policy === 'refuse') return [field]
    return whole.policy === 'drop' ? [] : [{ name: field.name, type: { kind: 'text' as const } }]
  })
}

function fold(name: string): string {
  return name.toLowerCase()
}
