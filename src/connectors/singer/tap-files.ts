import { mkdir, mkdtemp, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Files that a tap is given: its config, its catalog, its state. They may hold secrets: only this user may read them, and
 * they go with the folder they are in.
 */
export class TapFiles {
  readonly #folder: string

  private constructor(folder: string) {
    this.#folder = folder
  }

  /** In a new folder below `parent`, from which folders of processes that are gone are removed. */
  static async create(parent: string): Promise<TapFiles> {
    await mkdir(parent, { recursive: true, mode: 0o700 })
    for (const name of await readdir(parent)) {
      const owner = Number(/^(\d+)-/.exec(name)?.[1])
      if (owner > 0 && !isAlive(owner)) await rm(join(parent, name), { recursive: true, force: true })
    }
    return new TapFiles(await mkdtemp(join(parent, `${process.pid}-`)))
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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
