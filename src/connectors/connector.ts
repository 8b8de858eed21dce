import type { Batch } from '../batch/batch.ts'
import type { Field } from '../batch/logical-type.ts'
import type { Captured, FileScan } from '../formats/file-scan.ts'

/** Something a connector can read, by a name unique within its pipeline. */
export interface Stream {
  readonly name: string
  /** The fields as the source shows them now; a connector that cannot know them before reading gives none. */
  readonly fields: readonly Field[]
  /** The columns that say which row is which, where the source knows. */
  readonly key?: readonly string[]
  /** The column that grows as rows change, where the source knows. */
  readonly incrementalKey?: string | undefined
}

/** A whole file to land unchanged. */
export interface FileArrival {
  readonly kind: 'file'
  /** Where the file is now, absolute. */
  readonly file: string
  /** What a person calls it, relative to the project. */
  readonly origin: string
  readonly scan: FileScan
  /** Records in the file, counted from its bytes. */
  readonly records: number
  /** What the piece is known by: SHA-256, in hex, of the bytes and of what `captured` adds to them, where it does. */
  readonly hash: string
  /** SHA-256 of the bytes alone, in hex, where `hash` is not that. */
  readonly contentHash?: string
  /** `fileStamp` of the source when it was hashed: unchanged, it says that the bytes are still those hashed. */
  readonly stamp?: string
  readonly position: string
}

/** Takes in the rows of an arrival. */
export interface BatchSink {
  /** All that was written is void: the arrival's rows come again from the first one. */
  restart(): Promise<void>
  /**
   * Slow while the disk is.
   * @param refusals what keeps rows of the batch from being loaded, by row
   */
  write(batch: Batch, refusals?: ReadonlyMap<number, Refusal>): Promise<void>
}

/** Why a row is not to be loaded. */
export interface Refusal {
  /** Without a value in it. */
  readonly reason: string
  /** Where the record stands in its file. */
  readonly line?: number
  readonly byte?: number
  /** Whether nothing of the record is kept: it could not be taken apart, and may hold anything. */
  readonly withheld?: boolean
}

/** Some rows of a source, to land as Parquet. They are fetched when `writeTo` asks for them. */
export interface RowsArrival {
  readonly kind: 'rows'
  /** What the columns are to be read as. */
  readonly fields: readonly Field[]
  /** What they are in the batches, where it is not that: text that is to be read as another type. */
  readonly landedAs?: readonly Field[]
  /** What a person calls it. */
  readonly origin: string
  readonly position: string
  /** The file that the rows were taken from, where they are known by it and not by themselves. */
  readonly piece?: DecodedPiece
  /** Writes every row, each batch with the columns of `fields`. To be called once. */
  writeTo(sink: BatchSink): Promise<void>
}

/** A file that is landed as the rows that it was decoded into. */
export interface DecodedPiece extends Pick<FileArrival, 'hash' | 'stamp' | 'records'>, Captured {}

export type Arrival = FileArrival | RowsArrival

/** An amount of data that is about to be read. */
export interface Expected {
  readonly bytes?: number
  readonly rows?: number
}

/** Where a read begins: behind a position, or with what is not known, as the connector goes. */
export interface Since {
  readonly position: string | null
  readonly known?: ReadonlySet<string> | undefined
}

/** A piece that was there and was not read. */
export interface LeftOut {
  /** What a person calls it. */
  readonly origin: string
  readonly reason: string
}

/** A piece of a source as an earlier run saw it. */
export interface SeenPiece {
  readonly origin: string
  readonly stamp: string
  readonly hash: string
}

/**
 * A source. `read` is pulled: nothing is fetched before it is asked for. Positions are opaque texts of the
 * connector's own; `read` with the position of an earlier arrival goes on right after it, without gap or double.
 *
 * Sources whose pieces have no order of arrival (files in a folder) are read by what is `known`: the content
 * hashes already landed or loaded. Given it, they yield every piece that is not in it, wherever it stands; a
 * position that listed them all itself would grow with every load. Ordered sources ignore it.
 */
export interface Connector {
  /** How many streams it reads at once; 1 unless given. */
  readonly streamsAtOnce?: number
  discover(): Promise<readonly Stream[]>
  /** One stream as the source shows it now; of sources that know their streams before they read them. */
  describe?(stream: string): Promise<Stream>
  read(stream: string, position: string | null, known?: ReadonlySet<string>): AsyncIterable<Arrival>
  /**
   * Tells that these streams are about to be read at once, each to its end, so that one reading may serve them all. Where
   * one of them is not read after all, `interrupt` lets the others go.
   */
  readTogether?(streams: readonly string[]): Promise<void>
  /**
   * Content hashes of all that a stream is made of now, in order: what a full reload must hold. Only of sources
   * whose pieces have identities, as files have.
   */
  current?(stream: string): Promise<readonly string[]>
  /**
   * How much `read` would yield, as far as the source can tell without reading; for showing progress, so it may be
   * off.
   */
  expected?(stream: string, since: Since): Promise<Expected>
  /**
   * Tells the connector what it found in earlier runs, so that what looks the same from outside is not read again to
   * learn that it is the same.
   */
  recall?(pieces: Iterable<SeenPiece>): void
  /** Pieces that the last read of a stream left for another time, and why. */
  leftOut?(stream: string): readonly LeftOut[]
  /** What the last read of a stream has to tell, in sentences without a value. */
  notes?(stream: string): readonly string[]
  /** All rows of a stream as they are now, with these columns only; of sources whose rows have keys. */
  keys?(stream: string, columns: readonly string[]): AsyncIterable<Batch>
  /** Lets go of what holds the source at one moment: all that a run was to read of it is read. */
  release?(): Promise<void>
  /** Has whatever is being read fail; safe to call at any time. */
  interrupt?(): Promise<void>
  /** Whether a read may go on behind this position; any unless given. What lies behind the last such one is read again. */
  isResumable?(position: string): boolean
  close(): Promise<void>
}
