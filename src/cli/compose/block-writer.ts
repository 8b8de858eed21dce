import type { FileHandle } from 'node:fs/promises'

const BLOCK = 1 << 20

/** Writes a file block by block: while one is on its way to the disk the next is filled. */
export class BlockWriter {
  readonly #handle: FileHandle
  #filling = Buffer.allocUnsafe(BLOCK)
  #spare = Buffer.allocUnsafe(BLOCK)
  #used = 0
  #passed: Promise<unknown> = Promise.resolve()

  constructor(handle: FileHandle) {
    this.#handle = handle
  }

  /** Whether so many bytes fit into the block that is being filled. */
  holds(bytes: number): boolean {
    return this.#used + bytes <= this.#filling.length
  }

  /** Adds a text for which there is room; gives how many bytes it takes. */
  add(text: string): number {
    const length = this.#filling.write(text, this.#used)
    this.#used += length
    return length
  }

  /** Sends what there is, once what was sent before has arrived; the next block has room for `needed` bytes. */
  async pass(needed: number): Promise<void> {
    await this.#passed
    const full = this.#filling.subarray(0, this.#used)
    this.#passed = writeWhole(this.#handle, full)
    // Whoever waits for it hears of a failure; nobody may be waiting yet when it comes.
    this.#passed.catch(() => undefined)
    const next = this.#spare.length < needed ? Buffer.allocUnsafe(needed) : this.#spare
    this.#spare = this.#filling
    this.#filling = next
    this.#used = 0
  }

  /** Waits for what was sent, and throws what writing it threw. */
  async close(): Promise<void> {
    try {
      await this.#passed
    } finally {
      await this.#handle.close()
    }
  }
}

async function writeWhole(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten
}
