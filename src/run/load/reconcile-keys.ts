import type { Batch } from '../../batch/batch.ts'
import type { Field } from '../../batch/logical-type.ts'
import type { Executor, Session } from '../../engines/engine.ts'
import type { Relation } from '../../engines/relation.ts'
import { traitsOf } from '../../project/load-strategy.ts'
import type { Reconcile } from '../../project/pipeline.ts'
import type { CheckResult } from '../../quality/check.ts'
import { deleteOrphans } from './child-tables.ts'
import { endVersions } from './end-versions.ts'
import { type Gated, gateTable } from './gate-load.ts'
import { historyColumns } from './history-columns.ts'
import { knownShape } from './known-shape.ts'
import { DELETED_AT } from './load-columns.ts'
import { moment } from './moment.ts'
import { historyTable } from './scd4.ts'
import { countRows, stamps } from './target-table.ts'
import { RECONCILIATIONS } from './warehouse-tables.ts'

export interface Reconciliation {
  /** Keys of the source. */
  readonly compared: number
  /**
   * Rows of the table whose keys the source has no more; of histories the current versions only, and for soft deletes
   * those that were not marked before.
   */
  readonly missing: number
  /** Whether readers see another table than before. */
  readonly changed: boolean
  readonly rowsBefore: number
  readonly rowsAfter: number
  readonly physicalDeletes: number
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
 * more; of a history the current versions are ended instead of deleted. That it was done commits with what it did,
 * after the gates of the table; throws LoadHeld, with everything as it was, when one blocks.
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
    return await session.transaction((transaction) =>
      publish(transaction, input, compared, found?.fields ?? []),
    )
  } finally {
    await session.execute(`drop table if exists ${KEYS}`).catch(() => undefined)
  }
}

async function publish(
  executor: Executor,
  input: ReconcileInput,
  compared: number,
  fields: readonly Field[],
): Promise<Reconciliation> {
  const { dialect } = input.engine
  const table = dialect.relation(input.target)
  const rowsBefore = await countRows(executor, table)
  const applied = await apply(executor, input, table, fields)
  const rowsAfter = await countRows(executor, table)
  const checks = applied.changed ? await gateTable(executor, input, table) : []
  await record(executor, input, compared, applied.missing)
  return { compared, ...applied, rowsBefore, rowsAfter, checks }
}

type Applied = Pick<Reconciliation, 'missing' | 'changed' | 'physicalDeletes'>

async function apply(
  executor: Executor,
  input: ReconcileInput,
  table: string,
  fields: readonly Field[],
): Promise<Applied> {
  const { engine, target, pipeline, keys, action, now } = input
  const { dialect } = engine
  const { identifier } = dialect
  const same = keys.map((key) => `k.${identifier(key)} = t.${identifier(key)}`).join(' and ')
  const gone = `not exists (select 1 from ${KEYS} as k where ${same})`
  const { versions } = traitsOf(pipeline.load.strategy)
  const history = historyColumns(pipeline.load, fields)
  const inTable = versions === 'in the table' ? history : undefined
  if (action === 'report') {
    const all = inTable === undefined ? gone : `t.${identifier(inTable.isCurrent.name)} and ${gone}`
    const [row] = await executor.rows(`select count(*) as n from ${table} as t where ${all}`)
    return { missing: Number(row?.['n'] ?? 0), changed: false, physicalDeletes: 0 }
  }
  if (action === 'soft-delete') return mark(executor, input, table, fields, gone)
  if (history !== undefined) {
    const of = inTable === undefined ? historyTable(target) : target
    const ending = { executor, dialect, target: of, stamps: stamps(input) }
    const missing = await endVersions(ending, history, gone, now)
    if (inTable !== undefined) return { missing, changed: missing > 0, physicalDeletes: 0 }
  }
  const missing = await executor.execute(`delete from ${table} as t where ${gone}`)
  if (missing > 0) await deleteLists(executor, input)
  return { missing, changed: missing > 0, physicalDeletes: missing }
}

/** The lists of rows that are gone go with them, where they are tables of their own. */
async function deleteLists(executor: Executor, input: ReconcileInput): Promise<void> {
  const { children } = await knownShape(executor, input)
  for (const { relation } of children) {
    if ((await executor.inspect(relation)) === undefined) continue
    await deleteOrphans(executor, input.engine.dialect, input.target, input.engine.dialect.relation(relation))
  }
}

/** Sets when rows were deleted, and unsets it for those that came back. */
async function mark(
  executor: Executor,
  { engine, now }: ReconcileInput,
  table: string,
  fields: readonly Field[],
  gone: string,
): Promise<Applied> {
  const { dialect } = engine
  const column = dialect.identifier(DELETED_AT)
  const isNew = !fields.some((field) => field.name === DELETED_AT)
  if (isNew) {
    const type = dialect.typeName({ kind: 'timestamptz' })
    await executor.execute(`alter table ${table} add column ${column} ${type}`)
  }
  const back = await executor.execute(
    `update ${table} as t set ${column} = null where ${column} is not null and not (${gone})`,
  )
  const missing = await executor.execute(
    `update ${table} as t set ${column} = ${moment(dialect, now)} where ${column} is null and ${gone}`,
  )
  return { missing, changed: isNew || back + missing > 0, physicalDeletes: 0 }
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
