import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileStamp } from '../../../formats/bytes/file-stamp.ts'
import { expandGlob, type MatchedFile } from '../expand-glob.ts'
import type { FileFacts, FileStorage, HeldFile } from './file-storage.ts'

/** The disk. Files are absolute paths, and held where they are. */
export class LocalStorage implements FileStorage {
  readonly #root: string

  /** @param root the project folder, absolute */
  constructor(root: string) {
    this.#root = root
  }

  match(glob: string): Promise<readonly MatchedFile[]> {
    return expandGlob(this.#root, glob)
  }

  fileOf(origin: string): string {
    return resolve(this.#root, origin)
  }

  async look(file: string): Promise<FileFacts | undefined> {
    const found = await stat(file).catch(() => undefined)
    return found?.isFile() ? { size: found.size, mtimeMs: found.mtimeMs } : undefined
  }

  stamp(file: string): Promise<string> {
    return fileStamp(file)
  }

  text(file: string): Promise<string | undefined> {
    return readFile(file, 'utf8').catch(() => undefined)
  }

  async hold(file: string): Promise<HeldFile> {
    const stamp = await fileStamp(file)
    return {
      path: file,
      stamp,
      isUnchanged: async () => (await fileStamp(file).catch(() => undefined)) === stamp,
      [Symbol.asyncDispose]: async () => undefined,
    }
  }

  async close(): Promise<void> {}
}
