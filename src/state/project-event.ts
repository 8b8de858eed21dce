import type { Transaction } from 'kysely'
import type { Event, RunStarted, TaskFinished, TaskStarted } from '../events/event.ts'
import type { StateTables } from './state-tables.ts'

/** Rows of one INSERT: well under the parameters that SQLite and Postgres take. */
const INSERTED_AT_ONCE = 1000

/** Updates what is projected from events by one more of them. */
export async function projectEvent(db: Transaction<StateTables>, event: Event): Promise<void> {
  switch (event.type) {
    case 'run-started':
      return startRun(db, event)
    case 'run-finished':
      await db
        .updateTable('runs')
        .set({ status: event.status, finished_at: event.at, seconds: event.seconds })
        .where('run_id', '=', event.runId)
        .execute()
      return
    case 'task-started':
      return updateTask(db, event, { status: 'running', attempts: event.attempt })
    case 'task-finished':
      return finishTask(db, event)
    case 'check-finished': {
      const { status, failures, message, at } = event
      await db
        .insertInto('checks')
        .values({
          run_id: event.runId,
          node: event.node,
          check_id: event.check,
          status,
          failures,
          message,
          at,
        })
        .onConflict((conflict) =>
          conflict.columns(['run_id', 'node', 'check_id']).doUpdateSet({ status, failures, message, at }),
        )
        .execute()
      return
    }
    case 'pipeline-recorded':
      await db
        .insertInto('records')
        .values({
          run_id: event.runId,
          pipeline: event.record.pipeline_name,
          body: JSON.stringify(event.record),
        })
        .execute()
      return
    case 'step-finished':
    case 'load-committed':
    case 'rows-quarantined':
    case 'schema-changed':
      return
  }
}

async function startRun(db: Transaction<StateTables>, event: RunStarted): Promise<void> {
  const { runId, command, target, at, selection } = event
  await db
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
  for (let start = 0; start < event.tasks.length; start += INSERTED_AT_ONCE) {
    const nodes = event.tasks.slice(start, start + INSERTED_AT_ONCE)
    await db
      .insertInto('tasks')
      .values(nodes.map((node, index) => ({ ...unstarted, run_id: runId, node, position: start + index })))
      .execute()
  }
}

const unstarted = {
  status: 'pending',
  attempts: 0,
  seconds: null,
  row_count: null,
  message: '',
  ledger: null,
} as const

async function finishTask(db: Transaction<StateTables>, event: TaskFinished): Promise<void> {
  const { runId, node, status, seconds, rows, message, ledger, fingerprint, at } = event
  await updateTask(db, event, {
    status,
    seconds,
    row_count: rows,
    message,
    ledger: ledger === undefined ? null : JSON.stringify(ledger),
  })
  if (status !== 'success') return
  await db
    .insertInto('last_successes')
    .columns(['target', 'node', 'fingerprint', 'run_id', 'at'])
    .expression((query) =>
      query
        .selectFrom('runs')
        .select(({ val }) => [
          'target',
          val(node).as('node'),
          val(fingerprint).as('fingerprint'),
          'run_id',
          val(at).as('at'),
        ])
        .where('run_id', '=', runId),
    )
    .onConflict((conflict) =>
      conflict.columns(['target', 'node']).doUpdateSet({ fingerprint, run_id: runId, at }),
    )
    .execute()
}

type TaskChange = Partial<Omit<StateTables['tasks'], 'run_id' | 'node' | 'position'>>

/** Tasks are known from the run's start; one that is not is put after them. */
async function updateTask(
  db: Transaction<StateTables>,
  { runId, node }: TaskStarted | TaskFinished,
  change: TaskChange,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('tasks')
    .set(change)
    .where('run_id', '=', runId)
    .where('node', '=', node)
    .executeTakeFirst()
  if (numUpdatedRows > 0n) return
  const last = await db
    .selectFrom('tasks')
    .select(({ fn }) => fn.max('position').as('position'))
    .where('run_id', '=', runId)
    .executeTakeFirst()
  await db
    .insertInto('tasks')
    .values({ ...unstarted, run_id: runId, node, position: (last?.position ?? -1) + 1, ...change })
    .execute()
}
