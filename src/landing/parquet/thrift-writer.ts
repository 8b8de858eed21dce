/** Types of fields in Thrift's compact protocol. */
const I32 = 5
const I64 = 6
const BINARY = 8
const LIST = 9
const STRUCT = 12

/**
 * Writes structures in Thrift's compact protocol, in which Parquet keeps its headers. Fields of a structure are
 * written in the order of their numbers.
 */
export class ThriftWriter {
  readonly #bytes: number[] = []
  #lastField = 0

  i32(field: number, value: number): this {
    this.#header(field, I32)
    this.#varint(zigzag(BigInt(value)))
    return this
  }

  i64(field: number, value: number): this {
    this.#header(field, I64)
    this.#varint(zigzag(BigInt(value)))
    return this
  }

  i8(field: number, value: number): this {
    this.#header(field, 3)
    this.#bytes.push(value & 0xff)
    return this
  }

  boolean(field: number, value: boolean): this {
    this.#header(field, value ? 1 : 2)
    return this
  }

  text(field: number, value: string): this {
    this.#header(field, BINARY)
    this.#binary(value)
    return this
  }

  struct(field: number, write: (inner: this) => void): this {
    this.#header(field, STRUCT)
    this.#struct(write)
    return this
  }

  structs<T>(field: number, items: readonly T[], write: (inner: this, item: T) => void): this {
    this.#header(field, LIST)
    this.#listHeader(items.length, STRUCT)
    for (const item of items) this.#struct((inner) => write(inner, item))
    return this
  }

  i32s(field: number, items: readonly number[]): this {
    this.#header(field, LIST)
    this.#listHeader(items.length, I32)
    for (const item of items) this.#varint(zigzag(BigInt(item)))
    return this
  }

  texts(field: number, items: readonly string[]): this {
    this.#header(field, LIST)
    this.#listHeader(items.length, BINARY)
    for (const item of items) this.#binary(item)
    return this
  }

  /** The outermost structure, ended. */
  finish(): Uint8Array {
    this.#bytes.push(0)
    return Uint8Array.from(this.#bytes)
  }

  #struct(write: (inner: this) => void): void {
    const outer = this.#lastField
    this.#lastField = 0
    write(this)
    this.#bytes.push(0)
    this.#lastField = outer
  }

  #header(field: number, type: number): void {
    this.#bytes.push(((field - this.#lastField) << 4) | type)
    this.#lastField = field
  }

  #listHeader(size: number, type: number): void {
    if (size < 15) this.#bytes.push((size << 4) | type)
    else {
      this.#bytes.push(0xf0 | type)
      this.#varint(BigInt(size))
    }
  }

  #binary(text: string): void {
    const bytes = Buffer.from(text, 'utf8')
    this.#varint(BigInt(bytes.length))
    for (const byte of bytes) this.#bytes.push(byte)
  }

  #varint(value: bigint): void {
    let rest = value
    for (; rest > 0x7fn; rest >>= 7n) this.#bytes.push(Number(rest & 0x7fn) | 0x80)
    this.#bytes.push(Number(rest))
  }
}

function zigzag(value: bigint): bigint {
  return value < 0n ? -value * 2n - 1n : value * 2n
}
