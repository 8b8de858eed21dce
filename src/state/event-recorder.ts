import { createHash } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import type { Event, RunStarted, SchemaRecorded, TaskFinished, TaskStarted } from '../events/event.ts'
import { PreparedQuery } from './prepared-query.ts'
import type { StateTables } from './state-tables.ts'

/** Rows of one INSERT: well under the parameters that SQLite and Postgres take. */
const INSERTED_AT_ONCE = 1000
/** Events of one prepared INSERT. */
const APPENDED_AT_ONCE = 16

/** Appends events and keeps what is projected from them in step. Its queries are prepared when first needed. */
export class EventRecorder {
  readonly #db: Kysely<StateTables>
  readonly #append = new Map<number, PreparedQuery<Readonly<Record<string, string>>>>()
  readonly #startTask: ReturnType<typeof startTask>
  readonly #finishTask: ReturnType<typeof finishTask>
  readonly #succeed: ReturnType<typeof succeed>
  readonly #stand: ReturnType<typeof succeed>
  readonly #finishCheck: ReturnType<typeof finishCheck>

  constructor(db: Kysely<StateTables>) {
    this.#db = db
    this.#startTask = startTask(db)
    this.#finishTask = finishTask(db)
    this.#succeed = succeed(db, ['fingerprint', 'run_id', 'at'])
    this.#stand = succeed(db, ['fingerprint', 'run_id'])
    this.#finishCheck = finishCheck(db)
  }

  async record(transaction: Transaction<StateTables>, events: readonly Event[]): Promise<void> {
    for (const event of events) await this.#project(transaction, event)
    for (let start = 0; start < events.length; start += APPENDED_AT_ONCE) {
      await this.#appendTo(transaction, events.slice(start, start + APPENDED_AT_ONCE))
    }
  }

  async #appendTo(transaction: Transaction<StateTables>, events: readonly Event[]): Promise<void> {
    let query = this.#append.get(events.length)
    if (query === undefined) {
      query = append(this.#db, events.length)
      this.#append.set(events.length, query)
    }
    const values: Record<string, string> = {}
    for (const [index, event] of events.entries()) {
      values[`run_id ${index}`] = event.runId
      values[`type ${index}`] = event.type
      values[`at ${index}`] = event.at
      values[`body ${index}`] = JSON.stringify(event)
    }
    await query.run(transaction, values)
  }

  async #project(transaction: Transaction<StateTables>, event: Event): Promise<void> {
    switch (event.type) {
      case 'run-started':
        return startRun(transaction, event)
      case 'run-finished':
        await transaction
          .updateTable('runs')
          .set({ status: event.status, finished_at: event.at, seconds: event.seconds })
          .where('run_id', '=', event.runId)
          .execute()
        return
      case 'task-started': {
        const change = { run_id: event.runId, node: event.node, attempts: event.attempt }
        const { numAffectedRows } = await this.#startTask.run(transaction, change)
        if (numAffectedRows === 0n) {
          await addTask(transaction, event)
          await this.#startTask.run(transaction, change)
        }
        return
      }
      case 'task-finished':
        return this.#taskFinished(transaction, event)
      case 'check-finished':
        await this.#finishCheck.run(transaction, {
          run_id: event.runId,
          node: event.node,
          check_id: event.check,
          status: event.status,
          failures: event.failures,
          message: storable(event.message),
          at: event.at,
        })
        if (event.fingerprint !== undefined && (event.status === 'pass' || event.status === 'warn')) {
          const { runId: run_id, check: node, fingerprint, at } = event
          await this.#succeed.run(transaction, { run_id, node, fingerprint, at })
        }
        return
      case 'pipeline-recorded':
        await transaction
          .insertInto('records')
          .values({
            run_id: event.runId,
            pipeline: event.record.pipeline_name,
            body: JSON.stringify(event.record),
          })
          .execute()
        return
      case 'schema-recorded':
        return recordSchema(transaction, event)
      case 'step-finished':
      case 'load-committed':
      case 'rows-quarantined':
      case 'values-discarded':
      case 'rows-reconciled':
      case 'schema-changed':
      case 'vault-accessed':
        return
    }
  }

  async #taskFinished(transaction: Transaction<StateTables>, event: TaskFinished): Promise<void> {
    const { runId: run_id, node, status, seconds, rows: row_count, fingerprint, at } = event
    const ledger = event.ledger === undefined ? null : JSON.stringify(event.ledger)
    const message = storable(event.message)
    const change = { run_id, node, status, seconds, row_count, message, ledger }
    const { numAffectedRows } = await this.#finishTask.run(transaction, change)
    if (numAffectedRows === 0n) {
      await addTask(transaction, event)
      await this.#finishTask.run(transaction, change)
    }
    if (status !== 'success') return
    const success = { run_id, node, fingerprint, at }
    // What published nothing new leaves the time at which its data was.
    await (event.published.length > 0 ? this.#succeed : this.#stand).run(transaction, success)
  }
}

