import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { makeProcessFolder } from '../process-folder.ts'

/**
 * Files that a tap is given: its config, its catalog, its state. They may hold secrets: only this user may read them, and
 * they go with the folder they are in.
 */
export class TapFiles {
  readonly #folder: string

  private constructor(folder: string) {
    this.#folder = folder
  }

  /** In a new folder below `parent`. */
  static async create(parent: string): Promise<TapFiles> {
    return new TapFiles(await makeProcessFolder(parent))
  }

  /** Gives the path. */
  async write(name: string, text: string): Promise<string> {
    const path = join(this.#folder, name)
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(text)
    } finally {
      await file.close()
    }
    return path
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true })
  }
}
