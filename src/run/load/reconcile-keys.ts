import type { Batch } from '../../batch/batch.ts'
import type { Executor, Session } from '../../engines/engine.ts'
import type { Relation } from '../../engines/relation.ts'
import type { Reconcile } from '../../project/pipeline.ts'
import type { CheckResult } from '../../quality/check.ts'
import { type Gated, gateTable } from './gate-load.ts'
import { DELETED_AT } from './load-columns.ts'
import { moment } from './moment.ts'
import { countRows } from './target-table.ts'
import { RECONCILIATIONS } from './warehouse-tables.ts'

export interface Reconciliation {
  /** Keys of the source. */
  readonly compared: number
  /** Rows of the table whose keys the source has no more, and for soft deletes: that were not marked before. */
  readonly missing: number
  /** Whether readers see another table than before. */
  readonly changed: boolean
  readonly rowsBefore: number
  readonly rowsAfter: number
  /** What the gates said; none were asked where nothing changed. */
  readonly checks: readonly CheckResult[]
}

export interface ReconcileInput extends Gated {
  readonly session: Session
  readonly target: Relation
  readonly keys: readonly string[]
  readonly action: Reconcile['action']
  /** All keys of the source, as batches with the columns `keys`. */
  readonly batches: AsyncIterable<Batch>
  readonly runId: string
}

const KEYS = '_ww_source_keys'

/**
 * Compares a table's keys with those of its source, and deletes, marks or only counts the rows that the source has no
 * more. That it was done commits with what it did, after the gates of the table; throws LoadHeld, with everything as it
 * was, when one blocks.
 */
export async function reconcileKeys(input: ReconcileInput): Promise<Reconciliation> {
  const { session, target, batches, keys } = input
  const { dialect } = input.engine
  const found = await session.inspect(target)
  const list = keys.map((key) => {
    const type = found?.fields.find((field) => field.name === key)?.type ?? { kind: 'text' as const }
    return `${dialect.identifier(key)} ${dialect.typeName(type)}`
  })
  await session.execute(`drop table if exists ${KEYS}`)
  await session.execute(`create temporary table ${KEYS} (${list.join(', ')})`)
  try {
    const compared = await session.load({ name: KEYS }, batches)
    const marked = found?.fields.some((field) => field.name === DELETED_AT) ?? false
    return await session.transaction((transaction) => publish(transaction, input, compared, marked))
  } finally {
    await session.execute(`drop table if exists ${KEYS}`).catch(() => undefined)
  }
}

async function publish(
  executor: Executor,
  input: ReconcileInput,
  compared: number,
  marked: boolean,
): Promise<Reconciliation> {
  const { dialect } = input.engine
  const table = dialect.relation(input.target)
  const rowsBefore = await countRows(executor, table)
  const { missing, changed } = await apply(executor, input, table, marked)
  const rowsAfter = await countRows(executor, table)
  const checks = changed ? await gateTable(executor, input, table) : []
  await record(executor, input, compared, missing)
  return { compared, missing, changed, rowsBefore, rowsAfter, checks }
}

async function apply(
  executor: Executor,
  { engine, keys, action, now }: ReconcileInput,
  table: string,
  marked: boolean,
): Promise<Pick<Reconciliation, 'missing' | 'changed'>> {
  const { dialect } = engine
  const { identifier } = dialect
  const same = keys.map((key) => `k.${identifier(key)} = t.${identifier(key)}`).join(' and ')
  const there = `exists (select 1 from ${KEYS} as k where ${same})`
  if (action === 'delete') {
    const missing = await executor.execute(`delete from ${table} as t where not ${there}`)
    return { missing, changed: missing > 0 }
  }
  if (action === 'report') {
    const [row] = await executor.rows(`select count(*) as n from ${table} as t where not ${there}`)
    return { missing: Number(row?.['n'] ?? 0), changed: false }
  }
  const column = identifier(DELETED_AT)
  if (!marked) {
    const type = dialect.typeName({ kind: 'timestamptz' })
    await executor.execute(`alter table ${table} add column ${column} ${type}`)
  }
  // Rows that came back are no longer deleted.
  const back = await executor.execute(
    `update ${table} as t set ${column} = null where ${column} is not null and ${there}`,
  )
  const missing = await executor.execute(
    `update ${table} as t set ${column} = ${moment(dialect, now)} where ${column} is null and not ${there}`,
  )
  return { missing, changed: !marked || back + missing > 0 }
}

async function record(
  executor: Executor,
  { engine, pipeline, stream, runId, action, now }: ReconcileInput,
  compared: number,
  missing: number,
): Promise<void> {
  const { literal, parameter, relation } = engine.dialect
  await executor.execute(
    `delete from ${relation(RECONCILIATIONS)} where pipeline = ${parameter(1)} and stream = ${parameter(2)}`,
    [pipeline.name, stream],
  )
  const at = moment(engine.dialect, now)
  const values = [literal(pipeline.name), literal(stream), at, literal(runId), literal(action)]
  await executor.execute(
    `insert into ${relation(RECONCILIATIONS)} (pipeline, stream, reconciled_at, run_id, action, compared, missing)
 values (${[...values, literal(compared), literal(missing)].join(', ')})`,
  )
}
