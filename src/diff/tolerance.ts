/** How far numbers may be apart and still count as equal. */
export type Tolerance = { readonly amount: number } | { readonly percent: number }

/** Tolerances by column; `*` is for all that have none of their own. */
export type Tolerances = Readonly<Record<string, Tolerance>>