/** A version that says nothing new is none. */
async function recordSchema(transaction: Transaction<StateTables>, event: SchemaRecorded): Promise<void> {
  const { runId: run_id, at, node, stream, relation } = event
  const columns = JSON.stringify(event.columns)
  const hash = createHash('sha256').update(columns).digest('hex')
  const { target } = await transaction
    .selectFrom('runs')
    .select('target')
    .where('run_id', '=', run_id)
    .executeTakeFirstOrThrow()
  const last = await transaction
    .selectFrom('schema_versions')
    .select(['version', 'hash'])
    .where('target', '=', target)
    .where('relation', '=', relation)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last?.hash === hash && event.changes.length === 0) return
  const changes = JSON.stringify(event.changes)
  const version = (last?.version ?? 0) + 1
  await transaction
    .insertInto('schema_versions')
    .values({ target, relation, version, node, stream, run_id, at, hash, columns, changes })
    .execute()
}

const unstarted = {
  status: 'pending',
  attempts: 0,
  seconds: null,
  row_count: null,
  message: '',
  ledger: null,
} as const

async function startRun(transaction: Transaction<StateTables>, event: RunStarted): Promise<void> {
  const { runId, command, target, at, selection, tasks } = event
  await transaction
    .insertInto('runs')
    .values({
      run_id: runId,
      command,
      target,
      status: 'running',
      started_at: at,
      finished_at: null,
      seconds: null,
      selection: JSON.stringify(selection),
    })
    .execute()
  for (let start = 0; start < tasks.length; start += INSERTED_AT_ONCE) {
    const nodes = tasks.slice(start, start + INSERTED_AT_ONCE)
    await transaction
      .insertInto('tasks')
      .values(nodes.map((node, index) => ({ ...unstarted, run_id: runId, node, position: start + index })))
      .execute()
  }
}

/** Tasks are known from the run's start; one that is not is put after them. */
async function addTask(
  transaction: Transaction<StateTables>,
  { runId, node }: TaskStarted | TaskFinished,
): Promise<void> {
  const last = await transaction
    .selectFrom('tasks')
    .select(({ fn }) => fn.max('position').as('position'))
    .where('run_id', '=', runId)
    .executeTakeFirst()
  await transaction
    .insertInto('tasks')
    .values({ ...unstarted, run_id: runId, node, position: (last?.position ?? -1) + 1 })
    .execute()
}

function append(db: Kysely<StateTables>, count: number): PreparedQuery<Readonly<Record<string, string>>> {
  return new PreparedQuery(db, (query, value) =>
    query.insertInto('events').values(
      Array.from({ length: count }, (_, index) => ({
        run_id: value(`run_id ${index}`),
        type: value(`type ${index}`),
        at: value(`at ${index}`),
        body: value(`body ${index}`),
      })),
    ),
  )
}

function startTask(db: Kysely<StateTables>) {
  return new PreparedQuery<Pick<StateTables['tasks'], 'run_id' | 'node' | 'attempts'>>(db, (query, value) =>
    query
      .updateTable('tasks')
      .set({ status: 'running', attempts: value('attempts') })
      .where('run_id', '=', value('run_id'))
      .where('node', '=', value('node')),
  )
}

function finishTask(db: Kysely<StateTables>) {
  return new PreparedQuery<Omit<StateTables['tasks'], 'position' | 'attempts'>>(db, (query, value) =>
    query
      .updateTable('tasks')
      .set({
        status: value('status'),
        seconds: value('seconds'),
        row_count: value('row_count'),
        message: value('message'),
        ledger: value('ledger'),
      })
      .where('run_id', '=', value('run_id'))
      .where('node', '=', value('node')),
  )
}

/** @param renewed what of an earlier success is written over */
function succeed(db: Kysely<StateTables>, renewed: readonly ('fingerprint' | 'run_id' | 'at')[]) {
  return new PreparedQuery<Omit<StateTables['last_successes'], 'target'>>(db, (query, value) =>
    query
      .insertInto('last_successes')
      .columns(['target', 'node', 'fingerprint', 'run_id', 'at'])
      .expression((from) =>
        from
          .selectFrom('runs')
          .select([
            'target',
            value('node').as('node'),
            value('fingerprint').as('fingerprint'),
            'run_id',
            value('at').as('at'),
          ])
          .where('run_id', '=', value('run_id')),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['target', 'node'])
          .doUpdateSet(({ ref }) =>
            Object.fromEntries(renewed.map((column) => [column, ref(`excluded.${column}`)])),
          ),
      ),
  )
}

function finishCheck(db: Kysely<StateTables>) {
  return new PreparedQuery<StateTables['checks']>(db, (query, value) =>
    query
      .insertInto('checks')
      .values({
        run_id: value('run_id'),
        node: value('node'),
        check_id: value('check_id'),
        status: value('status'),
        failures: value('failures'),
        message: value('message'),
        at: value('at'),
      })
      .onConflict((conflict) =>
        conflict.columns(['run_id', 'node', 'check_id']).doUpdateSet(({ ref }) => ({
          status: ref('excluded.status'),
          failures: ref('excluded.failures'),
          message: ref('excluded.message'),
          at: ref('excluded.at'),
        })),
      ),
  )
}

/** Postgres keeps no NUL in text. */
function storable(message: string): string {
  return message.replaceAll('\0', '')
}
