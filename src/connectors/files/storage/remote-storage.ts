import { readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { makeProcessFolder } from '../../process-folder.ts'
import type { MatchedFile } from '../expand-glob.ts'
import { type DownloadPatience, download } from './download.ts'
import type { FileFacts, FileStorage, HeldFile } from './file-storage.ts'
import { remoteGlob } from './remote-glob.ts'
import { type RemoteFile, RemoteFileChanged, type RemoteStore } from './remote-store.ts'

const PATIENCE: DownloadPatience = { retries: 5, pauseMs: 200 }

/**
 * Files of a store elsewhere. A listing tells sizes, times and versions, so that what was read before is not fetched again; a file
 * is held as a copy of the version that was listed.
 */
export class RemoteStorage implements FileStorage {
  readonly #store: RemoteStore
  readonly #folder: string
  readonly #patience: DownloadPatience
  readonly #listed = new Map<string, RemoteFile>()

  /** @param folder where copies are, while they are held */
  constructor(store: RemoteStore, folder: string, patience: DownloadPatience = PATIENCE) {
    this.#store = store
    this.#folder = folder
    this.#patience = patience
  }

  async match(glob: string): Promise<readonly MatchedFile[]> {
    const { prefix, matches, mayHold } = remoteGlob(this.fileOf(glob))
    const matched: MatchedFile[] = []
    for await (const file of this.#store.list(prefix, mayHold)) {
      this.#listed.set(file.path, file)
      if (matches(file.path)) matched.push({ file: file.path, origin: `${this.#store.scheme}${file.path}` })
    }
    return matched.sort((a, b) => (a.origin < b.origin ? -1 : a.origin > b.origin ? 1 : 0))
  }

  fileOf(origin: string): string {
    const { scheme } = this.#store
    return origin.startsWith(scheme) ? origin.slice(scheme.length) : origin
  }

  look(file: string): Promise<FileFacts | undefined> {
    return this.#find(file)
  }

  async stamp(file: string): Promise<string> {
    const found = await this.#find(file)
    if (found === undefined) throw new RemoteFileChanged(file)
    return stampOf(found)
  }

  async text(file: string): Promise<string | undefined> {
    const held = await this.hold(file)
    if (held === undefined) return undefined
    await using copy = held
    return readFile(copy.path, 'utf8')
  }

  /** The copy is in a folder of its own under the file's name, which tells its format. */
  async hold(file: string): Promise<HeldFile | undefined> {
    const listed = await this.#find(file)
    if (listed === undefined) return undefined
    const folder = await makeProcessFolder(this.#folder)
    const remove = () => rm(folder, { recursive: true, force: true })
    const path = join(folder, basename(file))
    try {
      await download(this.#store, listed, path, this.#patience)
    } catch (error) {
      await remove()
      if (error instanceof RemoteFileChanged) return undefined
      throw error
    }
    return { path, stamp: stampOf(listed), isUnchanged: async () => true, [Symbol.asyncDispose]: remove }
  }

  close(): Promise<void> {
    return this.#store.close()
  }

  async #find(path: string): Promise<RemoteFile | undefined> {
    const known = this.#listed.get(path) ?? (await this.#store.look(path))
    if (known !== undefined) this.#listed.set(path, known)
    return known
  }
}

function stampOf({ size, mtimeMs, version }: RemoteFile): string {
  return `${size}:${mtimeMs}:${version}`
}
