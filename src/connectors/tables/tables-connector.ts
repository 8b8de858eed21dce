import type { Batch } from '../../batch/batch.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { TablePattern } from '../../project/pipeline.ts'
import type { Connector, Expected, RowsArrival, Since, Stream } from '../connector.ts'
import { type IncrementalKey, incrementalKey } from './incremental-key.ts'
import { type KeyPosition, parseKeyPosition, parseRangePosition } from './key-position.ts'
import { greatestKey, keyRanges } from './key-ranges.ts'
import { type Chunk, rowsArrival } from './rows-arrival.ts'
import type { Patience, SourceMoment } from './source-moment.ts'
import type { SourceTable } from './source-table.ts'
import type { Ask, TableClient } from './table-client.ts'
import type { TableDialect } from './table-dialect.ts'
import type { IncrementalRead, TableStream } from './table-stream.ts'

export interface TablesConnectorOptions {
  readonly streams: readonly TableStream[]
  /** About how many rows an arrival has. */
  readonly chunkRows: number
  readonly patience?: Patience
  /** Hears of each chunk that is asked for. */
  readonly onChunk?: () => void
}

const PATIENCE: Patience = { retries: 6, pauseMs: 200 }

/**
 * Tables of a database. Everything is read at one moment, which the first read takes and `release` or `close` lets go. A
 * full read goes by the dialect's ranges of a table, an incremental one by ranges of its key, each an arrival.
 */
export class TablesConnector<Table extends SourceTable> implements Connector {
  readonly streamsAtOnce: number
  readonly #dialect: TableDialect<Table>
  readonly #options: TablesConnectorOptions
  #moment: Promise<SourceMoment> | undefined

  constructor(dialect: TableDialect<Table>, options: TablesConnectorOptions) {
    this.#dialect = dialect
    this.#options = options
    this.streamsAtOnce = dialect.streamsAtOnce
  }

  /** Each stream with its columns as they are mapped, and its key. Throws WW4203 for a table that is not there. */
  async discover(): Promise<readonly Stream[]> {
    return Promise.all(this.#options.streams.map(({ stream }) => this.describe(stream)))
  }

  async describe(stream: string): Promise<Stream> {
    const source = this.#source(stream)
    const table = await this.#table(source)
    return { name: stream, fields: this.#dialect.reading(table, source.columns).fields, key: table.key }
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
    const moment = await this.#now()
    const table = await this.#table(source)
    const known = parseKeyPosition(position)
    if (source.incremental === undefined || known?.after == null)
      return table.rows > 0 ? { rows: table.rows } : {}
    const { key: column, lag, identified } = source.incremental
    const key = incrementalKey(this.#dialect, table, column, lag, identified)
    const ask = this.#askAt(moment)
    const above = await this.#above(ask, key, known, known.at === moment.id)
    return { rows: await ask((client) => this.#dialect.guessRows(client, table, above)) }
  }

  /** Throws WW4209 when the table lacks one of the columns. */
  async *keys(stream: string, columns: readonly string[]): AsyncGenerator<Batch> {
    const source = this.#source(stream)
    const client = await this.#dialect.connect()
    try {
      const table = await this.#dialect.readTable(client, source)
      if (columns.some((wanted) => !table.columns.some(({ name }) => name === wanted))) {
        throw new WaterworksError('WW4209', {
          message: `${table.schema}.${table.name} lacks one of the keys ${columns.join(', ')}`,
        })
      }
      const reading = this.#dialect.reading(table, source.columns, columns)
      yield* client.batches(reading.query(undefined), reading.landedAs)
      await this.#dialect.checkUnchanged(client, table)
    } finally {
      await client.close()
    }
  }

  async release(): Promise<void> {
    const moment = this.#moment
    this.#moment = undefined
    await (await moment?.catch(() => undefined))?.close()
  }

  async interrupt(): Promise<void> {
    const moment = await this.#moment?.catch(() => undefined)
    moment?.interrupt()
  }

  close(): Promise<void> {
    return this.release()
  }

  async *#readAll(source: TableStream, position: string | null): AsyncGenerator<RowsArrival> {
    const moment = await this.#now()
    const table = await this.#table(source)
    const known = parseRangePosition(position)
    const behind = known?.at === moment.id ? known.end : undefined
    const ranges = this.#dialect.ranges(table, this.#options.chunkRows, behind, this.#askAt(moment))
    for await (const { condition, end } of ranges) {
      yield rowsArrival({
        ...this.#chunk(moment, table, source),
        condition,
        position: JSON.stringify({ at: moment.id, end }),
      })
    }
  }

  async *#readNew(
    source: TableStream,
    { key: column, lag, identified, onNullKey }: IncrementalRead,
    position: string | null,
  ): AsyncGenerator<RowsArrival> {
    const dialect = this.#dialect
    const moment = await this.#now()
    const ask = this.#askAt(moment)
    const table = await this.#table(source)
    const key = incrementalKey(dialect, table, column, lag, identified)
    const known = parseKeyPosition(position)
    const isOurs = known?.at === moment.id
    const chunk = this.#chunk(moment, table, source)
    const at = moment.id
    if (onNullKey === 'raise' && !isOurs) await this.#refuseKeyless(ask, table, key)
    const greatest = await ask((client) => greatestKey(dialect, client, table, key))
    const bound = await this.#greater(ask, key, known?.bound ?? null, greatest)
    const readsKeyless = onNullKey === 'include' && key.keyless !== undefined && !isOurs
    if (readsKeyless || (known === undefined && greatest === null)) {
      const after = known?.after ?? null
      const condition = readsKeyless ? key.keyless : '1 = 0'
      yield rowsArrival({ ...chunk, condition, position: JSON.stringify({ at, after, bound }) })
    }
    const above = await this.#above(ask, key, known, isOurs)
    const { chunkRows } = this.#options
    for (const range of await ask((c) => keyRanges(dialect, c, table, key, above, chunkRows))) {
      const position = JSON.stringify({ at, after: range.to, bound })
      yield rowsArrival({ ...chunk, condition: range.condition, position })
    }
  }

  /** The condition of rows that are still to be read; undefined for all. */
  async #above(
    ask: Ask,
    key: IncrementalKey,
    known: KeyPosition | undefined,
    isOurs: boolean,
  ): Promise<string | undefined> {
    if (known?.after == null) return undefined
    if (isOurs) return `${key.name} > ${key.value(known.after)}`
    const start = key.start(known.after, known.bound ?? known.after)
    return `${key.name} >= ${key.value((await this.#evaluate(ask, start))!)}`
  }

  async #greater(ask: Ask, key: IncrementalKey, a: string | null, b: string | null): Promise<string | null> {
    if (a === null || b === null) return a ?? b
    return this.#evaluate(ask, `greatest(${key.value(a)}, ${key.value(b)})`)
  }

  async #evaluate(ask: Ask, value: string): Promise<string | null> {
    const [row] = await ask((client) => client.rows(`select ${this.#dialect.text(`(${value})`)}`))
    return row?.[0] ?? null
  }

