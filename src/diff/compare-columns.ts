import { logicalTypeName } from '../batch/logical-type-name.ts'
import type { ColumnsDiff } from './diff.ts'
import type { Side } from './side.ts'

/** Which columns both sides have, and how the others differ. Names are compared without regard to letter case. */
export function compareColumns(left: Side, right: Side, ignored: readonly string[]): ColumnsDiff {
  const skipped = new Set(ignored.map((name) => name.toLowerCase()))
  const fieldsOf = (side: Side) => side.fields.filter(({ name }) => !skipped.has(name.toLowerCase()))
  const byName = (side: Side) => new Map(fieldsOf(side).map((field) => [field.name.toLowerCase(), field]))
  const [ofLeft, ofRight] = [byName(left), byName(right)]
  const namesOf = (side: Side, other: ReadonlyMap<string, unknown>, are: boolean) =>
    fieldsOf(side)
      .map(({ name }) => name)
      .filter((name) => other.has(name.toLowerCase()) === are)
  const compared = namesOf(left, ofRight, true)
  return {
    compared,
    onlyLeft: namesOf(left, ofRight, false),
    onlyRight: namesOf(right, ofLeft, false),
    retyped: compared.flatMap((column) => {
      if (!left.isTyped || !right.isTyped) return []
      const [a, b] = [ofLeft.get(column.toLowerCase())!.type, ofRight.get(column.toLowerCase())!.type]
      return logicalTypeName(a) === logicalTypeName(b)
        ? []
        : [{ column, left: logicalTypeName(a), right: logicalTypeName(b) }]
    }),
  }
}
