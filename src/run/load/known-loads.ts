import type { SeenPiece } from '../../connectors/connector.ts'
import type { Dialect, Scalar } from '../../engines/dialect.ts'
import type { Executor, Row } from '../../engines/engine.ts'
import type { Relation } from '../../engines/relation.ts'
import { LOADS, POSITIONS, TREATMENTS } from './warehouse-tables.ts'

/** What the warehouse knows of a stream's contents, by content hash. */
export interface KnownStream {
  /** In the table, with their load ids. */
  readonly loaded: ReadonlyMap<string, string>
  /** Of all loads that are recorded: rows may be alike and of different loads. */
  readonly loadIds: ReadonlySet<string>
  /** Given up by a person: not in the table, and not to be. */
  readonly discarded: ReadonlySet<string>
  /** How the files looked from outside when they were read. */
  readonly seen: readonly SeenPiece[]
  /** Where the stream stands, as committed with its data; null before its first load. */
  readonly position: string | null
  readonly watermark: string | null
  /** How personal data of its rows was treated, as `treatmentOf` says it; null where nobody wrote it down. */
  readonly treatment: string | null
}

/**
 * What is loaded, as the warehouse has it: the one authority. Read whole at the first question of a run (the build
 * lease keeps everybody else from loading), and again for a stream once something was done to it.
 */
export class KnownLoads {
  readonly #dialect: Dialect
  #all: Promise<ReadonlyMap<string, KnownStream>> | undefined
  #tables: Promise<ReadonlySet<string>> | undefined
  readonly #stale = new Set<string>()

  constructor(dialect: Dialect) {
    this.#dialect = dialect
  }

  async of(executor: Executor, pipeline: string, stream: string): Promise<KnownStream> {
    const key = keyOf(pipeline, stream)
    if (this.#stale.has(key)) {
      return (await this.#read(executor, [pipeline, stream])).get(key) ?? NOTHING
    }
    this.#all ??= this.#read(executor, []).catch((error: unknown) => {
      this.#all = undefined
      throw error
    })
    return (await this.#all).get(key) ?? NOTHING
  }

  /** Whether a table is there. One that was not when the run first asked may have been made since. */
  async hasTable(executor: Executor, table: Relation): Promise<boolean> {
    this.#tables ??= executor
      .rows(`select table_schema, table_name from information_schema.tables`)
      .then(
        (rows) => new Set(rows.map((row) => keyOf(String(row['table_schema']), String(row['table_name'])))),
      )
      .catch((error: unknown) => {
        this.#tables = undefined
        throw error
      })
    const there = (await this.#tables).has(keyOf(table.schema ?? '', table.name))
    return there || (await executor.inspect(table)) !== undefined
  }

  /** To be called before anything is done to a stream. */
  forget(pipeline: string, stream: string): void {
    this.#stale.add(keyOf(pipeline, stream))
  }

  /** Rows put back from the quarantine are no content of the source. */
  async #read(executor: Executor, only: readonly Scalar[]): Promise<ReadonlyMap<string, KnownStream>> {
    const { relation, parameter } = this.#dialect
    const where = only.length === 0 ? '' : ` and pipeline = ${parameter(1)} and stream = ${parameter(2)}`
    const loads = await executor.rows(
      `select pipeline, stream, content_hash, load_id, status, origin, stamp from ${relation(LOADS)}
 where status <> 'replayed'${where}`,
      only,
    )
    const positions = await executor.rows(
      `select pipeline, stream, position, watermark from ${relation(POSITIONS)} where true${where}`,
      only,
    )
    const treatments = await executor.rows(
      `select pipeline, stream, treatment from ${relation(TREATMENTS)} where true${where}`,
      only,
    )
    const treatmentOf = new Map(treatments.map((row) => [keyOfRow(row), textOf(row['treatment'])]))
    const positionOf = new Map(positions.map((row) => [keyOfRow(row), row]))
    const byStream = Map.groupBy(loads, keyOfRow)
    const keys = new Set([...positionOf.keys(), ...byStream.keys()])
    return new Map(
      [...keys].map((key) => {
        const treatment = treatmentOf.get(key) ?? null
        return [key, known(byStream.get(key) ?? [], positionOf.get(key), treatment)]
      }),
    )
  }
}

const NOTHING: KnownStream = known([], undefined, null)

function known(loads: readonly Row[], position: Row | undefined, treatment: string | null): KnownStream {
  const discarded = loads.filter((row) => row['status'] === 'discarded')
  const loaded = loads.filter((row) => row['status'] !== 'discarded')
  return {
    loadIds: new Set(loads.map((row) => String(row['load_id']))),
    loaded: new Map(loaded.map((row) => [String(row['content_hash']), String(row['load_id'])])),
    discarded: new Set(discarded.map((row) => String(row['content_hash']))),
    seen: loads.flatMap(({ origin, stamp, content_hash: hash }) =>
      stamp === null ? [] : [{ origin: String(origin), stamp: String(stamp), hash: String(hash) }],
    ),
    position: textOf(position?.['position']),
    watermark: textOf(position?.['watermark']),
    treatment,
  }
}

function textOf(value: Scalar | undefined): string | null {
  return value === null || value === undefined ? null : String(value)
}

function keyOf(pipeline: string, stream: string): string {
  return JSON.stringify([pipeline, stream])
}

function keyOfRow(row: Row): string {
  return keyOf(String(row['pipeline']), String(row['stream']))
}
