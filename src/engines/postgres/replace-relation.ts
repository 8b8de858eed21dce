import { randomUUID } from 'node:crypto'
import type { Executor } from '../engine.ts'
import type { Relation } from '../relation.ts'
import { dropDependents, findAttachments, findDependents, restoreDependents } from './dependents.ts'
import type { ColumnDescription } from './describe-statement.ts'
import type { PostgresConnection } from './postgres-connection.ts'
import { postgresDialect as dialect } from './postgres-dialect.ts'
import { type CatalogRelation, type RelationLetter, readCatalog } from './table-columns.ts'

const KINDS: Readonly<Record<RelationLetter, string>> = {
  r: 'table',
  p: 'table',
  f: 'foreign table',
  v: 'view',
  m: 'materialized view',
}

/**
 * Makes `relation` a table with the rows of `select`, inside the transaction at hand; returns its rows.
 *
 * A table with the same columns keeps its identity: its rows are deleted and the new ones inserted, which readers see
 * at the commit and at once, whatever their isolation. (TRUNCATE and a new table under the old name would show an
 * older snapshot an empty table.) Otherwise a new table takes the name, and the views over the old one are made
 * again; that much excludes readers for a moment, who then see the new table.
 */
export async function replaceTable(
  executor: Executor,
  connection: PostgresConnection,
  relation: Relation,
  select: string,
): Promise<number> {
  await lockName(executor, relation)
  const existing = await readCatalog(executor, relation)
  const name = dialect.relation(relation)
  if (existing === undefined) return createTable(connection, name, select)
  if (existing.letter === 'r' && sameColumns(existing, await describe(connection, select))) {
    return replaceRows(executor, existing, name, select)
  }
  const staging: Relation = { ...relation, name: `waterworks_${randomUUID()}` }
  const rows = await createTable(connection, dialect.relation(staging), select)
  await swap(executor, existing, relation, async () => {
    await executor.execute(
      `alter table ${dialect.relation(staging)} rename to ${dialect.identifier(relation.name)}`,
    )
  })
  return rows
}

/**
 * Makes `relation` a view over `select`, inside the transaction at hand. A view whose columns stay, others being
 * added after them, is changed in place; otherwise the views over it are made again.
 */
export async function replaceView(
  executor: Executor,
  connection: PostgresConnection,
  relation: Relation,
  select: string,
): Promise<void> {
  await lockName(executor, relation)
  const existing = await readCatalog(executor, relation)
  const create = `view ${dialect.relation(relation)} as ${select}\n`
  const makeView = async () => {
    await executor.execute(`create ${create}`)
  }
  if (existing === undefined) await makeView()
  else if (existing.letter === 'v' && beginsWith(await describe(connection, select), existing)) {
    await executor.execute(`create or replace ${create}`)
  } else await swap(executor, existing, relation, makeView)
}

/** One replacement of a name at a time, also while nothing of that name exists. Held until the transaction ends. */
async function lockName(executor: Executor, relation: Relation): Promise<void> {
  await executor.rows(`select pg_advisory_xact_lock(hashtextextended($1, 0))::text`, [
    dialect.relation(relation),
  ])
}

/**
 * All swaps of a database wait for one another, so that two with a view in common take their locks in the same order:
 * the views, those that nothing needs first, then the relation.
 */
async function swap(
  executor: Executor,
  existing: CatalogRelation,
  relation: Relation,
  putInPlace: () => Promise<void>,
): Promise<void> {
  await executor.rows(`select pg_advisory_xact_lock(hashtextextended('waterworks swap', 0))::text`)
  const dependents = await findDependents(executor, existing.oid)
  const kind = KINDS[existing.letter]
  const attachments = await findAttachments(executor, existing.oid, relation, kind)
  const grants = attachments.filter(
    (statement) => statement.startsWith('grant ') && !statement.includes(' ('),
  )
  await dropDependents(executor, dependents)
  await executor.execute(`drop ${kind} ${dialect.relation(relation)}`)
  await putInPlace()
  for (const grant of grants) await executor.execute(grant)
  await restoreDependents(executor, relation, dependents)
}

/**
 * The parts of one statement see the rows from before it, so `select` may read the table itself. A unique index would
 * see the old rows beside the new: then the new ones wait in a temporary table until the old are gone.
 */
async function replaceRows(
  executor: Executor,
  existing: CatalogRelation,
  name: string,
  select: string,
): Promise<number> {
  // Other writers wait, readers do not. A statement of its own: the next one's snapshot is to be younger.
  await executor.execute(`lock table ${name} in share row exclusive mode`)
  const columns = existing.columns.map((column) => dialect.identifier(column.name)).join(', ')
  const insert = `insert into ${name}${columns === '' ? '' : ` (${columns})`}`
  if (!(await hasUniqueIndex(executor, existing.oid))) {
    return executor.execute(
      `with waterworks_gone as (delete from ${name}) ${insert} select * from (${select}\n) as fresh`,
    )
  }
  const staging = dialect.identifier(`waterworks_${randomUUID()}`)
  await executor.execute(`create temporary table ${staging} on commit drop as ${select}\n`)
  await executor.execute(`delete from ${name}`)
  const rows = await executor.execute(`${insert} select * from pg_temp.${staging}`)
  await executor.execute(`drop table pg_temp.${staging}`)
  return rows
}

async function hasUniqueIndex(executor: Executor, oid: number): Promise<boolean> {
  const found = await executor.rows(
    `select 1 from pg_catalog.pg_index where indrelid = $1::oid and (indisunique or indisexclusion) limit 1`,
    [oid],
  )
  return found.length > 0
}

async function createTable(connection: PostgresConnection, name: string, select: string): Promise<number> {
  const { count } = await connection.exclusive(() => connection.run(`create table ${name} as ${select}\n`))
  return count
}

function describe(connection: PostgresConnection, select: string): Promise<readonly ColumnDescription[]> {
  return connection.exclusive(() => connection.describe(select))
}

function sameColumns(existing: CatalogRelation, columns: readonly ColumnDescription[]): boolean {
  return columns.length === existing.columns.length && beginsWith(columns, existing)
}

function beginsWith(columns: readonly ColumnDescription[], existing: CatalogRelation): boolean {
  return existing.columns.every(
    ({ name, typeId, typeModifier }, index) =>
      columns[index]?.name === name &&
      columns[index].dataTypeID === typeId &&
      columns[index].dataTypeModifier === typeModifier,
  )
}
