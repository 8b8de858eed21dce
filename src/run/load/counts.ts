/** What a load strategy did, counted per input row by the statements themselves. */
export interface Applied {
  readonly inserted: number
  readonly updated: number
  readonly unchanged: number
  /** Rows that arrived to say that theirs were deleted, and were obeyed; and those of `missing`. */
  readonly deleted: number
  /** Rows left out because the table has a later one of their key. */
  readonly outdated: number
  /** Rows of the table that a whole source has no more: they count as if they had arrived to be deleted. */
  readonly missing: number
  readonly physicalInserts: number
  readonly physicalDeletes: number
}

/** A strategy that had nothing to do. */
export const NOTHING_APPLIED: Applied = Object.freeze({
  inserted: 0,
  updated: 0,
  unchanged: 0,
  deleted: 0,
  outdated: 0,
  missing: 0,
  physicalInserts: 0,
  physicalDeletes: 0,
})

/** The counts of a strategy that only inserts, after deleting `physicalDeletes` rows. */
export function insertedOnly(inserted: number, physicalDeletes = 0): Applied {
  return { ...NOTHING_APPLIED, inserted, physicalInserts: inserted, physicalDeletes }
}
