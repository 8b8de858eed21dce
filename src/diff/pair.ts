import type { Field } from '../batch/logical-type.ts'
import type { Side } from './side.ts'

/** A column that both sides have. */
export interface Pair {
  /** What it is called on the left. */
  readonly column: string
  readonly left: Field
  readonly right: Field
}

/** The column of that name on both sides, which have it. */
export function pairOf(column: string, left: Side, right: Side): Pair {
  const fieldOf = ({ fields }: Side) =>
    fields.find(({ name }) => name.toLowerCase() === column.toLowerCase())!
  return { column, left: fieldOf(left), right: fieldOf(right) }
}
