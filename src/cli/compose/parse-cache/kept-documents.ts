import {
  closeSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { replacing } from '../../into-file.ts'

/** Where a document was kept, and how it is known to be the same. */
export interface KeptDocument {
  readonly name: string
  readonly bodyAt: number
  readonly stamp: string
}

/** A stretch of a document that is now another text. */
export interface Splice {
  readonly start: number
  readonly end: number
  readonly bytes: Buffer
}

/** The documents of an earlier parse, beside its record. They are what the target folder had, under a second name. */
export class KeptDocuments {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Keeps a document as it was written to the target folder. */
  keep(name: string, written: string, bodyAt: number): KeptDocument {
    const path = join(this.#folder, name)
    const unfinished = `${path}.${process.pid}.tmp`
    mkdirSync(this.#folder, { recursive: true })
    rmSync(unfinished, { force: true })
    try {
      linkSync(written, unfinished)
    } catch {
      // Not every file system gives a file two names.
      copyFileSync(written, unfinished)
    }
    renameSync(unfinished, path)
    return { name, bodyAt, stamp: this.#stamp(name) }
  }

  /** Whether a document is as it was kept. */
  has({ name, stamp }: KeptDocument): boolean {
    return this.#stamp(name) === stamp
  }

  /** A stretch of a document's text, in bytes. */
  read({ name }: KeptDocument, start: number, end: number): string {
    const handle = openSync(join(this.#folder, name), 'r')
    try {
      const bytes = Buffer.allocUnsafe(end - start)
      for (let at = 0; at < bytes.length; ) {
        const count = readSync(handle, bytes, at, bytes.length - at, start + at)
        if (count === 0) return bytes.toString('utf8', 0, at)
        at += count
      }
      return bytes.toString('utf8')
    } finally {
      closeSync(handle)
    }
  }

  /** Writes a document to the target folder with another beginning, and with splices in order. Throws WW7012. */
  async write(document: KeptDocument, head: Buffer, splices: readonly Splice[], file: string): Promise<void> {
    mkdirSync(dirname(file), { recursive: true })
    const kept = join(this.#folder, document.name)
    await replacing(file, async (unfinished) => {
      if (splices.length === 0 && head.length === document.bodyAt) {
        copyFileSync(kept, unfinished)
        writeParts(unfinished, 'r+', [head])
        return
      }
      const parts: Part[] = [head]
      let at = document.bodyAt
      for (const { start, end, bytes } of splices) {
        parts.push({ from: at, to: start }, bytes)
        at = end
      }
      splice(kept, unfinished, [...parts, { from: at, to: statSync(kept).size }])
    })
  }

  #stamp(name: string): string {
    const stat = statSync(join(this.#folder, name), { throwIfNoEntry: false })
    return stat === undefined ? '' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`
  }
}

/** Bytes, or a stretch of the file that is copied. */
type Part = Buffer | { readonly from: number; readonly to: number }

/** Writes a file of parts; of the one that stretches are copied from never more than a block is held. */
function splice(source: string, path: string, parts: readonly Part[]): void {
  const [input, output] = [openSync(source, 'r'), openSync(path, 'w')]
  const block = Buffer.allocUnsafe(BLOCK)
  try {
    for (const part of parts) {
      if (Buffer.isBuffer(part)) {
        writeAll(output, part)
        continue
      }
      for (let at = part.from; at < part.to; ) {
        const count = readSync(input, block, 0, Math.min(BLOCK, part.to - at), at)
        if (count === 0) break
        writeAll(output, block.subarray(0, count))
        at += count
      }
    }
  } finally {
    closeSync(input)
    closeSync(output)
  }
}

const BLOCK = 1 << 20

function writeParts(path: string, flags: string, parts: readonly Buffer[]): void {
  const handle = openSync(path, flags)
  try {
    for (const part of parts) writeAll(handle, part)
  } finally {
    closeSync(handle)
  }
}

function writeAll(handle: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
}
