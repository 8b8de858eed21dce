import type { JsonObject } from '../api-manifest/json.ts'
import type { LogicalType } from '../batch/logical-type.ts'
import type { NameStyle } from '../naming/name-style.ts'
import type { Check } from '../quality/check.ts'
import type { TransformStage } from '../transform/transform-stage.ts'
import type { LoadStrategy } from './load-strategy.ts'
import type { Origin } from './origin.ts'
import type { PersonalColumn } from './personal-data.ts'
import type { WrittenAt } from './requests/written-at.ts'
import type { SchemaChanges } from './schema-changes.ts'

/** A pipeline file, validated and with every default filled in. REQUIREMENTS section 1 has the keys. */
export interface Pipeline {
  readonly name: string
  readonly description: string
  readonly owner: string | undefined
  readonly schedule: string | undefined
  readonly timezone: string
  readonly slaMinutes: number | undefined
  readonly tier: 1 | 2 | 3
  readonly tags: readonly string[]
  readonly extract: Extract
  readonly transform: { readonly stages: readonly TransformStage[] }
  readonly load: Load
  readonly gates: { readonly preLoad: readonly Check[]; readonly postLoad: readonly Check[] }
  readonly errorHandling: ErrorHandling
  readonly origin: Origin
}

export interface Extract {
  readonly sourceSystem: string
  readonly strategy: 'full' | 'incremental'
  readonly incrementalKey: string | undefined
  /** The time a row happened, and the greatest lateness expected of it, in hours; both or neither. */
  readonly eventTime: string | undefined
  readonly maxLatenessHours: number | undefined
  readonly files: readonly FileSource[]
  /** Where the files are: a connection’s name, or null for a store that is looked for in the environment; undefined for the disk. */
  readonly store: string | null | undefined
  /** What is read of a database; undefined where something else is read. */
  readonly database: DatabaseExtract | undefined
  /** What is read of an HTTP API; undefined where something else is read. */
  readonly api: ApiExtract | undefined
  /** What a Singer tap brings; undefined where something else is read. */
  readonly tap: TapExtract | undefined
  readonly personal?: PersonalData | undefined
}

/** Streams of a Singer tap. */
export interface TapExtract {
  /** The tap and its arguments. */
  readonly command: readonly string[]
  readonly config: JsonObject
  /** The text of its catalog, where it is not asked for it. */
  readonly catalog: string | undefined
  readonly streams: readonly TapStreamSource[]
  /** How long it may write nothing. */
  readonly silenceSeconds: number
  /** Whether the text of its log is kept; unless said, where no personal data is treated. */
  readonly log: 'keep' | 'withhold' | undefined
}

/** A stream of a tap, and the table it fills. */
export interface TapStreamSource {
  readonly table: string
  /** As the tap calls it. */
  readonly name: string
  /** In place of the pipeline's. */
  readonly mergeKeys: readonly string[] | undefined
  readonly replicationKey: string | undefined
  /** The properties that are wanted; what the catalog selects where undefined. */
  readonly properties: readonly string[] | undefined
}

/** The columns with personal data: of the streams that declare their own, and of all others. */
export interface PersonalData {
  readonly shared: readonly PersonalColumn[]
  readonly streams: Readonly<Record<string, readonly PersonalColumn[]>>
}

/** The columns of a stream with personal data. */
export function personalOf({ personal }: Extract, stream: string): readonly PersonalColumn[] {
  if (personal === undefined) return []
  return Object.hasOwn(personal.streams, stream) ? personal.streams[stream]! : personal.shared
}

/** Streams of an HTTP API, as a declarative manifest or our own short form describes it. */
export interface ApiExtract {
  /** The manifest's file (a short form's is the pipeline's), relative to the project folder, and the manifest's text. */
  readonly manifest: string
  readonly document: string
  /** With the manifest's own defaults. */
  readonly config: JsonObject
  readonly streams: readonly ApiStreamSource[]
  /** Of a manifest that was made of a short form: the file's text, and where in it each part was written. */
  readonly written?: { readonly text: string; readonly places: readonly WrittenAt[] } | undefined
}

/** A stream of an API, and the table it fills. */
export interface ApiStreamSource {
  readonly table: string
  /** As the manifest calls it. */
  readonly name: string
  /** In place of the pipeline's. */
  readonly mergeKeys: readonly string[] | undefined
}

/** Whether rows are read behind a position, rather than files by what is known of them. */
export function readsRows({ database, api, tap }: Extract): boolean {
  return database !== undefined || api !== undefined || tap !== undefined
}

/** Tables of a database, each a stream of its own. */
export interface DatabaseExtract {
  /** A connection of the project. */
  readonly connection: string
  readonly tables: readonly TableSource[]
  /** What else is read, to be matched with what the source has: `expandTables` makes tables of it. */
  readonly patterns: readonly TablePattern[]
  readonly exclude: readonly TablePattern[]
  /** Types that are declared rather than the mapped ones, by column, in whichever table has it. */
  readonly columns: Readonly<Record<string, LogicalType>>
  /** About how many rows are landed at once. */
  readonly chunkRows: number
  /** How far below the watermark an incremental read begins; undefined leaves it to the key's type. */
  readonly lag: KeyLag | undefined
  readonly onNullKey: 'raise' | 'include' | 'exclude'
  readonly reconcile: Reconcile | undefined
}

/** A distance on the axis of an incremental key. */
export type KeyLag =
  | { readonly kind: 'time'; readonly hours: number }
  | { readonly kind: 'number'; readonly amount: number }

/** A periodic comparison of keys with the source, for rows that were deleted there. */
export interface Reconcile {
  /** A cron expression, in the pipeline's time zone. */
  readonly schedule: string
  readonly action: 'delete' | 'soft-delete' | 'report'
}

