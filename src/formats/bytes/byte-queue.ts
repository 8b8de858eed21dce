/** Bytes that come in chunks, taken in pieces of whatever size. */
export class ByteQueue {
  readonly #chunks: AsyncIterator<Buffer>
  #buffer: Buffer = Buffer.alloc(0)
  #at = 0
  #taken = 0

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** How many bytes were taken. */
  get taken(): number {
    return this.#taken
  }

  /** The next `size` bytes; fewer where the end comes first. */
  async take(size: number): Promise<Buffer> {
    if (this.#buffer.length - this.#at < size) await this.#fill(size)
    const end = Math.min(this.#at + size, this.#buffer.length)
    const piece = this.#buffer.subarray(this.#at, end)
    this.#at = end
    this.#taken += piece.length
    return piece
  }

  async close(): Promise<void> {
    await this.#chunks.return?.(undefined)
  }

  async #fill(size: number): Promise<void> {
    const parts = [this.#buffer.subarray(this.#at)]
    let length = parts[0]!.length
    while (length < size) {
      const { value, done } = await this.#chunks.next()
      if (done) break
      parts.push(value)
      length += value.length
    }
    this.#buffer = Buffer.concat(parts)
    this.#at = 0
  }
}
