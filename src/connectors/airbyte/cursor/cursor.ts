import type { JsonObject } from '../../../api-manifest/json.ts'
import type { RequestParts } from '../roles/request-parts.ts'
import type { StreamSlice } from '../stream-slice.ts'

/** How a stream is cut into slices, what of them is read, and the state that says so. */
export interface Cursor {
  /** The field of a record it goes by. */
  readonly field: string | undefined
  /** What a next read begins with. Right only between slices. */
  readonly state: JsonObject
  /** Whether a read can go on after any slice; else it is whole or begins anew. */
  readonly isResumable: boolean
  /** What is still to be read, in order. */
  slices(): AsyncIterable<StreamSlice>
  /** What of a request says which slice it is about. */
  parts(slice: StreamSlice): RequestParts
  observe(record: JsonObject, slice: StreamSlice): void
  /** A slice is read to its end. */
  close(slice: StreamSlice): void
  /** All slices are read. */
  finish(): void
  /** Whether a record is one that this read is to bring. */
  isWanted(record: JsonObject, slice: StreamSlice): boolean
}
