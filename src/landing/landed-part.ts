import type { FileScan } from '../formats/file-scan.ts'

/**
 * One durable piece of extracted data in the landing zone: a data file and this, its manifest. Plain JSON.
 * The load of a part is identified by `loadId`, which follows from pipeline, stream and content alone, so that
 * loading it again is a no-op.
 */
export interface LandedPart {
  readonly loadId: string
  readonly pipeline: string
  readonly stream: string
  /** Counts up from 1 per stream; never given out twice. */
  readonly sequence: number
  /** The data file, relative to the landing folder. */
  readonly path: string
  /** What a person calls it: the source file's path as the project names it. */
  readonly origin: string
  /**
   * What the content is known by, in hex: SHA-256 of the data file's bytes, and of what its name said of its records. Of a
   * file that was decoded because of its personal data, a keyed hash of that, behind the key's name and a colon.
   */
  readonly hash: string
  /** What the source file looked like from outside when it was hashed; null for rows. */
  readonly stamp: string | null
  readonly bytes: number
  /** Records in the file, counted from its bytes and not by the reader that loads it. */
  readonly records: number
  readonly scan: FileScan
  /** The connector's position before and after this part. */
  readonly from: string | null
  readonly to: string
  /** How its personal data was treated, where that was told. */
  readonly treatment?: string | undefined
  /** When it landed, ISO 8601 UTC. */
  readonly landedAt: string
}
