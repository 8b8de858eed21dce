import type { Diff } from '../diff/diff.ts'

/** How two datasets differ, as JSON for programs: names are in snake case. */
export function diffDocument({ rows, columns, key, values, examples }: Diff) {
  return {
    key,
    rows: {
      left: rows.left,
      right: rows.right,
      equal: rows.equal,
      changed: rows.changed,
      only_left: rows.onlyLeft,
      only_right: rows.onlyRight,
    },
    columns: {
      compared: columns.compared,
      only_left: columns.onlyLeft,
      only_right: columns.onlyRight,
      retyped: columns.retyped,
    },
    values,
    examples: { cells: examples.cells, only_left: examples.onlyLeft, only_right: examples.onlyRight },
  }
}
