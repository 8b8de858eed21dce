/** One measurement of a series. */
export interface Point {
  /** When, in milliseconds since 1970 (UTC). */
  readonly at: number
  readonly value: number
}
