import type { JsonObject } from '../../../api-manifest/json.ts'
import type { RequestParts } from '../roles/request-parts.ts'
import type { PartitionRouter } from '../roles/roles.ts'
import type { StreamSlice } from '../stream-slice.ts'
import type { Cursor } from './cursor.ts'

/** Reads a stream whole each time, partition by partition. */
export class WholeCursor implements Cursor {
  readonly field = undefined
  readonly isResumable = false
  readonly #router: PartitionRouter

  constructor(router: PartitionRouter) {
    this.#router = router
  }

  get state(): JsonObject {
    return { __ab_no_cursor_state_message: true }
  }

  slices(): AsyncIterable<StreamSlice> {
    return this.#router.slices()
  }

  parts(slice: StreamSlice): RequestParts {
    return this.#router.parts(slice)
  }

  observe(): void {}

  close(): void {}

  finish(): void {}

  isWanted(): boolean {
    return true
  }
}