  async #refuseKeyless(ask: Ask, table: Table, key: IncrementalKey): Promise<void> {
    if (key.keyless === undefined) return
    const where = `from ${this.#dialect.quoteTable(table)} where ${key.keyless}`
    const [row] = await ask((client) =>
      client.rows(`select case when exists (select 1 ${where}) then 'yes' else 'no' end`),
    )
    if (row?.[0] !== 'yes') return
    throw new WaterworksError('WW4207', {
      message: `${table.schema}.${table.name} has rows whose ${key.column} is NULL, infinite or no number`,
    })
  }

  #chunk(
    moment: SourceMoment,
    table: Table,
    source: TableStream,
  ): Omit<Chunk<Table>, 'condition' | 'position'> {
    const dialect = this.#dialect
    const reading = dialect.reading(table, source.columns)
    const origin = `${table.schema}.${table.name}`
    return { dialect, moment, table, reading, origin, patience: this.#patience }
  }

  #source(stream: string): TableStream {
    const source = this.#options.streams.find((candidate) => candidate.stream === stream)
    if (source === undefined) throw new TypeError(`no stream is named ${stream}`)
    return source
  }

  async #table(source: TablePattern): Promise<Table> {
    const ask = this.#askAt(await this.#now())
    return ask((client) => this.#dialect.readTable(client, source))
  }

  #askAt(moment: SourceMoment): Ask {
    return <T>(question: (client: TableClient) => Promise<T>) => moment.insist(this.#patience, question)
  }

  get #patience(): Patience {
    return this.#options.patience ?? PATIENCE
  }

  /** The one moment that everything is read at; another when the last one was lost. */
  #now(): Promise<SourceMoment> {
    this.#moment = this.#renewed(this.#moment)
    return this.#moment
  }

  async #renewed(last: Promise<SourceMoment> | undefined): Promise<SourceMoment> {
    const moment = await last?.catch(() => undefined)
    if (moment !== undefined && !moment.isLost) return moment
    await moment?.close()
    return this.#dialect.takeMoment()
  }
}
