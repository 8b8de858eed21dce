import type { Field } from '../../batch/logical-type.ts'
import type { RealChange } from '../../drift/column-change.ts'
import { isWidening } from '../../drift/is-widening.ts'
import type { Dialect } from '../../engines/dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import type { Relation } from '../../engines/relation.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { imbalance } from '../../ledger/imbalance.ts'
import { EMPTY_LEDGER, type Ledger } from '../../ledger/ledger.ts'
import { childName } from '../../naming/child-name.ts'
import { traitsOf } from '../../project/load-strategy.ts'
import { makesTables } from '../../project/pipeline.ts'
import { type SchemaChangePolicy, schemaChangesOf } from '../../project/schema-changes.ts'
import { mergeOptions } from './choose-strategy.ts'
import type { Applied } from './counts.ts'
import { DROPPED } from './drop-rows.ts'
import { fitSchema, type SchemaFit } from './fit-schema.ts'
import type { Incoming, IncomingChild } from './incoming.ts'
import { DUPLICATE, FATE, FILTERED, LOADED_AT, ROW, RUN_ID } from './load-columns.ts'
import type { ChildLoad, SchemaOutcome } from './load-outcome.ts'
import { sameKey } from './matching.ts'
import { PARENT_KEY, POSITION, ROOT_KEY, ROW_KEY } from './nested-columns.ts'
import { elementKey } from './row-keys.ts'
import type { Shaping } from './shaping.ts'
import type { StreamLoad } from './stream-load.ts'
import { countRows, prepareTable, stamps } from './target-table.ts'
import { widenings } from './widenings.ts'

/** The records of a load whose lists are applied, and of the others why they are not. A temporary table of the session. */
export const ROOTS = '_ww_roots'

/** Columns that a table of a list has beside its own. */
export const CHILD_COLUMNS = [ROW_KEY, PARENT_KEY, ROOT_KEY, POSITION, LOADED_AT, RUN_ID] as const

const PLATFORM_NAMES: ReadonlySet<string> = new Set(CHILD_COLUMNS)

/** A table of a list, as it was before the load. */
export interface ChildTable {
  readonly path: readonly string[]
  readonly relation: Relation
  /** Its columns, where it exists. */
  readonly there: readonly Field[] | undefined
  /** What arrived for it; undefined where no record had such a list. */
  readonly incoming: IncomingChild | undefined
  /** Whether nothing spoke of it before: no earlier load, and not the pipeline. */
  readonly isNew: boolean
  readonly policy: SchemaChangePolicy
  /** How the members of what arrived meet its columns. */
  readonly fit: SchemaFit
}

/**
 * The tables of a stream's lists: those that rows arrived for, those of earlier loads, and those that the pipeline names,
 * each after the one it is in. None where lists are no tables. Throws WW4301 where an element has a member with a name of the
 * platform's.
 * @param isFirst whether the stream has no table yet, so that those of its lists come with it
 */
export async function childTables(
  load: StreamLoad,
  incoming: Incoming,
  shaping: Shaping | undefined,
  isFirst: boolean,
): Promise<readonly ChildTable[]> {
  const { session, target, engine, pipeline, stream } = load
  if (shaping?.nesting === undefined || !makesTables(shaping.nesting)) return []
  const { known, nesting, style } = shaping
  const named = Object.entries(nesting.paths)
    .filter(([, as]) => as === 'tables')
    .map(([path]) => ({ path: path.split('.') }))
  const expected = new Set(
    [...known.children, ...named].map(({ path }) => childName(target.name, path, style)),
  )
  const tables = new Map<string, ChildTable>()
  for (const { path } of [...known.children, ...incoming.children, ...named]) {
    const relation = { ...target, name: childName(target.name, path, style) }
    if (tables.has(relation.name)) continue
    const arrived = incoming.children.find((child) => child.relation.name === relation.name)
    const there = (await session.inspect(relation))?.fields
    const isNew = !isFirst && there === undefined && !expected.has(relation.name)
    const said = schemaChangesOf(pipeline.load, stream, childName(stream, path, style))
    // What a table has before the first element arrives says nothing of its elements.
    const isBare = there?.every((field) => PLATFORM_NAMES.has(field.name)) ?? false
    const policy: SchemaChangePolicy = isBare ? { ...said, columns: 'evolve' } : said
    const fields = (arrived?.fields ?? []).map(({ name, type }) => ({ name, type }))
    refuseReserved(fields, relation)
    const own = dialectFields(fields, engine.dialect)
    const wider = await widenings(session, engine.dialect, { relation, there }, own, policy)
    const fit = fitSchema(own, there, policy, CHILD_COLUMNS, wider)
    tables.set(relation.name, { path, relation, there, incoming: arrived, isNew, policy, fit })
  }
  return [...tables.values()].toSorted((a, b) => a.path.length - b.path.length)
}

