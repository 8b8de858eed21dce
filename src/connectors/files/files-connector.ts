import type { Executor } from '../../engines/engine.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { hashFile } from '../../formats/bytes/hash-file.ts'
import { type ExaminedFile, examineFile } from '../../formats/examine-file.ts'
import type { ScanOptions } from '../../formats/scan-options.ts'
import { sniffFile } from '../../formats/sniff-file.ts'
import type { Connector, Expected, FileArrival, LeftOut, SeenPiece, Since, Stream } from '../connector.ts'
import { captureScan } from './capture-scan.ts'
import { Completeness, type CompletenessRules } from './completeness.ts'
import { type NamedFile, nameFiles } from './name-files.ts'
import { pieceHash } from './piece-hash.ts'
import type { SkippedFile, SkipReason } from './skipped-file.ts'
import type { FileStorage, HeldFile } from './storage/file-storage.ts'
import { LocalStorage } from './storage/local-storage.ts'
import { withDescriptor } from './with-descriptor.ts'

/** Files that together are one stream, and how to read them. */
export interface FilesSource extends ScanOptions {
  readonly table: string
  /** Paths or globs, relative to the root, with or without captures. */
  readonly paths: readonly string[]
  /** Of Protobuf: the file of the descriptor set, relative to the root. */
  readonly descriptorPath?: string | undefined
  /** When a file counts as delivered whole; at once unless given. */
  readonly completeness?: CompletenessRules | undefined
}

export interface FilesConnectorOptions {
  /** The project folder, absolute. */
  readonly root: string
  readonly files: readonly FilesSource[]
  /** Where they are; on the disk unless given. The connector closes it. */
  readonly storage?: FileStorage
  /** A session of an embedded DuckDB, for looking into files; the connector does not close it. */
  readonly executor: () => Promise<Executor>
  /** Hears of every file that matched and was not read. */
  readonly onSkip?: (skipped: SkippedFile) => void
}

/**
 * Files as a source: each stream is a path or glob, each file is read once by its content. A position is the path
 * of the last file read; given the known content hashes, every other file is read, also one whose name sorts
 * before that position.
 */
export class FilesConnector implements Connector {
  readonly #options: FilesConnectorOptions
  readonly #storage: FileStorage
  readonly #hashes = new Map<string, { readonly stamp: string; readonly hash: string }>()
  readonly #left = new Map<string, LeftOut[]>()

  constructor(options: FilesConnectorOptions) {
    this.#options = options
    this.#storage = options.storage ?? new LocalStorage(options.root)
  }

