import { isUtf8 } from 'node:buffer'
import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'
import type { Diagnostics } from '../errors/diagnostics.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { type Ignores, ignorePatterns } from './ignore-patterns.ts'
import type { ReadTrail } from './read-trail.ts'
import { utf8Text } from './utf8-text.ts'

export interface TextFile {
  /** Relative to the project folder, with `/` between folders. */
  readonly path: string
  readonly text: string
}

export interface ReadingOptions {
  /** Notes what is read. */
  readonly trail?: ReadTrail | undefined
  /** The files that folders of packages are taken to hold, absolute, in place of looking. */
  readonly only?: ReadonlySet<string> | undefined
}

/** What dbt does not read, as patterns like those of git. https://docs.getdbt.com/reference/dbtignore */
const IGNORE_FILE = '.dbtignore'
/** A file or folder whose name begins with a dot. */
const HIDDEN = /(?:^|\/)\.(?!\.?\/)/

/**
 * Reads the files of one project folder. What cannot be read is noted (WW1009), what is not there is not.
 * Synchronous on purpose: for thousands of small files that costs a tenth of what promises cost.
 */
export class ProjectFiles {
  readonly #root: string
  readonly #diagnostics: Diagnostics
  readonly #prefix: string
  /** How this folder, and those of packages within it, are read. */
  readonly reading: ReadingOptions
  readonly #folders = new Map<string, readonly string[]>()
  #ignores: Ignores | undefined

  /** `prefix` leads from the project's folder to `root`, and is shown before paths. */
  constructor(root: string, diagnostics: Diagnostics, prefix = '', reading: ReadingOptions = {}) {
    this.reading = reading
    this.#root = root
    this.#diagnostics = diagnostics
    this.#prefix = prefix
  }

  /** A path below this folder as people are to see it. */
  shown(path: string): string {
    return this.#prefix === '' ? path : `${this.#prefix}/${path}`
  }

  /** Paths of the files at any depth below the folders, by name's ending, sorted; hidden folders and what .dbtignore names are passed over. */
  list(folders: readonly string[], endings: readonly string[]): readonly string[] {
    const paths = folders.flatMap((folder) => this.#listFolder(folder))
    return [...new Set(paths)].filter((path) => endings.some((end) => path.endsWith(end))).sort()
  }

  /** The files that `list` finds, with their texts. */
  readAll(folders: readonly string[], endings: readonly string[]): readonly TextFile[] {
    return this.list(folders, endings)
      .map((path) => this.read(path))
      .filter((file) => file !== undefined)
  }

  read(path: string): TextFile | undefined {
    const bytes = this.readBytes(path)
    if (!bytes) return undefined
    if (isUtf8(bytes)) return { path, text: utf8Text(bytes).replace(/^\uFEFF/, '') }
    this.#unreadable(path, `${this.shown(path)} is not UTF-8 text`)
    return undefined
  }

  readBytes(path: string): Uint8Array | undefined {
    try {
      return this.bytesAt(join(this.#root, path))
    } catch (cause) {
      if (!isMissing(cause)) this.#unreadable(path, `${this.shown(path)} cannot be read`, cause)
    }
    return undefined
  }

  /** The bytes of a file anywhere; throws what reading throws. */
  bytesAt(path: string): Uint8Array {
    return this.reading.trail?.read(path) ?? readFileSync(path)
  }

  /** Names of the folders in a folder, links to folders included, sorted. */
  foldersIn(folder: string): readonly string[] {
    try {
      this.reading.trail?.list(join(this.#root, folder))
      return readdirSync(join(this.#root, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
        .map(({ name }) => name)
        .filter((name) => !name.startsWith('.'))
        .sort()
    } catch (cause) {
      if (!isMissing(cause))
        this.#unreadable(folder, `the folder ${this.shown(folder)} cannot be read`, cause)
      return []
    }
  }

  /** Every file below a folder; folders are walked once, however many kinds of files are looked for in them. */
  #listFolder(folder: string): readonly string[] {
    let paths = this.#folders.get(folder)
    if (!paths) {
      paths = this.#walk(folder)
      this.#folders.set(folder, paths)
    }
    return paths
  }

  #walk(folder: string): string[] {
    const { only, trail } = this.reading
    if (only !== undefined) return this.#within(folder, only)
    let entries: Dirent[]
    try {
      trail?.list(join(this.#root, folder))
      entries = readdirSync(join(this.#root, folder), { recursive: true, withFileTypes: true })
    } catch (cause) {
      if (!isMissing(cause))
        this.#unreadable(folder, `the folder ${this.shown(folder)} cannot be read`, cause)
      return []
    }
    if (trail) {
      for (const entry of entries) if (entry.isDirectory()) trail.list(join(entry.parentPath, entry.name))
    }
    return entries
      .filter((entry) => entry.isFile() || entry.isSymbolicLink())
      .map((entry) => relative(this.#root, join(entry.parentPath, entry.name)).replaceAll(sep, posix.sep))
      .filter((path) => !HIDDEN.test(path) && !this.#ignored(path))
  }

  #ignored(path: string): boolean {
    this.#ignores ??= ignorePatterns(this.read(IGNORE_FILE)?.text ?? '')
    return this.#ignores(path)
  }

  #within(folder: string, only: ReadonlySet<string>): string[] {
    const start = join(this.#root, folder) + sep
    return [...only]
      .filter((path) => path.startsWith(start))
      .map((path) => relative(this.#root, path).replaceAll(sep, posix.sep))
  }

  #unreadable(path: string, message: string, cause?: unknown): void {
    const location = { file: this.shown(path), line: 1, column: 1 }
    this.#diagnostics.error(new WaterworksError('WW1009', { message, location, cause }))
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOENT' || code === 'ENOTDIR'
}
