/** A CopyData message begins with its letter and its length, itself included but for the letter. */
const FRAME_HEADER = 5
const FRAME_SIZE = 256 * 1024

/** Binary COPY data being written, inside CopyData messages of about 256 KiB. */
export class CopyFrame {
  #bytes = Buffer.allocUnsafeSlow(FRAME_SIZE)
  #view = viewOf(this.#bytes)
  #at = FRAME_HEADER

  get isFull(): boolean {
    return this.#at >= FRAME_SIZE - 8192
  }

  /** The message written so far, and an empty one to go on with; undefined when there is nothing in it. */
  take(): Uint8Array | undefined {
    if (this.#at === FRAME_HEADER) return undefined
    this.#bytes[0] = 0x64
    this.#view.setInt32(1, this.#at - 1)
    const message = this.#bytes.subarray(0, this.#at)
    this.#bytes = Buffer.allocUnsafeSlow(FRAME_SIZE)
    this.#view = viewOf(this.#bytes)
    this.#at = FRAME_HEADER
    return message
  }

  int8(value: number): void {
    this.#reserve(1)
    this.#bytes[this.#at++] = value
  }

  int16(value: number): void {
    this.#reserve(2)
    this.#view.setInt16(this.#at, value)
    this.#at += 2
  }

  int32(value: number): void {
    this.#reserve(4)
    this.#view.setInt32(this.#at, value)
    this.#at += 4
  }

  int64(value: bigint): void {
    this.#reserve(8)
    this.#view.setBigInt64(this.#at, value)
    this.#at += 8
  }

  float32(value: number): void {
    this.#reserve(4)
    this.#view.setFloat32(this.#at, value)
    this.#at += 4
  }

  float64(value: number): void {
    this.#reserve(8)
    this.#view.setFloat64(this.#at, value)
    this.#at += 8
  }

  bytes(source: Uint8Array, start: number, end: number): void {
    const size = end - start
    this.#reserve(size)
    const target = this.#bytes
    let at = this.#at
    if (size < 32) for (let from = start; from < end; from++) target[at++] = source[from]!
    else target.set(source.subarray(start, end), at)
    this.#at += size
  }

  #reserve(size: number): void {
    if (this.#at + size <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#at + size))
    larger.set(this.#bytes.subarray(0, this.#at))
    this.#bytes = larger
    this.#view = viewOf(larger)
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
