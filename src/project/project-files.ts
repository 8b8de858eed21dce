import { isUtf8 } from 'node:buffer'
import type { Dirent } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, posix, relative, sep } from 'node:path'
import type { Diagnostics } from '../errors/diagnostics.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'

export interface TextFile {
  /** Relative to the project folder, with `/` between folders. */
  readonly path: string
  readonly text: string
}

/** Reads the files of one project folder. What cannot be read is noted (WW1009), what is not there is not. */
export class ProjectFiles {
  readonly #root: string
  readonly #diagnostics: Diagnostics

  constructor(root: string, diagnostics: Diagnostics) {
    this.#root = root
    this.#diagnostics = diagnostics
  }

  /** Paths of the files at any depth below the folders, by name's ending, sorted; hidden folders are passed over. */
  async list(folders: readonly string[], endings: readonly string[]): Promise<readonly string[]> {
    const lists = await Promise.all(folders.map((folder) => this.#listFolder(folder, endings)))
    return [...new Set(lists.flat())].sort()
  }

  /** The texts of files, in the order of their paths. */
  async readAll(paths: readonly string[]): Promise<readonly TextFile[]> {
    const files = await Promise.all(paths.map((path) => this.read(path)))
    return files.filter((file) => file !== undefined)
  }

  async read(path: string): Promise<TextFile | undefined> {
    try {
      const bytes = await readFile(join(this.#root, path))
      if (isUtf8(bytes)) return { path, text: bytes.toString('utf8').replace(/^\uFEFF/, '') }
      this.#unreadable(path, `${path} is not UTF-8 text`)
    } catch (cause) {
      if (!isMissing(cause)) this.#unreadable(path, `${path} cannot be read`, cause)
    }
    return undefined
  }

  async #listFolder(folder: string, endings: readonly string[]): Promise<string[]> {
    let entries: Dirent[]
    try {
      entries = await readdir(join(this.#root, folder), { recursive: true, withFileTypes: true })
    } catch (cause) {
      if (!isMissing(cause)) this.#unreadable(folder, `the folder ${folder} cannot be read`, cause)
      return []
    }
    return entries
      .filter(
        (entry) =>
          (entry.isFile() || entry.isSymbolicLink()) && endings.some((end) => entry.name.endsWith(end)),
      )
      .map((entry) => relative(this.#root, join(entry.parentPath, entry.name)).replaceAll(sep, posix.sep))
      .filter((path) => !path.split(posix.sep).some((part) => part.startsWith('.') && part !== '..'))
  }

  #unreadable(path: string, message: string, cause?: unknown): void {
    const location = { file: path, line: 1, column: 1 }
    this.#diagnostics.error(new WaterworksError('WW1009', { message, location, cause }))
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOENT' || code === 'ENOTDIR'
}
