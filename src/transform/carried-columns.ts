import { ADDED, ARRIVED_ROW, FATE, FOLDED, PIECE, ROW } from './row-columns.ts'
import type { Transformation } from './transformation.ts'

/** The platform's own columns that rows carry beside their data, without their fate. */
export function countingColumns(state: Transformation): readonly string[] {
  return [
    ROW,
    ...(state.expanded ? [PIECE, ADDED] : []),
    ...(state.folded ? [FOLDED] : []),
    ...(state.renumbered ? [ARRIVED_ROW] : []),
  ]
}

/** The platform's own columns that rows carry beside their data. */
export function carriedColumns(state: Transformation): readonly string[] {
  return [...countingColumns(state), ...(state.judged ? [FATE] : [])]
}
