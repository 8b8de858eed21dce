/** How many failing rows a check lets pass: so many rows, a percentage of those judged, or the share that must pass. */
export type Tolerance =
  | { readonly rows: number }
  | { readonly percent: number; readonly of?: Judged }
  | { readonly mostly: number; readonly of?: Judged }

/** What a share is of: all rows that are judged, or (`values`) those of them whose column is not null. */
export type Judged = 'rows' | 'values'

/** Whether so many failures are let pass. A share of nothing has nothing against it. */
export function isTolerated(tolerance: Tolerance | undefined, failures: number, judged: number): boolean {
  if (failures === 0) return true
  if (tolerance === undefined) return false
  if ('rows' in tolerance) return failures <= tolerance.rows
  if ('percent' in tolerance) return (failures / judged) * 100 <= tolerance.percent
  return (judged - failures) / judged >= tolerance.mostly
}

/** A tolerance as the end of a sentence: `in at most 5 % of the rows`. */
export function sayTolerance(tolerance: Tolerance): string {
  if ('rows' in tolerance) return `at most ${tolerance.rows} may fail`
  const of = tolerance.of === 'values' ? 'values' : 'rows'
  if ('percent' in tolerance) return `at most ${tolerance.percent} % of the ${of} may fail`
  return `at least ${Number((tolerance.mostly * 100).toPrecision(12))} % of the ${of} must pass`
}