  /** One stream per source, with the fields of its last file. Throws WW4001 when a pattern matches nothing. */
  async discover(): Promise<readonly Stream[]> {
    const streams: Stream[] = []
    for (const source of this.#options.files) {
      const newest = (await this.#match(source)).at(-1)
      if (!newest) throw this.#noMatch(source)
      const options = await withDescriptor(this.#options.root, source)
      const held = await this.#storage.hold(newest.file)
      if (held === undefined) throw this.#noMatch(source)
      await using copy = held
      const sniffed = await sniffFile(await this.#options.executor(), copy.path, options)
      const scan = captureScan(sniffed, newest, source.columns)
      streams.push({ name: source.table, fields: scan.fields })
    }
    return streams
  }

  /**
   * Files not read yet, one at a time, in the order of their paths. With `known`, all whose content is not in it;
   * without, those after `position`. Nothing matches at all: WW4001 when nothing was ever read, else a skip. A
   * file that changes while it is read is skipped, to be read when it is complete.
   */
  async *read(
    stream: string,
    position: string | null,
    known?: ReadonlySet<string>,
  ): AsyncGenerator<FileArrival, void, undefined> {
    const source = this.#source(stream)
    this.#left.set(stream, [])
    const completeness = new Completeness(this.#storage, source.completeness ?? {})
    const matched = await this.#match(source, (origin, reason) => this.#skip({ stream, origin, reason }))
    if (matched.length === 0) {
      if (position === null && (known?.size ?? 0) === 0) throw this.#noMatch(source)
      this.#skip({ stream, origin: source.paths.join(', '), reason: 'nothing matches' })
    }
    const after = known === undefined && position !== null ? parsePosition(position) : undefined
    const seen = new Map<string, string>()
    for (const named of matched) {
      const { file, origin } = named
      const hash = await this.#remembered(file)
      if (after !== undefined && origin <= after) {
        seen.set(hash ?? (await this.#hash(named)), origin)
        continue
      }
      const wanted = hash === undefined || (!known?.has(hash) && !seen.has(hash))
      await using held = wanted ? await this.#storage.hold(file) : undefined
      const examined = wanted ? held && (await this.#examine(source, named, held)) : { hash }
      if (examined === undefined) {
        this.#skip({ stream, origin, reason: 'still being written' })
        continue
      }
      if ('scan' in examined && !(await completeness.agrees(file, asListed(examined)))) {
        this.#hashes.delete(file)
        this.#skip({ stream, origin, reason: 'not what its manifest says' })
        continue
      }
      const twin = seen.get(examined.hash)
      if (twin !== undefined) {
        this.#skip({ stream, origin, reason: 'same content as another file', sameAs: twin })
        continue
      }
      seen.set(examined.hash, origin)
      if (known?.has(examined.hash) || !('scan' in examined)) continue
      const { scan, records, stamp, contentHash, path } = examined
      yield {
        kind: 'file',
        file: path,
        origin,
        scan,
        records,
        hash: examined.hash,
        contentHash,
        stamp,
        position: formatPosition(origin),
      }
    }
  }

  /**
   * The contents that make up a stream now, each once, in the order of their files' paths. A file is hashed again
   * only when its stamp has changed.
   */
  async current(stream: string): Promise<readonly string[]> {
    const hashes = new Set<string>()
    for (const named of await this.#match(this.#source(stream))) hashes.add(await this.#hash(named))
    return [...hashes]
  }

  /**
   * What there is to read of a stream, seen from outside: a text for each file, which changes when the file does, or when it
   * becomes complete.
   */
  async glance(stream: string): Promise<readonly string[]> {
    const waiting: string[] = []
    const matched = await this.#match(this.#source(stream), (origin, reason) =>
      waiting.push(`${origin} ${reason}`),
    )
    const stamps = matched.map(
      async ({ file, origin }) => `${origin} ${await this.#storage.stamp(file).catch(() => 'gone')}`,
    )
    return [...(await Promise.all(stamps)), ...waiting]
  }

  /** Bytes of the files that are not remembered as known. */
  async expected(stream: string, { known }: Since): Promise<Expected> {
    let bytes = 0
    for (const { file } of await this.#match(this.#source(stream))) {
      const hash = await this.#remembered(file)
      if (hash === undefined || !known?.has(hash)) bytes += (await this.#storage.look(file))?.size ?? 0
    }
    return { bytes }
  }

  /** Files that match and were not read the last time, save copies of others. */
  leftOut(stream: string): readonly LeftOut[] {
    return (this.#left.get(stream) ?? []).filter(({ reason }) => TOLD.has(reason))
  }

  recall(pieces: Iterable<SeenPiece>): void {
    for (const { origin, stamp, hash } of pieces) {
      this.#hashes.set(this.#storage.fileOf(origin), { stamp, hash })
    }
  }

  async close(): Promise<void> {
    this.#hashes.clear()
    await this.#storage.close()
  }

  /** What is in a file, or undefined when something wrote to it meanwhile. */
  async #examine(
    source: FilesSource,
    named: NamedFile,
    { path, stamp, isUnchanged }: HeldFile,
  ): Promise<ExaminedPiece | undefined> {
    const options = await withDescriptor(this.#options.root, source)
    const examined = await examineFile(await this.#options.executor(), path, options).catch(
      async (error: unknown) => {
        // A file cut short in the middle of being written may not even decompress.
        if (!(await isUnchanged())) return undefined
        throw error
      },
    )
    if (examined === undefined || !(await isUnchanged())) return undefined
    const hash = pieceHash(examined.hash, named)
    this.#hashes.set(named.file, { stamp, hash })
    const scan = captureScan(examined.scan, named, source.columns)
    return { ...examined, scan, hash, contentHash: examined.hash, stamp, path }
  }

  async #remembered(file: string): Promise<string | undefined> {
    const entry = this.#hashes.get(file)
    return entry && entry.stamp === (await this.#storage.stamp(file)) ? entry.hash : undefined
  }

  /** Throws WW4005 for a file of a store elsewhere that changes as it is brought here. */
  async #hash(named: NamedFile): Promise<string> {
    const { file } = named
    const remembered = await this.#remembered(file)
    if (remembered !== undefined) return remembered
    const held = await this.#storage.hold(file)
    if (held === undefined) {
      throw new WaterworksError('WW4005', { message: `${named.origin} changed while it was looked at` })
    }
    await using copy = held
    const hash = pieceHash(await hashFile(copy.path), named)
    this.#hashes.set(file, { stamp: copy.stamp, hash })
    return hash
  }

  #source(stream: string): FilesSource {
    const source = this.#options.files.find((candidate) => candidate.table === stream)
    if (!source) throw new TypeError(`no stream is named ${stream}`)
    return source
  }

  /** A file that several patterns match is there once. */
  async #match(
    source: FilesSource,
    onSkip: (origin: string, reason: SkipReason) => void = () => {},
  ): Promise<readonly NamedFile[]> {
    const completeness = new Completeness(this.#storage, source.completeness ?? {})
    const misfit = (origin: string) => onSkip(origin, 'its name does not fit the pattern')
    const matched = new Map<string, NamedFile>()
    for (const pattern of source.paths) {
      for (const named of await nameFiles(this.#storage, pattern, misfit)) {
        if (completeness.isNote(named.file)) continue
        // A file that was read before was complete then, whatever became of its marker.
        const known = (await this.#remembered(named.file)) !== undefined
        const lack = known ? undefined : await completeness.lacks(named.file)
        if (lack === undefined) matched.set(named.file, named)
        else onSkip(named.origin, lack)
      }
    }
    return [...matched.values()].toSorted((a, b) => (a.origin < b.origin ? -1 : a.origin > b.origin ? 1 : 0))
  }

  #noMatch(source: FilesSource): WaterworksError {
    return new WaterworksError('WW4001', {
      message: `${source.table}: no file matches ${source.paths.join(', ')}`,
    })
  }

  #skip(skipped: SkippedFile): void {
    this.#left.get(skipped.stream)?.push({ origin: skipped.origin, reason: skipped.reason })
    this.#options.onSkip?.(skipped)
  }
}

/** Reasons that somebody may want to know of: there is data that is not loaded. */
const TOLD: ReadonlySet<string> = new Set<SkipReason>([
  'still being written',
  'its name does not fit the pattern',
  'its marker is not there yet',
  'written to a moment ago',
  'not in its manifest yet',
  'not what its manifest says',
])

/** The content's own hash is what a list of files can know. */
function asListed({ records, contentHash }: ExaminedPiece): {
  readonly records: number
  readonly hash: string
} {
  return { records, hash: contentHash }
}

/** A file as it is to land: known by `hash`, with the bytes of `contentHash`, which are at `path` until the next is asked for. */
interface ExaminedPiece extends ExaminedFile {
  readonly contentHash: string
  readonly path: string
}

/** The position after a file: its path. */
function formatPosition(origin: string): string {
  return JSON.stringify({ after: origin })
}

function parsePosition(position: string): string {
  const data: unknown = JSON.parse(position)
  if (typeof data === 'object' && data !== null && 'after' in data && typeof data.after === 'string') {
    return data.after
  }
  throw new TypeError('not a position of the files connector')
}
