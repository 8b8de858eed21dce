import { type Kysely, type RawBuilder, sql } from 'kysely'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { Event, RunRecord } from '../events/event.ts'
import { eventSchema, recordedChange, recordedColumns, runRecordSchema } from '../events/event-schema.ts'
import { EventRecorder } from './event-recorder.ts'
import type { StateDialect } from './state-dialect.ts'
import type {
  CheckSummary,
  KeptToken,
  LastSuccess,
  RunSummary,
  SchemaVersion,
  StateStore,
  StreamPosition,
  TaskSummary,
} from './state-store.ts'
import type { StateTables } from './state-tables.ts'
import { parsed, runSummary, taskSummary } from './stored-shapes.ts'

/** The state store over any database that Kysely speaks to. What the database refuses is WW6004. */
export class KyselyStateStore implements StateStore {
  readonly #db: Kysely<StateTables>
  readonly #dialect: StateDialect
  readonly #recorder: EventRecorder

  constructor(db: Kysely<StateTables>, dialect: StateDialect) {
    this.#db = db
    this.#dialect = dialect
    this.#recorder = new EventRecorder(db)
  }

  async record(events: readonly Event[]): Promise<void> {
    if (events.length === 0) return
    await this.#guard(() =>
      this.#db.transaction().execute((transaction) => this.#recorder.record(transaction, events)),
    )
  }

  async runs(options: {
    readonly limit: number
    readonly target?: string
    readonly tasks?: boolean
  }): Promise<readonly RunSummary[]> {
    const { limit, target, tasks = true } = options
    return this.#guard(async () => {
      const rows = await this.#db
        .selectFrom('runs')
        .selectAll()
        .$if(target !== undefined, (query) => query.where('target', '=', target ?? ''))
        .orderBy('started_at', 'desc')
        .orderBy('run_id', 'desc')
        .limit(limit)
        .execute()
      const tasksOf = tasks ? await this.#tasks(rows.map((row) => row.run_id)) : new Map()
      return rows.map((row) => runSummary(row, tasksOf.get(row.run_id) ?? []))
    })
  }

  async run(runId: string): Promise<RunSummary | undefined> {
    return this.#guard(async () => {
      const row = await this.#db.selectFrom('runs').selectAll().where('run_id', '=', runId).executeTakeFirst()
      if (row === undefined) return undefined
      const tasksOf = await this.#tasks([runId])
      return runSummary(row, tasksOf.get(runId) ?? [])
    })
  }

  async #tasks(runIds: readonly string[]): Promise<ReadonlyMap<string, readonly TaskSummary[]>> {
    if (runIds.length === 0) return new Map()
    const rows = await this.#db
      .selectFrom('tasks')
      .selectAll()
      .where('run_id', 'in', runIds)
      .orderBy('run_id')
      .orderBy('position')
      .execute()
    const groups = Map.groupBy(rows, (row) => row.run_id)
    return new Map([...groups].map(([runId, tasks]) => [runId, tasks.map(taskSummary)]))
  }

  async checks(runId: string): Promise<readonly CheckSummary[]> {
    return this.#guard(() =>
      this.#db
        .selectFrom('checks')
        .select(['check_id as check', 'node', 'status', 'failures', 'message', 'at'])
        .where('run_id', '=', runId)
        .orderBy('at')
        .orderBy('node')
        .orderBy('check_id')
        .execute(),
    )
  }

  async events(runId: string): Promise<readonly Event[]> {
    return this.#guard(async () => {
      const rows = await this.#db
        .selectFrom('events')
        .select('body')
        .where('run_id', '=', runId)
        .orderBy('id')
        .execute()
      return rows.map(({ body }) => parsed(eventSchema, body, 'event'))
    })
  }

  async records(options: {
    readonly pipeline?: string
    readonly limit: number
  }): Promise<readonly RunRecord[]> {
    const { pipeline, limit } = options
    return this.#guard(async () => {
      const rows = await this.#db
        .selectFrom('records')
        .select('body')
        .$if(pipeline !== undefined, (query) => query.where('pipeline', '=', pipeline ?? ''))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
      return rows.map(({ body }) => parsed(runRecordSchema, body, 'run record'))
    })
  }

  async schemaVersions(target: string): Promise<readonly SchemaVersion[]> {
    return this.#guard(async () => {
      const rows = await this.#db
        .selectFrom('schema_versions')
        .select([
          'relation',
          'version',
          'node',
          'stream',
          'run_id as runId',
          'at',
          'hash',
          'columns',
          'changes',
        ])
        .where('target', '=', target)
        .orderBy('relation')
        .orderBy('version')
        .execute()
      return rows.map((row) => ({
        ...row,
        columns: parsed(recordedColumns, row.columns, 'columns of a schema'),
        changes: parsed(recordedChange.array(), row.changes, 'changes of a schema'),
      }))
    })
  }

  async lastSuccesses(target: string): Promise<ReadonlyMap<string, LastSuccess>> {
    return this.#guard(async () => {
      const rows = await this.#db
        .selectFrom('last_successes')
        .select(['node', 'fingerprint', 'run_id as runId', 'at'])
        .where('target', '=', target)
        .orderBy('node')
        .execute()
      return new Map(rows.map((row) => [row.node, row]))
    })
  }

  async closeInterrupted(target: string): Promise<readonly string[]> {
    return this.#guard(async () => {
      const rows = await this.#db
        .updateTable('runs')
        .set({ status: 'interrupted' })
        .where('target', '=', target)
        .where('status', '=', 'running')
        .where(({ exists, not, selectFrom }) =>
          not(
            exists(
              selectFrom('leases')
                .select('name')
                .whereRef('holder', '=', 'runs.run_id')
                .where('expires_at', '>', this.#dialect.now),
            ),
          ),
        )
        .returning('run_id')
        .execute()
      return rows.map((row) => row.run_id).sort()
    })
  }

  async acquireLease(
    name: string,
    holder: string,
    ttlSeconds: number,
  ): Promise<{ readonly acquired: boolean; readonly holder: string }> {
    return this.#guard(async () => {
      for (;;) {
        const expires_at = this.#expiry(ttlSeconds)
        const taken = await this.#db
          .insertInto('leases')
          .values({ name, holder, expires_at })
          .onConflict((conflict) =>
            conflict
              .column('name')
              .doUpdateSet({ holder, expires_at })
              .where(({ eb, or }) =>
                or([eb('leases.holder', '=', holder), eb('leases.expires_at', '<=', this.#dialect.now)]),
              ),
          )
          .returning('holder')
          .executeTakeFirst()
        if (taken !== undefined) return { acquired: true, holder }
        const present = await this.#db
          .selectFrom('leases')
          .select('holder')
          .where('name', '=', name)
          .executeTakeFirst()
        if (present !== undefined) return { acquired: false, holder: present.holder }
      }
    })
  }

  async renewLease(name: string, holder: string, ttlSeconds: number): Promise<boolean> {
    return this.#guard(async () => {
      const { numUpdatedRows } = await this.#db
        .updateTable('leases')
        .set({ expires_at: this.#expiry(ttlSeconds) })
        .where('name', '=', name)
        .where('holder', '=', holder)
        .where('expires_at', '>', this.#dialect.now)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    })
  }

  async releaseLease(name: string, holder: string): Promise<void> {
    await this.#guard(() =>
      this.#db.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute(),
    )
  }

  async savePositions(target: string, positions: readonly StreamPosition[]): Promise<void> {
    if (positions.length === 0) return
    await this.#guard(() =>
      this.#db.transaction().execute(async (transaction) => {
        for (const { pipeline, stream, position, loadId: load_id, runId: run_id } of positions) {
          await transaction
            .insertInto('positions')
            .values({ target, pipeline, stream, position, load_id, run_id })
            .onConflict((conflict) =>
              conflict.columns(['target', 'pipeline', 'stream']).doUpdateSet({ position, load_id, run_id }),
            )
            .execute()
        }
      }),
    )
  }

  async positions(target: string): Promise<readonly StreamPosition[]> {
    return this.#guard(() =>
      this.#db
        .selectFrom('positions')
        .select(['pipeline', 'stream', 'position', 'load_id as loadId', 'run_id as runId'])
        .where('target', '=', target)
        .orderBy('pipeline')
        .orderBy('stream')
        .execute(),
    )
  }

  async tokensOf(lookups: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>()
    for (const some of portions(lookups)) {
      const rows = await this.#guard(() =>
        this.#db.selectFrom('tokens').select(['lookup', 'token']).where('lookup', 'in', some).execute(),
      )
      for (const { lookup, token } of rows) found.set(lookup, token)
    }
    return found
  }

  async keepTokens(kept: readonly KeptToken[]): Promise<void> {
    await this.#guard(() =>
      this.#db.transaction().execute(async (transaction) => {
        for (const some of portions(kept)) {
          await transaction
            .insertInto('tokens')
            .values(some)
            .onConflict((conflict) => conflict.column('lookup').doNothing())
            .execute()
        }
      }),
    )
  }

  async keptToken(token: string): Promise<KeptToken | undefined> {
    return this.#guard(() =>
      this.#db
        .selectFrom('tokens')
        .select(['token', 'lookup', 'sealed'])
        .where('token', '=', token)
        .executeTakeFirst(),
    )
  }

  async eraseToken(token: string): Promise<boolean> {
    const { numDeletedRows } = await this.#guard(() =>
      this.#db.deleteFrom('tokens').where('token', '=', token).executeTakeFirst(),
    )
    return numDeletedRows > 0n
  }

  async credential(name: string): Promise<string | undefined> {
    const row = await this.#guard(() =>
      this.#db.selectFrom('credentials').select('sealed').where('name', '=', name).executeTakeFirst(),
    )
    return row?.sealed
  }

  async keepCredential(name: string, sealed: string): Promise<void> {
    await this.#guard(() =>
      this.#db
        .insertInto('credentials')
        .values({ name, sealed })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ sealed }))
        .execute(),
    )
  }

  async close(): Promise<void> {
    await this.#db.destroy()
  }

  #expiry(ttlSeconds: number): RawBuilder<number> {
    return sql<number>`${this.#dialect.now} + ${Math.round(ttlSeconds * 1000)}`
  }

  async #guard<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work()
    } catch (cause) {
      if (cause instanceof WaterworksError) throw cause
      const message = cause instanceof Error ? cause.message : String(cause)
      throw new WaterworksError('WW6004', { message: `the state store: ${message}`, cause })
    }
  }
}

/** A statement takes so many values at most. */
const PORTION = 500

function* portions<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < all.length; start += PORTION) yield all.slice(start, start + PORTION)
}
