import { varint } from '../bytes/varint.ts'
import { CodecDefect } from '../codecs/codec-defect.ts'
import { inflate, unzstd } from '../codecs/inflate.ts'
import { unlz4 } from '../codecs/lz4.ts'
import { unsnappy } from '../codecs/snappy.ts'
import { OrcDefect } from './orc-defect.ts'

/** How a file's streams are compressed. */
export interface OrcCompression {
  /** `CompressionKind` of the postscript. */
  readonly kind: number
  /** The most that a chunk holds once it is decompressed. */
  readonly blockSize: number
}

const CODECS: Readonly<Record<number, (chunk: Buffer, most: number) => Buffer>> = {
  1: inflate,
  2: unsnappy,
  4: unlz4,
  5: unzstd,
}

/** Whether a kind of compression can be read; LZO and brotli cannot. */
export function isReadable({ kind }: OrcCompression): boolean {
  return kind === 0 || Object.hasOwn(CODECS, kind)
}

/** A stream of a file, taken from its beginning, and decompressed a chunk at a time. Throws OrcDefect where it ends too early. */
export class OrcStream {
  readonly #bytes: Buffer
  readonly #compression: OrcCompression
  #next = 0
  #chunk: Buffer
  #at = 0

  constructor(bytes: Buffer, compression: OrcCompression) {
    this.#bytes = bytes
    this.#compression = compression
    this.#chunk = compression.kind === 0 ? bytes : Buffer.alloc(0)
  }

  byte(): number {
    if (this.#at === this.#chunk.length) this.#advance()
    return this.#chunk[this.#at++]!
  }

  take(size: number): Buffer {
    if (size <= this.#chunk.length - this.#at) return this.#cut(size)
    const parts: Buffer[] = []
    for (let left = size; left > 0; ) {
      if (this.#at === this.#chunk.length) this.#advance()
      const piece = this.#cut(Math.min(left, this.#chunk.length - this.#at))
      parts.push(piece)
      left -= piece.length
    }
    return Buffer.concat(parts)
  }

  /** All that is left. */
  rest(): Buffer {
    const parts: Buffer[] = [this.#chunk.subarray(this.#at)]
    this.#at = this.#chunk.length
    while (this.#compression.kind !== 0 && this.#next < this.#bytes.length) {
      this.#advance()
      parts.push(this.#cut(this.#chunk.length))
    }
    return Buffer.concat(parts)
  }

  varint(): bigint {
    const value = varint(this, 40)
    if (value === undefined) throw new OrcDefect('a number is too long')
    return value
  }

  #cut(size: number): Buffer {
    const piece = this.#chunk.subarray(this.#at, this.#at + size)
    this.#at += size
    return piece
  }

  #advance(): void {
    if (this.#compression.kind === 0 || this.#next + 3 > this.#bytes.length)
      throw new OrcDefect('a stream ends too early')
    const header = this.#bytes.readUIntLE(this.#next, 3)
    const start = this.#next + 3
    const end = start + (header >> 1)
    if (end > this.#bytes.length) throw new OrcDefect('a stream ends too early')
    const chunk = this.#bytes.subarray(start, end)
    this.#next = end
    this.#at = 0
    try {
      const { kind, blockSize } = this.#compression
      this.#chunk = (header & 1) === 1 ? chunk : CODECS[kind]!(chunk, blockSize)
    } catch (error) {
      throw error instanceof CodecDefect ? new OrcDefect(error.message) : error
    }
    if (this.#chunk.length === 0) this.#advance()
  }
}
