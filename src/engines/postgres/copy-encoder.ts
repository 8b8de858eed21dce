import type { Batch } from '../../batch/batch.ts'
import { isValid } from '../../batch/batch.ts'
import { columnWriter } from './column-writer.ts'
import { CopyFrame } from './copy-frame.ts'

/** `PGCOPY\n\377\r\n\0`, no flags, no extension ("COPY", Binary Format). */
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1')

/** Writes batches as binary COPY data for columns of the given type ids, straight from the typed arrays. */
export class CopyEncoder {
  readonly #targets: readonly number[]
  readonly #frame = new CopyFrame()

  constructor(targets: readonly number[]) {
    this.#targets = targets
    this.#frame.bytes(SIGNATURE, 0, SIGNATURE.length)
  }

  /**
   * CopyData messages, each as soon as it is full. Throws WW3008 when a column cannot be written to its target's
   * type, WW3004 when a value cannot.
   */
  *encode(batch: Batch): Generator<Uint8Array> {
    const frame = this.#frame
    const columns = batch.columns
    const writers = columns.map((column, index) =>
      columnWriter(column, this.#targets[index]!, batch.rows, frame),
    )
    for (let row = 0; row < batch.rows; row++) {
      frame.int16(columns.length)
      for (let index = 0; index < columns.length; index++) {
        if (isValid(columns[index]!.validity, row)) writers[index]!(row)
        else frame.int32(-1)
      }
      if (frame.isFull) yield frame.take()!
    }
  }

  /** What is left, with the trailer. */
  end(): Uint8Array {
    this.#frame.int16(-1)
    return this.#frame.take()!
  }
}
