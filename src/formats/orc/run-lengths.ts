import { OrcDefect } from './orc-defect.ts'
import type { OrcStream } from './orc-stream.ts'

/** Bytes in runs (https://orc.apache.org/specification/ORCv1/#byte-run-length-encoding). */
export class ByteRuns {
  readonly #stream: OrcStream
  #left = 0
  #repeated: number | undefined

  constructor(stream: OrcStream) {
    this.#stream = stream
  }

  next(): number {
    if (this.#left === 0) {
      const control = this.#stream.byte()
      this.#left = control < 128 ? control + 3 : 256 - control
      this.#repeated = control < 128 ? this.#stream.byte() : undefined
    }
    this.#left--
    return this.#repeated ?? this.#stream.byte()
  }
}

/** Bits in bytes in runs, the highest first. */
export class BitRuns {
  readonly #bytes: ByteRuns
  #byte = 0
  #left = 0

  constructor(stream: OrcStream) {
    this.#bytes = new ByteRuns(stream)
  }

  next(): boolean {
    if (this.#left === 0) {
      this.#byte = this.#bytes.next()
      this.#left = 8
    }
    this.#left--
    return ((this.#byte >> this.#left) & 1) === 1
  }
}

/** Whole numbers in runs, of either version. */
export class NumberRuns {
  readonly #stream: OrcStream
  readonly #signed: boolean
  readonly #version: 1 | 2
  #run: readonly bigint[] = []
  #at = 0

  constructor(stream: OrcStream, signed: boolean, version: 1 | 2) {
    this.#stream = stream
    this.#signed = signed
    this.#version = version
  }

  next(): bigint {
    if (this.#at === this.#run.length) {
      this.#run = this.#version === 1 ? this.#runOf1() : this.#runOf2()
      this.#at = 0
    }
    return this.#run[this.#at++]!
  }

  /** A length or an index. */
  size(): number {
    const value = this.next()
    if (value < 0n || value > 0x7fff_ffffn) throw new OrcDefect('a length is not possible')
    return Number(value)
  }

  #runOf1(): bigint[] {
    const control = this.#stream.byte()
    if (control >= 128) return Array.from({ length: 256 - control }, () => this.#number())
    const delta = BigInt((this.#stream.byte() << 24) >> 24)
    const first = this.#number()
    return Array.from({ length: control + 3 }, (_, index) => first + delta * BigInt(index))
  }

  #runOf2(): bigint[] {
    const first = this.#stream.byte()
    switch (first >> 6) {
      case 0: {
        const value = this.#sign(bigEndian(this.#stream.take(((first >> 3) & 7) + 1)))
        return new Array<bigint>((first & 7) + 3).fill(value)
      }
      case 1: {
        const length = this.#length(first)
        return unpack(this.#stream, widthOf((first >> 1) & 31), length).map((value) => this.#sign(value))
      }
      case 2:
        return this.#patched(first)
      default:
        return this.#delta(first)
    }
  }

  #patched(first: number): bigint[] {
    const width = widthOf((first >> 1) & 31)
    const length = this.#length(first)
    const [third, fourth] = [this.#stream.byte(), this.#stream.byte()]
    const base = signMagnitude(this.#stream.take((third >> 5) + 1))
    const patchWidth = widthOf(third & 31)
    const gapWidth = (fourth >> 5) + 1
    const values = unpack(this.#stream, width, length)
    const patches = unpack(this.#stream, closestWidth(gapWidth + patchWidth), fourth & 31)
    let at = 0
    for (const patch of patches) {
      at += Number(patch >> BigInt(patchWidth))
      const high = patch & ((1n << BigInt(patchWidth)) - 1n)
      if (high === 0n) continue
      if (at >= length) throw new OrcDefect('a patch lies behind its run')
      values[at] = values[at]! | (high << BigInt(width))
    }
    return values.map((value) => base + value)
  }

  #delta(first: number): bigint[] {
    const code = (first >> 1) & 31
    const width = code === 0 ? 0 : widthOf(code)
    const length = this.#length(first)
    const values = [this.#number()]
    const step = zigZag(this.#stream.varint())
    if (length > 1) values.push(values[0]! + step)
    const more = Math.max(0, length - 2)
    const steps = width === 0 ? undefined : unpack(this.#stream, width, more)
    for (let index = 0; index < more; index++) {
      const change = steps === undefined ? step : step < 0n ? -steps[index]! : steps[index]!
      values.push(values.at(-1)! + change)
    }
    return values
  }

  #length(first: number): number {
    return (((first & 1) << 8) | this.#stream.byte()) + 1
  }

  #number(): bigint {
    return this.#sign(this.#stream.varint())
  }

  #sign(value: bigint): bigint {
    return this.#signed ? zigZag(value) : value
  }
}

export function zigZag(value: bigint): bigint {
  return (value >> 1n) ^ -(value & 1n)
}

/** Numbers of so many bits each, end to end, the highest bit first; the last byte is filled up. */
function unpack(stream: OrcStream, width: number, count: number): bigint[] {
  const bytes = stream.take(Math.ceil((width * count) / 8))
  const values: bigint[] = []
  let at = 0
  let kept = 0n
  let bits = 0
  for (let index = 0; index < count; index++) {
    while (bits < width) {
      kept = (kept << 8n) | BigInt(bytes[at++]!)
      bits += 8
    }
    bits -= width
    values.push(kept >> BigInt(bits))
    kept &= (1n << BigInt(bits)) - 1n
  }
  return values
}

function widthOf(code: number): number {
  if (code < 24) return code + 1
  return [26, 28, 30, 32, 40, 48, 56, 64][code - 24]!
}

function closestWidth(bits: number): number {
  if (bits <= 24) return bits
  return [26, 28, 30, 32, 40, 48, 56, 64].find((width) => width >= bits) ?? 64
}

function bigEndian(bytes: Buffer): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)
}

/** A number whose highest bit is its sign, and the rest its size. */
function signMagnitude(bytes: Buffer): bigint {
  const value = bigEndian(bytes)
  const sign = 1n << BigInt(bytes.length * 8 - 1)
  return (value & sign) === 0n ? value : -(value & (sign - 1n))
}
