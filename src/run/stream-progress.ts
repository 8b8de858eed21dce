/** How far the extraction of a stream is. Told while it goes on, and kept nowhere. */
export interface StreamProgress {
  /** The pipeline's unique id. */
  readonly node: string
  readonly stream: string
  /** Landed since the extraction began. */
  readonly rows: number
  readonly bytes: number
  /** What there is to land in all, as far as the source can tell. */
  readonly expected: { readonly bytes?: number | undefined; readonly rows?: number | undefined }
}
