import type { TableClient } from './table-client.ts'

/** How often a lost connection is made again, and the first pause before it, which doubles. */
export interface Patience {
  readonly retries: number
  readonly pauseMs: number
}

/** One moment of a source, at which everything is read that is asked through it. */
export interface SourceMoment {
  /** Says which moment it is: unique among those of a server. */
  readonly id: string
  /** Whether nothing more can be read at it. */
  readonly isLost: boolean
  /**
   * Runs `work` with a connection that sees the moment, waiting for a free one; again with another where one breaks,
   * when the source lets several see one moment. Throws WW4204 when the moment is gone.
   */
  insist<T>(patience: Patience, work: (client: TableClient) => Promise<T>): Promise<T>
  /** Has whatever runs fail, and lets the moment go. */
  interrupt(): void
  close(): Promise<void>
}
