/** What one error code means, for people. The docs page of errors is generated from these. */
export interface CatalogueEntry {
  /** The error in a few words, as a heading. */
  readonly title: string
  /** Why it happens. */
  readonly cause: string
  /** What to do about it. */
  readonly remedy: string
}
