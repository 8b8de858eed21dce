import type { Batch } from '../../batch/batch.ts'
import type { LogicalType } from '../../batch/logical-type.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { KeyLag, TablePattern } from '../../project/pipeline.ts'
import type { Connection } from '../../project/project.ts'
import type { Connector, Expected, RowsArrival, Since, Stream } from '../connector.ts'
import { guessRows } from './guess-rows.ts'
import { type IncrementalKey, incrementalKey } from './incremental-key.ts'
import { parseKeyPosition, parsePagePosition } from './key-position.ts'
import { greatestKey, keyRanges } from './key-ranges.ts'
import { pageCondition, pageRanges } from './page-ranges.ts'
import { type Chunk, rowsArrival } from './rows-arrival.ts'
import { SourceClient } from './source-client.ts'
import { type Patience, SourceSnapshot } from './source-snapshot.ts'
import { quoteTable } from './source-sql.ts'
import { readTable, type SourceTable } from './source-table.ts'
import { checkStorage } from './storage-check.ts'
import { tableReading } from './table-reading.ts'

/** A table that is a stream. */
export interface PostgresStream extends TablePattern {
  readonly stream: string
  /** Types that are declared rather than the mapped ones, by column. */
  readonly columns: Readonly<Record<string, LogicalType>>
  /** Reads what is above the position in this column; undefined reads everything. */
  readonly incremental: IncrementalRead | undefined
}

export interface IncrementalRead {
  readonly key: string
  readonly lag: KeyLag | undefined
  /** Whether the load tells a row that is read again from a new one. */
  readonly identified: boolean
  readonly onNullKey: 'raise' | 'include' | 'exclude'
}

export interface PostgresConnectorOptions {
  readonly connection: Connection
  readonly streams: readonly PostgresStream[]
  /** About how many rows an arrival has. */
  readonly chunkRows: number
  readonly patience?: Patience
  /** Hears of each chunk that is asked for. */
  readonly onChunk?: () => void
}

const PATIENCE: Patience = { retries: 6, pauseMs: 200 }

/**
 * Tables of a Postgres database. Everything is read at one moment, which the first read takes and `release` or `close`
 * lets go. A full read goes by ranges of storage, an incremental one by ranges of its key, each an arrival.
 */
export class PostgresConnector implements Connector {
  /** One connection holds the moment. */
  readonly streamsAtOnce: number
  readonly #options: PostgresConnectorOptions
  #snapshot: Promise<SourceSnapshot> | undefined

  constructor(options: PostgresConnectorOptions) {
    this.#options = options
    this.streamsAtOnce = options.connection.maxConnections - 1
  }

