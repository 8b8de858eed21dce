/** What a load strategy did, counted per input row by the statements themselves. */
export interface Applied {
  readonly inserted: number
  readonly updated: number
  readonly unchanged: number
  readonly deleted: number
  readonly physicalInserts: number
  readonly physicalDeletes: number
}

/** The counts of a strategy that only inserts, after deleting `physicalDeletes` rows. */
export function insertedOnly(inserted: number, physicalDeletes = 0): Applied {
  return { inserted, updated: 0, unchanged: 0, deleted: 0, physicalInserts: inserted, physicalDeletes }
}
