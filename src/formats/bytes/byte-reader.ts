/** Takes bytes and pieces from a buffer, one after the other. Throws what `defect` makes where they go beyond its end. */
export class ByteReader {
  readonly #bytes: Buffer
  readonly #defect: () => Error
  at = 0

  constructor(bytes: Buffer, defect: () => Error) {
    this.#bytes = bytes
    this.#defect = defect
  }

  get length(): number {
    return this.#bytes.length
  }

  get done(): boolean {
    return this.at >= this.#bytes.length
  }

  byte(): number {
    const byte = this.#bytes[this.at]
    if (byte === undefined) throw this.#defect()
    this.at++
    return byte
  }

  take(size: number): Buffer {
    const end = this.at + size
    if (end > this.#bytes.length) throw this.#defect()
    const piece = this.#bytes.subarray(this.at, end)
    this.at = end
    return piece
  }
}
