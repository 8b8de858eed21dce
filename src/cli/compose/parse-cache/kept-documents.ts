import {
  closeSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
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

  /** A stretch of a document. */
  read({ name }: KeptDocument): Buffer {
    return readFileSync(join(this.#folder, name))
  }

  /** Writes a document to the target folder with another beginning, and with splices in order. Throws WW7012. */
  async write(document: KeptDocument, head: Buffer, splices: readonly Splice[], file: string): Promise<void> {
    mkdirSync(dirname(file), { recursive: true })
    await replacing(file, async (unfinished) => {
      if (splices.length === 0 && head.length === document.bodyAt) {
        copyFileSync(join(this.#folder, document.name), unfinished)
        writeParts(unfinished, 'r+', [head])
        return
      }
      const whole = this.read(document)
      const parts = [head]
      let at = document.bodyAt
      for (const { start, end, bytes } of splices) {
        parts.push(whole.subarray(at, start), bytes)
        at = end
      }
      writeParts(unfinished, 'w', [...parts, whole.subarray(at)])
    })
  }

  #stamp(name: string): string {
    const stat = statSync(join(this.#folder, name), { throwIfNoEntry: false })
    return stat === undefined ? '' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`
  }
}

function writeParts(path: string, flags: string, parts: readonly Buffer[]): void {
  const handle = openSync(path, flags)
  try {
    for (const part of parts) for (let at = 0; at < part.length; ) at += writeSync(handle, part, at)
  } finally {
    closeSync(handle)
  }
}