/**
 * Lists which of the arrived records' lists are applied: those of rows that are written. To be asked before the strategy is
 * applied. Rows that are left out are listed with the term of the ledger that their lists count for.
 * @param arrived a table with the rows to apply, by `ROW`, and their keys
 */
export async function listRoots(
  executor: Executor,
  load: StreamLoad,
  arrived: string,
  columns: readonly string[],
): Promise<void> {
  const { dialect } = load.engine
  const { strategy, matched, mergeKeys } = load.pipeline.load
  const target = dialect.relation(load.target)
  const there = (also: string) =>
    `exists (select 1 from ${target} as t where ${sameKey(dialect, mergeKeys)}${also})`
  const branches: string[] = []
  if (strategy === 'merge' && matched === 'insert-only') branches.push(`when ${there('')} then 'unchanged'`)
  const upserts = strategy === 'soft-delete' || (strategy === 'merge' && matched === 'upsert')
  const { latestBy, deletedWhen } = mergeOptions(load.pipeline)
  if (upserts && latestBy !== undefined && columns.includes(latestBy)) {
    const order = dialect.identifier(latestBy)
    branches.push(`when ${there(` and t.${order} > s.${order}`)} then 'deduplicated'`)
  }
  if (upserts && deletedWhen !== undefined) branches.push(`when (${deletedWhen}) is true then 'deleted'`)
  const fate = branches.length === 0 ? `'inserted'` : `case ${branches.join(' ')} else 'inserted' end`
  await executor.execute(
    `create temporary table ${ROOTS} as select ${ROW}, ${ROW_KEY}, ${fate} as fate from ${arrived} as s`,
  )
}

/**
 * Writes the rows of lists after the rows that they are of, in the same transaction: the lists of a row that is written
 * take the place of those it had, and those of rows that are gone go. Throws WW5001.
 */
export async function applyChildren(
  executor: Executor,
  load: StreamLoad,
  tables: readonly ChildTable[],
  applied: Applied,
  parentExisted: boolean,
): Promise<readonly ChildLoad[]> {
  const outcomes: ChildLoad[] = []
  for (const table of tables) {
    const outcome = await applyChild(executor, load, table, applied, parentExisted)
    const problem = imbalance(outcome.ledger)
    if (problem !== undefined) {
      throw new WaterworksError('WW5001', {
        message: `${load.pipeline.name}.${outcome.relation.name}: ${problem}`,
      })
    }
    outcomes.push(outcome)
  }
  return outcomes
}

async function applyChild(
  executor: Executor,
  load: StreamLoad,
  { relation, there, incoming, fit }: ChildTable,
  applied: Applied,
  parentExisted: boolean,
): Promise<ChildLoad> {
  const { dialect } = load.engine
  const target = dialect.relation(relation)
  await prepareTable(
    executor,
    dialect,
    relation,
    { own: fit.fields, platform: PLATFORM, widened: fit.widened },
    there,
  )
  const before = await countRows(executor, target)
  const physicalDeletes =
    there === undefined ? 0 : await clear(executor, load, target, applied, parentExisted)
  const inserted = incoming === undefined ? 0 : await insert(executor, load, target, incoming, fit)
  const fates = incoming === undefined ? new Map<string, number>() : await leftOut(executor, incoming)
  const of = (fate: string) => fates.get(fate) ?? 0
  const ledger: Ledger = {
    ...EMPTY_LEDGER,
    expanded: incoming?.rows ?? 0,
    inserted,
    unchanged: of('unchanged'),
    deleted: of('deleted'),
    deduplicated: of('deduplicated'),
    filtered: of('filtered'),
    rejected: of('rejected'),
    rows_before: before,
    rows_after: await countRows(executor, target),
    physical_inserts: inserted,
    physical_deletes: physicalDeletes,
  }
  return { relation, ledger, schema: schemaOf(fit, there) }
}

