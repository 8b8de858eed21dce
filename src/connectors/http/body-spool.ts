import { createCipheriv, createDecipheriv, randomBytes, randomUUID } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** What of a body is kept in memory; beyond, it goes to a file. */
const IN_MEMORY = 4 * 1024 * 1024
const PIECE = 256 * 1024
const CIPHER = 'aes-256-ctr'
const BLOCK = 16

/**
 * The bytes of an answer, of which a large one lies in a file: without a name, so that it goes with the process, and
 * encrypted with a key that is in memory alone, so that nothing of the data is written before it is treated.
 */
export class BodySpool {
  readonly #folder: string
  readonly #chunks: Buffer[] = []
  #size = 0
  #file: SpoolFile | undefined

  /** @param folder where the file is made, absolute */
  constructor(folder: string) {
    this.#folder = folder
  }

  get size(): number {
    return this.#size
  }

  /** Whether it is wholly in memory. */
  get isInMemory(): boolean {
    return this.#file === undefined
  }

  add(chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#file === undefined && this.#size <= IN_MEMORY) {
      this.#chunks.push(chunk)
      return
    }
    this.#file ??= new SpoolFile(this.#folder)
    for (const kept of this.#chunks.splice(0)) this.#file.write(kept)
    this.#file.write(chunk)
  }

  /** Some of its bytes, fewer at its end. */
  read(from: number, length: number): Buffer {
    const most = Math.max(0, Math.min(length, this.#size - from))
    if (this.#file !== undefined) return this.#file.read(from, most)
    return this.whole().subarray(from, from + most)
  }

  /** All of it at once. */
  whole(): Buffer {
    if (this.#file !== undefined) return this.#file.read(0, this.#size)
    if (this.#chunks.length > 1) this.#chunks.splice(0, this.#chunks.length, Buffer.concat(this.#chunks))
    return this.#chunks[0] ?? Buffer.alloc(0)
  }

  /** Piece by piece, as many times as wanted. */
  *pieces(from = 0, to = this.#size): Generator<Buffer> {
    if (this.#file === undefined) yield this.whole().subarray(from, to)
    else for (let at = from; at < to; at += PIECE) yield this.#file.read(at, Math.min(PIECE, to - at))
  }

  /** Lets go of its file; nothing can be read any more. */
  release(): void {
    this.#file?.close()
  }
}

/** Closes what nobody let go of. */
const forgotten = new FinalizationRegistry<number>((descriptor) => closeSync(descriptor))

class SpoolFile {
  readonly #descriptor: number
  readonly #key = randomBytes(32)
  readonly #cipher = createCipheriv(CIPHER, this.#key, Buffer.alloc(BLOCK))
  #isOpen = true

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, randomUUID())
    this.#descriptor = openSync(path, 'wx+', 0o600)
    forgotten.register(this, this.#descriptor, this)
    unlinkSync(path)
  }

  write(chunk: Buffer): void {
    const sealed = this.#cipher.update(chunk)
    for (let at = 0; at < sealed.length; ) at += writeSync(this.#descriptor, sealed, at)
  }

  read(from: number, length: number): Buffer {
    // The key stream is made block by block: it begins with the one that the first byte is in.
    const skipped = from % BLOCK
    const counter = Buffer.alloc(BLOCK)
    counter.writeBigUInt64BE(BigInt((from - skipped) / BLOCK), BLOCK - 8)
    const sealed = Buffer.allocUnsafe(length + skipped)
    let read = 0
    while (read < sealed.length) {
      const count = readSync(this.#descriptor, sealed, read, sealed.length - read, from - skipped + read)
      if (count === 0) break
      read += count
    }
    return createDecipheriv(CIPHER, this.#key, counter).update(sealed.subarray(0, read)).subarray(skipped)
  }

  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    forgotten.unregister(this)
    closeSync(this.#descriptor)
  }
}