/** A table, view or partitioned table at the source, and the stream it is. */
export interface TableSource {
  /** The stream's and the source table's name. */
  readonly table: string
  readonly schema: string
  readonly name: string
  /** In place of the pipeline's. */
  readonly incrementalKey: string | undefined
  readonly mergeKeys: readonly string[] | undefined
  readonly columns: Readonly<Record<string, LogicalType>>
  /** Whether a pattern matched it, rather than the pipeline naming it. */
  readonly matched?: boolean
}

/** Names of tables with `*` for any run of characters. */
export interface TablePattern {
  readonly schema: string
  readonly name: string
}

/** Files that together are one stream, and so one table. */
export interface FileSource {
  /** The stream's and the source table's name. */
  readonly table: string
  /** Paths or globs, relative to the project folder; all read the same way. */
  readonly paths: readonly string[]
  /** From the file's ending unless given. */
  readonly format: FileFormat | undefined
  readonly compression: 'none' | 'gzip' | 'zstd' | undefined
  readonly encoding: string | undefined
  readonly delimiter: string | undefined
  readonly quote: string | undefined
  readonly escape: string | undefined
  readonly header: boolean | undefined
  readonly skipLines: number | undefined
  readonly nullTexts: readonly string[] | undefined
  readonly layout?: Layout | undefined
  readonly ragged?: boolean | undefined
  readonly pattern?: string | undefined
  readonly recordPath?: string | undefined
  readonly lists?: readonly string[] | undefined
  readonly sheet?: string | undefined
  readonly byPage?: boolean | undefined
  /** A file of the project. */
  readonly descriptorPath?: string | undefined
  readonly message?: string | undefined
  readonly completeness?: Completeness | undefined
  /** Types that are declared rather than inferred, by column. */
  readonly columns: Readonly<Record<string, LogicalType>>
}

/** When a file counts as delivered whole. */
export interface Completeness {
  readonly marker?: string | undefined
  readonly stableMs?: number | undefined
  readonly manifest?: string | undefined
}

export type FileFormat =
  | 'csv'
  | 'tsv'
  | 'json'
  | 'ndjson'
  | 'parquet'
  | 'fixed-width'
  | 'regex'
  | 'common-log'
  | 'combined-log'
  | 'syslog'
  | 'avro'
  | 'xml'
  | 'yaml'
  | 'excel'
  | 'protobuf'
  | 'orc'
  | 'text'
  | 'pdf'
  | 'image'
  | 'audio'
  | 'video'

/** Columns by the characters they stand at, from and to, counted from 1; to the line's end where `to` is null. */
export type Layout = readonly { readonly name: string; readonly from: number; readonly to: number | null }[]

/** The streams of a pipeline, each of which fills a table of that name. */
export function streamsOf({ files, database, api, tap }: Extract): readonly string[] {
  const rows = database?.tables ?? api?.streams ?? tap?.streams ?? []
  return [...files, ...rows].map((source) => source.table)
}

export interface Load {
  readonly targetSystem: string | undefined
  readonly schema: string
  readonly strategy: LoadStrategy
  readonly mergeKeys: readonly string[]
  /**
   * What merging does where the table has the key: `upsert` updates the row, `insert-only` leaves it, `delete-insert` puts all
   * arrived rows of the key in the place of all that are there.
   */
  readonly matched: 'upsert' | 'delete-insert' | 'insert-only'
  /** SQL over an arrived row: it tells that the row of its key was deleted at the source. */
  readonly deletedWhen: string | undefined
  readonly partitionKey: string | undefined
  /** Of the strategies that keep what was: since when a row holds, which columns count, what added columns are called. */
  readonly history: {
    readonly effectiveAt: string | undefined
    /** Of scd3 and scd6: the columns of which another value is kept beside each. */
    readonly columns: readonly string[]
    readonly validFrom: string
    readonly validTo: string
    readonly isCurrent: string
  }
  readonly schemaChanges: SchemaChanges
  /** How names of the source become those of columns; as they are found where undefined. */
  readonly names: NameStyle | undefined
  /** How nested values are taken apart; undefined where all of them stay JSON. */
  readonly nested: LoadNesting | undefined
}

/**
 * What becomes of a nested value: it stays JSON; objects become columns and lists stay JSON; or objects become columns and
 * lists tables of their own.
 */
export type NestedAs = 'json' | 'columns' | 'tables'

export interface Nesting {
  readonly as: NestedAs
  /** How many levels are taken apart; no limit where undefined. */
  readonly depth: number | undefined
  /** In place of `as`, by path of keys joined by dots, and for what is below it. */
  readonly paths: Readonly<Record<string, NestedAs>>
}

/** Whether lists may become tables of their own. */
export function makesTables({ as, paths }: Nesting): boolean {
  return as === 'tables' || Object.values(paths).includes('tables')
}

/** Of a pipeline's streams, some of which may have their own. */
export interface LoadNesting extends Nesting {
  readonly streams: Readonly<Record<string, Nesting>>
}

/** How the nested values of a stream are taken apart; undefined where all stay JSON. */
export function nestingOf({ nested }: Load, stream: string): Nesting | undefined {
  const own = nested && Object.hasOwn(nested.streams, stream) ? nested.streams[stream] : nested
  if (own === undefined) return undefined
  return [own.as, ...Object.values(own.paths)].some((as) => as !== 'json') ? own : undefined
}

export interface ErrorHandling {
  readonly strategy: 'fail-fast' | 'dead-letter' | 'retry' | 'skip-and-alert'
  readonly maxRetries: number
  readonly retryDelaySeconds: number
  readonly timeoutSeconds: number | undefined
  readonly alertChannels: readonly string[]
}