  /** Each stream with its columns as they are mapped, and its key. Throws WW4203 for a table that is not there. */
  async discover(): Promise<readonly Stream[]> {
    return Promise.all(this.#options.streams.map(({ stream }) => this.describe(stream)))
  }

  async describe(stream: string): Promise<Stream> {
    const source = this.#source(stream)
    const table = await this.#table(source)
    return { name: stream, fields: tableReading(table, source.columns).fields, key: table.key }
  }

  /**
   * The rows after a position. A position of this connector's own moment is gone on from exactly; one of an earlier
   * moment less the lag, its own key included, because rows may have been committed late. Of an empty table there is
   * one arrival without rows, so that it is known.
   */
  async *read(stream: string, position: string | null): AsyncGenerator<RowsArrival, void, undefined> {
    const source = this.#source(stream)
    for await (const arrival of source.incremental === undefined
      ? this.#readAll(source, position)
      : this.#readNew(source, source.incremental, position)) {
      this.#options.onChunk?.()
      yield arrival
    }
  }

  /** Rows as the source last counted them, or as its planner guesses those behind a position. */
  async expected(stream: string, { position }: Since): Promise<Expected> {
    const source = this.#source(stream)
    const snapshot = await this.#moment()
    const table = await this.#table(source)
    const known = parseKeyPosition(position)
    if (source.incremental === undefined || known?.after == null)
      return table.rows > 0 ? { rows: table.rows } : {}
    const { key: column, lag, identified } = source.incremental
    const key = incrementalKey(table, column, lag, identified)
    const above = await this.#above(snapshot, key, known, known.at === snapshot.id)
    return { rows: await this.#ask(snapshot, (client) => guessRows(client, table, above)) }
  }

  /** Throws WW4209 when the table lacks one of the columns. */
  async *keys(stream: string, columns: readonly string[]): AsyncGenerator<Batch> {
    const source = this.#source(stream)
    const client = await SourceClient.connect(this.#options.connection)
    try {
      await client.rows('begin transaction isolation level repeatable read, read only')
      const table = await readTable(client, source)
      const own = table.columns.filter((column) => columns.includes(column.name))
      if (own.length < columns.length) {
        throw new WaterworksError('WW4209', {
          message: `${table.schema}.${table.name} lacks one of the keys ${columns.join(', ')}`,
        })
      }
      const reading = tableReading({ ...table, columns: own }, source.columns)
      yield* client.copy(reading.query(undefined), reading.landedAs)
      await checkStorage(client, table)
    } finally {
      await client.close()
    }
  }

  async release(): Promise<void> {
    const snapshot = this.#snapshot
    this.#snapshot = undefined
    await (await snapshot?.catch(() => undefined))?.close()
  }

  async interrupt(): Promise<void> {
    const snapshot = await this.#snapshot?.catch(() => undefined)
    snapshot?.interrupt()
  }

  close(): Promise<void> {
    return this.release()
  }

  async *#readAll(source: PostgresStream, position: string | null): AsyncGenerator<RowsArrival> {
    const snapshot = await this.#moment()
    const table = await this.#table(source)
    const known = parsePagePosition(position)
    const done = known?.at === snapshot.id ? known.page : 0
    for (const range of pageRanges(table, this.#options.chunkRows)) {
      if (range.from < done) continue
      const page = range.to ?? Number.MAX_SAFE_INTEGER
      yield rowsArrival({
        ...this.#chunk(snapshot, table, source),
        condition: pageCondition(range),
        position: JSON.stringify({ at: snapshot.id, page }),
      })
    }
  }

  async *#readNew(
    source: PostgresStream,
    { key: column, lag, identified, onNullKey }: IncrementalRead,
    position: string | null,
  ): AsyncGenerator<RowsArrival> {
    const snapshot = await this.#moment()
    const table = await this.#table(source)
    const key = incrementalKey(table, column, lag, identified)
    const known = parseKeyPosition(position)
    const isOurs = known?.at === snapshot.id
    const chunk = this.#chunk(snapshot, table, source)
    const at = snapshot.id
    if (onNullKey === 'raise' && !isOurs) await this.#refuseKeyless(snapshot, table, key)
    const greatest = await this.#ask(snapshot, (client) => greatestKey(client, table, key))
    const bound = await this.#greater(snapshot, key, known?.bound ?? null, greatest)
    const readsKeyless = onNullKey === 'include' && key.keyless !== undefined && !isOurs
    if (readsKeyless || (known === undefined && greatest === null)) {
      const after = known?.after ?? null
      const condition = readsKeyless ? key.keyless : 'false'
      yield rowsArrival({ ...chunk, condition, position: JSON.stringify({ at, after, bound }) })
    }
    const above = await this.#above(snapshot, key, known, isOurs)
    const { chunkRows } = this.#options
    for (const range of await this.#ask(snapshot, (c) => keyRanges(c, table, key, above, chunkRows))) {
      const position = JSON.stringify({ at, after: range.to, bound })
      yield rowsArrival({ ...chunk, condition: range.condition, position })
    }
  }

  /** The condition of rows that are still to be read; undefined for all. */
  async #above(
    snapshot: SourceSnapshot,
    key: IncrementalKey,
    known: ReturnType<typeof parseKeyPosition>,
    isOurs: boolean,
  ): Promise<string | undefined> {
    if (known?.after == null) return undefined
    if (isOurs) return `${key.name} > ${key.value(known.after)}`
    const start = key.start(known.after, known.bound ?? known.after)
    const [row] = await this.#ask(snapshot, (client) => client.rows(`select (${start})::text`))
    return `${key.name} >= ${key.value(row![0]!)}`
  }

  async #greater(
    snapshot: SourceSnapshot,
    key: IncrementalKey,
    a: string | null,
    b: string | null,
  ): Promise<string | null> {
    if (a === null || b === null) return a ?? b
    const greater = `greatest(${key.value(a)}, ${key.value(b)})`
    const [row] = await this.#ask(snapshot, (client) => client.rows(`select (${greater})::text`))
    return row?.[0] ?? null
  }

  async #refuseKeyless(snapshot: SourceSnapshot, table: SourceTable, key: IncrementalKey): Promise<void> {
    if (key.keyless === undefined) return
    const [row] = await this.#ask(snapshot, (client) =>
      client.rows(`select exists (select from ${quoteTable(table)} where ${key.keyless})`),
    )
    if (row?.[0] !== 't') return
    throw new WaterworksError('WW4207', {
      message: `${table.schema}.${table.name} has rows whose ${key.column} is NULL, infinite or no number`,
    })
  }

  #chunk(
    snapshot: SourceSnapshot,
    table: SourceTable,
    source: PostgresStream,
  ): Omit<Chunk, 'condition' | 'position'> {
    const reading = tableReading(table, source.columns)
    const origin = `${table.schema}.${table.name}`
    return { snapshot, table, reading, origin, patience: this.#patience }
  }

  #source(stream: string): PostgresStream {
    const source = this.#options.streams.find((candidate) => candidate.stream === stream)
    if (source === undefined) throw new TypeError(`no stream is named ${stream}`)
    return source
  }

  async #table(source: TablePattern): Promise<SourceTable> {
    return this.#ask(await this.#moment(), (client) => readTable(client, source))
  }

  #ask<T>(snapshot: SourceSnapshot, question: Parameters<typeof snapshot.insist<T>>[1]): Promise<T> {
    return snapshot.insist(this.#patience, question)
  }

  get #patience(): Patience {
    return this.#options.patience ?? PATIENCE
  }

  /** The one moment that everything is read at; another when the last one was lost. */
  #moment(): Promise<SourceSnapshot> {
    this.#snapshot = this.#renewed(this.#snapshot)
    return this.#snapshot
  }

  async #renewed(last: Promise<SourceSnapshot> | undefined): Promise<SourceSnapshot> {
    const snapshot = await last?.catch(() => undefined)
    if (snapshot !== undefined && !snapshot.isLost) return snapshot
    await snapshot?.close()
    return SourceSnapshot.take(this.#options.connection)
  }
}
