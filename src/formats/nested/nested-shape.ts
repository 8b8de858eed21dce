import { ValueKind } from '../value-kind.ts'
import type { NestedAs } from './nesting.ts'

/** A list's elements as a table of their own, or the rows themselves, whose values are columns. */
export class NestedTable {
  /** The keys that lead to the list; none for the rows themselves. */
  readonly path: readonly string[]
  readonly parent: NestedTable | undefined
  /** Values that become columns, in the order in which they are first met. */
  readonly columns: NestedValue[] = []
  /** What an element is. */
  readonly element: NestedValue

  constructor(path: readonly string[], parent: NestedTable | undefined, as: NestedAs, depth: number) {
    this.path = path
    this.parent = parent
    this.element = new NestedValue(this, [], path, as, depth)
  }
}

/** The values at one place of records: those at the same keys, whatever their kinds. */
export class NestedValue {
  readonly table: NestedTable
  /** The keys that lead here within an element of the table; none for the element itself. */
  readonly keys: readonly string[]
  /** The keys that lead here from the record. */
  readonly path: readonly string[]
  readonly as: NestedAs
  /** How many levels have been taken apart on the way here. */
  readonly depth: number
  readonly members = new Map<string, NestedValue>()
  /** The table of its lists' elements, once there was one. */
  list: NestedTable | undefined
  /** What was met here that is a cell: scalars, and what is not taken apart. */
  readonly kind = new ValueKind()
  /** Its place among the table's columns; -1 until it has a value that is a cell. */
  column = -1

  constructor(
    table: NestedTable,
    keys: readonly string[],
    path: readonly string[],
    as: NestedAs,
    depth: number,
  ) {
    this.table = table
    this.keys = keys
    this.path = path
    this.as = as
    this.depth = depth
  }
}
