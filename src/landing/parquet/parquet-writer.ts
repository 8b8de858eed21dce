import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { Batch, Column } from '../../batch/batch.ts'
import type { Field } from '../../batch/logical-type.ts'
import { countNulls, definitionLevels } from './definition-levels.ts'
import { encodeValues, PLAIN } from './encode-values.ts'
import { parquetType } from './parquet-type.ts'
import { ThriftWriter } from './thrift-writer.ts'

const MAGIC = Buffer.from('PAR1', 'latin1')
/** DuckDB reads row groups side by side, and makes its own of this size. */
const ROWS_PER_GROUP = 122_880
const BYTES_PER_GROUP = 64 << 20
const RLE = 3
const OPTIONAL = 1

interface PendingChunk {
  readonly pages: Uint8Array[]
  encoding: number
  bytes: number
  nulls: number
}

interface WrittenChunk {
  /** That of its pages' values. */
  readonly encoding: number
  readonly offset: number
  readonly bytes: number
  readonly nulls: number
}

interface RowGroup {
  readonly rows: number
  readonly chunks: readonly WrittenChunk[]
}

export interface ParquetFile {
  readonly rows: number
  readonly bytes: number
  /** SHA-256 of the file's bytes, in hex. */
  readonly hash: string
}

/**
 * Writes batches as a Parquet file, exactly: uncompressed pages, which are nearly the memory of our columns, so
 * that landing costs little more than the disk does. Column kinds that Parquet cannot hold are text (`parquetType`).
 */
export class ParquetWriter {
  readonly #fields: readonly Field[]
  readonly #file: FileHandle
  readonly #hash = createHash('sha256')
  readonly #groups: RowGroup[] = []
  #pending: PendingChunk[] = []
  #pendingRows = 0
  #pendingBytes = 0
  #at = 0
  #writing: Promise<void> = Promise.resolve()
  #rows = 0

  private constructor(file: FileHandle, fields: readonly Field[]) {
    this.#file = file
    this.#fields = fields
    this.#begin()
  }

  /** Starts a file at `path`, which may exist, for batches whose columns are `fields`. */
  static async create(path: string, fields: readonly Field[]): Promise<ParquetWriter> {
    const writer = new ParquetWriter(await open(path, 'w'), fields)
    await writer.#put([MAGIC])
    return writer
  }

  /** Holds the batch's memory until its row group is written. */
  async write(batch: Batch): Promise<void> {
    if (batch.rows === 0) return
    for (const [index, column] of batch.columns.entries())
      this.#addPage(this.#pending[index]!, column, batch.rows)
    this.#pendingRows += batch.rows
    if (this.#pendingRows >= ROWS_PER_GROUP || this.#pendingBytes >= BYTES_PER_GROUP) await this.#flush()
  }

  /** Ends the file and closes it. What it holds may still be in the system's memory only. */
  async finish(): Promise<ParquetFile> {
    await this.#flush()
    const footer = this.#footer()
    const size = Buffer.alloc(4)
    size.writeInt32LE(footer.length)
    await this.#put([footer, size, MAGIC])
    await this.#writing
    await this.#file.close()
    return { rows: this.#rows, bytes: this.#at, hash: this.#hash.digest('hex') }
  }

  /** Closes a file that is not to be finished. */
  async abandon(): Promise<void> {
    await this.#writing.catch(() => undefined)
    await this.#file.close()
  }

  #begin(): void {
    this.#pending = this.#fields.map(() => ({ pages: [], encoding: PLAIN, bytes: 0, nulls: 0 }))
    this.#pendingRows = 0
    this.#pendingBytes = 0
  }

  #addPage(chunk: PendingChunk, column: Column, rows: number): void {
    const levels = definitionLevels(column.validity, rows)
    const { encoding, parts } = encodeValues(column, rows)
    const size = parts.reduce((sum, part) => sum + part.length, levels.length)
    const header = new ThriftWriter()
      .i32(1, 0)
      .i32(2, size)
      .i32(3, size)
      .struct(5, (page) => page.i32(1, rows).i32(2, encoding).i32(3, RLE).i32(4, RLE))
      .finish()
    chunk.pages.push(header, levels, ...parts)
    chunk.encoding = encoding
    chunk.bytes += header.length + size
    chunk.nulls += countNulls(column.validity, rows)
    this.#pendingBytes += header.length + size
  }

