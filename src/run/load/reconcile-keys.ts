import type { Batch } from '../../batch/batch.ts'
import type { Dialect } from '../../engines/dialect.ts'
import type { Executor, Session } from '../../engines/engine.ts'
import type { Relation } from '../../engines/relation.ts'
import type { Reconcile } from '../../project/pipeline.ts'
import { DELETED_AT } from './load-columns.ts'
import { moment } from './moment.ts'
import { countRows } from './target-table.ts'
import { RECONCILIATIONS } from './warehouse-tables.ts'

export interface Reconciliation {
  /** Keys of the source. */
  readonly compared: number
  /** Rows of the table whose keys the source has no more, and for soft deletes: that were not marked before. */
  readonly missing: number
  readonly rowsBefore: number
  readonly rowsAfter: number
}

export interface ReconcileInput {
  readonly session: Session
  readonly dialect: Dialect
  readonly target: Relation
  readonly pipeline: string
  readonly stream: string
  readonly keys: readonly string[]
  readonly action: Reconcile['action']
  /** All keys of the source, as batches with the columns `keys`. */
  readonly batches: AsyncIterable<Batch>
  readonly runId: string
  readonly now: string
}

const KEYS = '_ww_source_keys'

/**
 * Compares a table's keys with those of its source, and deletes, marks or only counts the rows that the source has no
 * more. That it was done commits with what it did.
 */
export async function reconcileKeys(input: ReconcileInput): Promise<Reconciliation> {
  const { session, dialect, target, batches, keys } = input
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
    return await session.transaction((transaction) => apply(transaction, input, compared, marked))
  } finally {
    await session.execute(`drop table if exists ${KEYS}`).catch(() => undefined)
  }
}

async function apply(
  executor: Executor,
  { dialect, target, pipeline, stream, keys, action, runId, now }: ReconcileInput,
  compared: number,
  marked: boolean,
): Promise<Reconciliation> {
  const { identifier, literal } = dialect
  const table = dialect.relation(target)
  const same = keys.map((key) => `k.${identifier(key)} = t.${identifier(key)}`).join(' and ')
  const there = `exists (select 1 from ${KEYS} as k where ${same})`
  const rowsBefore = await countRows(executor, table)
  const missing = await act()
  const rowsAfter = await countRows(executor, table)
  await executor.execute(
    `delete from ${dialect.relation(RECONCILIATIONS)} where pipeline = ${dialect.parameter(1)} and stream = ${dialect.parameter(2)}`,
    [pipeline, stream],
  )
  const values = [literal(pipeline), literal(stream), moment(dialect, now), literal(runId), literal(action)]
  await executor.execute(
    `insert into ${dialect.relation(RECONCILIATIONS)} (pipeline, stream, reconciled_at, run_id, action, compared, missing)
 values (${[...values, literal(compared), literal(missing)].join(', ')})`,
  )
  return { compared, missing, rowsBefore, rowsAfter }

  async function act(): Promise<number> {
    if (action === 'delete') return executor.execute(`delete from ${table} as t where not ${there}`)
    if (action === 'report') {
      const [row] = await executor.rows(`select count(*) as n from ${table} as t where not ${there}`)
      return Number(row?.['n'] ?? 0)
    }
    const column = identifier(DELETED_AT)
    if (!marked) {
      const type = dialect.typeName({ kind: 'timestamptz' })
      await executor.execute(`alter table ${table} add column ${column} ${type}`)
    }
    // Rows that came back are no longer deleted.
    await executor.execute(
      `update ${table} as t set ${column} = null where ${column} is not null and ${there}`,
    )
    return executor.execute(
      `update ${table} as t set ${column} = ${moment(dialect, now)} where ${column} is null and not ${there}`,
    )
  }
}