/** A member that no element has this time is no change; one with a wider type is. */
function schemaOf(fit: SchemaFit, there: readonly Field[] | undefined): SchemaOutcome {
  const added = there === undefined ? [] : fit.added
  return {
    columns: fit.fields,
    isNew: there === undefined,
    changes: [
      ...added.map(({ name, type }): RealChange => ({ kind: 'added', column: name, to: type })),
      ...fit.widened.flatMap(({ name: column, type: to }): readonly RealChange[] => {
        const from = there?.find(({ name }) => name === column)?.type
        if (from === undefined) return []
        return [{ kind: isWidening(from, to) ? 'widened' : 'changed', column, from, to }]
      }),
    ],
    added: added.map(({ name }) => name),
    removed: [],
    changed: [],
  }
}

const PLATFORM: readonly Field[] = [
  { name: ROW_KEY, type: { kind: 'text' } },
  { name: PARENT_KEY, type: { kind: 'text' } },
  { name: ROOT_KEY, type: { kind: 'text' } },
  { name: POSITION, type: { kind: 'int64' } },
]

/** Types as the engine has them, for comparing with those of the table. */
function dialectFields(fields: readonly Field[], dialect: Dialect): readonly Field[] {
  return fields.map(({ name, type }) => ({ name, type: dialect.parseType(dialect.typeName(type)) ?? type }))
}

function refuseReserved(fields: readonly Field[], { name: table }: Relation): void {
  const field = fields.find(({ name }) => PLATFORM_NAMES.has(name))
  if (field === undefined) return
  throw new WaterworksError('WW4301', { message: `the data of ${table} has a column named ${field.name}` })
}

/** The lists that the rows written had before, and those of rows that are gone. */
async function clear(
  executor: Executor,
  load: StreamLoad,
  target: string,
  applied: Applied,
  parentExisted: boolean,
): Promise<number> {
  const { dialect } = load.engine
  const { strategy } = load.pipeline.load
  if (!parentExisted || strategy === 'truncate-reload') return executor.execute(`delete from ${target}`)
  const replaced = traitsOf(strategy).keyed
    ? await executor.execute(
        `delete from ${target} as t where exists (select 1 from ${ROOTS} as r where r.${ROW_KEY} = t.${ROOT_KEY} and r.fate = 'inserted')`,
      )
    : 0
  const orphaned =
    applied.physicalDeletes > 0 ? await deleteOrphans(executor, dialect, load.target, target) : 0
  return replaced + orphaned
}

/** Deletes the rows of lists whose records are not in their table any more. Returns how many. */
export function deleteOrphans(
  executor: Executor,
  dialect: Dialect,
  parent: Relation,
  child: string,
): Promise<number> {
  return executor.execute(
    `delete from ${child} as t where not exists (select 1 from ${dialect.relation(parent)} as p where p.${ROW_KEY} = t.${ROOT_KEY})`,
  )
}

function insert(
  executor: Executor,
  load: StreamLoad,
  target: string,
  { fields, from }: IncomingChild,
  fit: SchemaFit,
): Promise<number> {
  const { identifier } = load.engine.dialect
  const taken = new Set(fit.fields.map(({ name }) => name))
  const own = fields.filter(({ name }) => taken.has(name))
  const stamped = stamps(load)
  const names = [
    ...[ROW_KEY, PARENT_KEY, ROOT_KEY, POSITION],
    ...own.map(({ name }) => identifier(name)),
    ...stamped.map(({ column }) => column),
  ]
  const values = [
    elementKey(`r.${ROW_KEY}`, 'c.place'),
    `case when c.within is null then r.${ROW_KEY} else ${elementKey(`r.${ROW_KEY}`, 'c.within')} end`,
    `r.${ROW_KEY}`,
    'c.position',
    ...own.map(({ cell }) => `c.${cell}`),
    ...stamped.map(({ expression }) => expression),
  ]
  return executor.execute(
    `insert into ${target} (${names.join(', ')}) select ${values.join(', ')}
from ${from} as c join ${ROOTS} as r on r.${ROW} = c.root where r.fate = 'inserted'`,
  )
}

/** Rows of lists that are not applied, by the term that they count for: what became of their records. */
async function leftOut(executor: Executor, { from }: IncomingChild): Promise<ReadonlyMap<string, number>> {
  const dropped = `case ${FATE} when '${FILTERED}' then 'filtered' when '${DUPLICATE}' then 'deduplicated' else 'rejected' end`
  const rows = await executor.rows(
    `select fate, count(*) as n from (
 select d.fate from ${from} as c join (select ${ROW}, ${dropped} as fate from ${DROPPED}) as d on d.${ROW} = c.root
 union all
 select r.fate from ${from} as c join ${ROOTS} as r on r.${ROW} = c.root where r.fate <> 'inserted'
) as f group by fate`,
  )
  return new Map(rows.map((row) => [String(row['fate']), Number(row['n'])]))
}