  async #flush(): Promise<void> {
    if (this.#pendingRows === 0) return
    const pending = this.#pending
    const rows = this.#pendingRows
    let offset = this.#at
    const chunks = pending.map(({ encoding, bytes, nulls }) => {
      const chunk = { encoding, offset, bytes, nulls }
      offset += bytes
      return chunk
    })
    this.#begin()
    await this.#put(pending.flatMap((chunk) => chunk.pages))
    this.#groups.push({ rows, chunks })
    this.#rows += rows
  }

  async #put(parts: readonly Uint8Array[]): Promise<void> {
    for (const part of parts) {
      this.#hash.update(part)
      this.#at += part.length
    }
    // While the disk takes one row group in, the next is made. It is to take it for good: a landed file is flushed in the
    // end, and all of it at once would be waited for.
    await this.#writing
    this.#writing = writeAll(this.#file, parts).then(() => this.#file.datasync())
    // Whoever awaits it hears of its failure.
    this.#writing.catch(() => undefined)
  }

  #footer(): Uint8Array {
    const fields = this.#fields
    return new ThriftWriter()
      .i32(1, 2)
      .structs(2, [undefined, ...fields], (element, field) => {
        if (field === undefined) element.text(4, 'rows').i32(5, fields.length)
        else writeElement(element, field)
      })
      .i64(3, this.#rows)
      .structs(4, this.#groups, (group, { rows, chunks }) => {
        group.structs(1, [...chunks.entries()], (chunk, [index, written]) => {
          chunk.i64(2, 0).struct(3, (data) => writeColumnData(data, fields[index]!, rows, written))
        })
        group
          .i64(
            2,
            chunks.reduce((sum, chunk) => sum + chunk.bytes, 0),
          )
          .i64(3, rows)
      })
      .text(6, 'waterworks')
      .finish()
  }
}

const MAX_PIECES = 512

async function writeAll(file: FileHandle, parts: readonly Uint8Array[]): Promise<void> {
  // The system takes at most so many pieces at once.
  for (let start = 0; start < parts.length; start += MAX_PIECES) {
    await writePieces(file, parts.slice(start, start + MAX_PIECES))
  }
}

async function writePieces(file: FileHandle, parts: readonly Uint8Array[]): Promise<void> {
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  const { bytesWritten } = await file.writev(parts)
  // A full disk or a signal cut the call short: what is left is written, or fails with its reason.
  if (bytesWritten < size) await file.writeFile(Buffer.concat(parts).subarray(bytesWritten))
}

function writeElement(element: ThriftWriter, { name, type }: Field): void {
  const { physical, length, converted, decimal, logical } = parquetType(type)
  element.i32(1, physical)
  if (length !== undefined) element.i32(2, length)
  element.i32(3, OPTIONAL).text(4, name)
  if (converted !== undefined) element.i32(6, converted)
  if (decimal !== undefined) element.i32(7, decimal.scale).i32(8, decimal.precision)
  if (logical !== undefined) element.struct(10, logical)
}

function writeColumnData(data: ThriftWriter, field: Field, rows: number, chunk: WrittenChunk): void {
  data
    .i32(1, parquetType(field.type).physical)
    .i32s(2, [chunk.encoding, RLE])
    .texts(3, [field.name])
    .i32(4, 0)
    .i64(5, rows)
    .i64(6, chunk.bytes)
    .i64(7, chunk.bytes)
    .i64(9, chunk.offset)
    .struct(12, (statistics) => statistics.i64(3, chunk.nulls))
}
