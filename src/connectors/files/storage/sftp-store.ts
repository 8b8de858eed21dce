import { posix } from 'node:path'
import type { FileEntryWithStats, Stats } from 'ssh2'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import { type RemoteFile, RemoteFileChanged, type RemoteStore, StoreRefusal } from './remote-store.ts'
import { type SftpPlace, SftpSession, SftpStatus } from './sftp-session.ts'

/**
 * What is asked for at a time, and how much of it ahead of what is read: the line is kept full, and memory flat. More than ssh2 takes
 * for one packet would be asked for in two turns.
 */
const PART = 30 << 10
const AHEAD = 64

/**
 * Files of a server that speaks SFTP. Paths begin with a slash: those of the server's root as they are, those of the user's home
 * as `/~/…`. A file's version is its size and time, which servers tell to the second.
 */
export class SftpStore implements RemoteStore {
  readonly scheme: string
  readonly #place: SftpPlace
  #session: Promise<SftpSession> | undefined
  #refusal: StoreRefusal | undefined

  /** @param scheme what URLs of its files begin with, before the path: `sftp://host` */
  constructor(scheme: string, place: SftpPlace) {
    this.scheme = scheme
    this.#place = place
  }

  /** Folder by folder, where anything that is wanted can be. Links are followed, but never in a circle. */
  async *list(prefix: string, mayHold: (folder: string) => boolean): AsyncGenerator<RemoteFile> {
    const folder = prefix.slice(0, prefix.lastIndexOf('/'))
    const real = await this.#insist(folder, (session) => session.realPath(onServer(folder))).catch(ifMissing)
    if (real === undefined) return
    for await (const file of this.#walk(folder, [real], mayHold)) if (file.path.startsWith(prefix)) yield file
  }

  async look(path: string): Promise<RemoteFile | undefined> {
    const found = await this.#insist(path, (session) => session.stat(onServer(path))).catch(ifMissing)
    return found === undefined || found.isDirectory() ? undefined : asFile(path, found)
  }

  async open(file: RemoteFile, from: number): Promise<AsyncIterable<Uint8Array>> {
    const session = await this.#connect()
    const handle = await session.openFile(onServer(file.path)).catch((error: unknown) => {
      if (error instanceof SftpStatus && error.isMissing) throw new RemoteFileChanged(file.path)
      throw error
    })
    return contents(session, handle, file, from)
  }

  async close(): Promise<void> {
    const session = await this.#session?.catch(() => undefined)
    this.#session = undefined
    await session?.close()
  }

  /** @param above the true paths of the folder and of those it is in */
  async *#walk(
    folder: string,
    above: readonly string[],
    mayHold: (folder: string) => boolean,
  ): AsyncGenerator<RemoteFile> {
    const entries = await this.#insist(folder, (session) => session.entries(onServer(folder))).catch(
      ifMissing,
    )
    for (const entry of entries ?? []) {
      const { filename } = entry
      if (filename === '.' || filename === '..') continue
      const path = `${folder}/${filename}`
      const found = await this.#follow(path, entry)
      if (found === undefined) continue
      if (!found.isDirectory()) {
        if (found.isFile()) yield asFile(path, found)
        continue
      }
      if (!mayHold(path)) continue
      const isLink = found !== entry.attrs
      const real = isLink
        ? await this.#insist(path, (session) => session.realPath(onServer(path))).catch(ifMissing)
        : posix.join(above.at(-1)!, filename)
      if (real !== undefined && !above.includes(real)) yield* this.#walk(path, [...above, real], mayHold)
    }
  }

  /** What is at a path, where a link leads; undefined where it leads nowhere. */
  async #follow(path: string, { attrs }: FileEntryWithStats): Promise<Stats | undefined> {
    if (isWhole(attrs) && !attrs.isSymbolicLink()) return attrs
    return this.#insist(path, (session) => session.stat(onServer(path))).catch(ifMissing)
  }

  /** Does something over a connection, anew over another one where it breaks. */
  async #insist<T>(path: string, act: (session: SftpSession) => Promise<T>): Promise<T> {
    for (let retry = 0; ; retry++) {
      try {
        return await act(await this.#connect())
      } catch (error) {
        if (error instanceof StoreRefusal || (error instanceof SftpStatus && error.isMissing)) throw error
        if (error instanceof SftpStatus || retry >= this.#place.retries) {
          const reason = error instanceof Error ? error.message : String(error)
          throw new WaterworksError('WW4015', { message: `${this.scheme}${path}: ${reason}`, cause: error })
        }
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * 2 ** retry))
    }
  }

  /** A server that refused once is not asked again: it may lock the account. */
  async #connect(): Promise<SftpSession> {
    if (this.#refusal !== undefined) throw this.#refusal
    for (;;) {
      this.#session ??= SftpSession.open(this.#place)
      const opening = this.#session
      const session = await opening.catch((error: unknown) => {
        if (error instanceof StoreRefusal) this.#refusal = error
        if (this.#session === opening) this.#session = undefined
        throw error
      })
      if (!session.isBroken) return session
      if (this.#session === opening) this.#session = undefined
    }
  }
}

const PAUSE_MS = 200

/** The bytes of a file from one on, as it was listed. Ends with RemoteFileChanged when it is another by then. */
async function* contents(
  session: SftpSession,
  handle: Buffer,
  file: RemoteFile,
  from: number,
): AsyncGenerator<Buffer> {
  const asked: Promise<Buffer>[] = []
  const verify = async () => {
    const { version } = asFile(file.path, await session.statHandle(handle))
    if (version !== file.version) throw new RemoteFileChanged(file.path)
  }
  try {
    await verify()
    for (let next = from; next < file.size || asked.length > 0; ) {
      while (next < file.size && asked.length < AHEAD) {
        const part = session.read(handle, next, Math.min(PART, file.size - next))
        // It is awaited in its turn, or not at all when one before it fails.
        part.catch(() => undefined)
        asked.push(part)
        next += PART
      }
      const part = await asked.shift()!
      if (part.length === 0) break
      yield part
    }
    await verify()
  } finally {
    await Promise.allSettled(asked)
    await session.closeHandle(handle)
  }
}

function asFile(path: string, { size, mtime }: Stats): RemoteFile {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(mtime)) {
    throw new WaterworksError('WW4015', { message: `${path}: the server tells no size or time of it` })
  }
  return { path, size, mtimeMs: mtime * 1000, version: `${size}:${mtime}` }
}

/** Servers may leave out what they please. */
function isWhole({ mode, size, mtime }: Partial<Stats>): boolean {
  return mode !== undefined && size !== undefined && mtime !== undefined
}

function ifMissing(error: unknown): undefined {
  if (error instanceof SftpStatus && error.isMissing) return undefined
  throw error
}

/** A path as the server takes it. */
function onServer(path: string): string {
  if (path === '/~') return '.'
  return path.startsWith('/~/') ? path.slice(3) : path === '' ? '/' : path
}
