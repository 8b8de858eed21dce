import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Executor } from '../engine.ts'
import type { Relation } from '../relation.ts'
import { postgresDialect as dialect } from './postgres-dialect.ts'

/** A view over a relation, directly or through others, and the statements that make it again as it was. */
export interface Dependent {
  readonly relation: Relation
  readonly isMaterialized: boolean
  /** The first creates the view, the rest give back its indexes, grants and comments. */
  readonly statements: readonly string[]
}

const FIND_DEPENDENTS = `
  with recursive dependents(oid, depth) as (
    select $1::oid, 0
    union
    select r.ev_class, d.depth + 1
    from dependents d
    join pg_catalog.pg_depend p on p.refclassid = 'pg_catalog.pg_class'::regclass and p.refobjid = d.oid
      and p.classid = 'pg_catalog.pg_rewrite'::regclass
    join pg_catalog.pg_rewrite r on r.oid = p.objid and r.ev_class <> d.oid
    where d.depth < 1000
  )
  select c.oid, n.nspname::text as schema, c.relname::text as name, c.relkind = 'm' as materialized,
    c.relkind in ('v', 'm') and not c.relhastriggers
      and not exists (select 1 from pg_catalog.pg_rewrite w where w.ev_class = c.oid and w.rulename <> '_RETURN')
      as restorable,
    pg_catalog.pg_get_viewdef(c.oid) as definition, c.relispopulated as populated,
    pg_catalog.array_to_string(c.reloptions, ', ') as options
  from (select oid, max(depth) as depth from dependents where depth > 0 group by oid) d
  join pg_catalog.pg_class c on c.oid = d.oid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  order by d.depth, c.oid`

/** Grants and comments of a relation and its columns, and the indexes of a materialized view, as statements. */
const FIND_ATTACHMENTS = `
  select statement from (
    select 1 as part, pg_catalog.pg_get_indexdef(i.indexrelid) as statement
    from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indrelid
    where i.indrelid = $1::oid and c.relkind = 'm'
    union all
    select 2, pg_catalog.format('grant %s%s on %s to %s%s', a.privilege_type,
      case when a.column_name is null then '' else pg_catalog.format(' (%I)', a.column_name) end, $2::text,
      case when a.grantee = 0 then 'public' else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) end,
      case when a.is_grantable then ' with grant option' else '' end)
    from (
      select c.relowner as owner, null::name as column_name, x.*
      from pg_catalog.pg_class c, pg_catalog.aclexplode(c.relacl) x where c.oid = $1::oid
      union all
      select c.relowner, t.attname, x.*
      from pg_catalog.pg_class c join pg_catalog.pg_attribute t on t.attrelid = c.oid and not t.attisdropped,
        pg_catalog.aclexplode(t.attacl) x where c.oid = $1::oid
    ) a where a.grantee <> a.owner
    union all
    select 3, case when d.objsubid = 0
      then pg_catalog.format('comment on %s %s is %L', $3::text, $2::text, d.description)
      else pg_catalog.format('comment on column %s.%I is %L', $2::text, t.attname, d.description) end
    from pg_catalog.pg_description d
    left join pg_catalog.pg_attribute t on t.attrelid = d.objoid and t.attnum = d.objsubid
    where d.objoid = $1::oid and d.classoid = 'pg_catalog.pg_class'::regclass
  ) s order by part, statement`

/**
 * The views over a relation, those that others need first. Throws WW3007 when one could not be made again as it is,
 * having triggers or rules of its own.
 */
export async function findDependents(executor: Executor, oid: number): Promise<readonly Dependent[]> {
  const dependents: Dependent[] = []
  for (const row of await executor.rows(FIND_DEPENDENTS, [oid])) {
    const relation = { schema: String(row['schema']), name: String(row['name']) }
    const name = dialect.relation(relation)
    if (row['restorable'] !== true) {
      throw new WaterworksError('WW3007', {
        message: `${name} depends on what is to be replaced, and has triggers or rules that would be lost`,
      })
    }
    const isMaterialized = row['materialized'] === true
    const options = row['options'] ? ` with (${row['options']})` : ''
    const definition = String(row['definition']).replace(/;\s*$/, '')
    const data = isMaterialized && row['populated'] !== true ? ' with no data' : ''
    const kind = isMaterialized ? 'materialized view' : 'view'
    const create = `create ${kind} ${name}${options} as ${definition}${data}`
    const attachments = await findAttachments(executor, Number(row['oid']), relation, kind)
    dependents.push({ relation, isMaterialized, statements: [create, ...attachments] })
  }
  return dependents
}

/** Statements that give a relation of the same name the grants and comments of the one that `oid` is now. */
export async function findAttachments(
  executor: Executor,
  oid: number,
  relation: Relation,
  kind: string,
): Promise<readonly string[]> {
  const rows = await executor.rows(FIND_ATTACHMENTS, [oid, dialect.relation(relation), kind])
  return rows.map((row) => String(row['statement']))
}

/** Drops views, those that nothing needs first. */
export async function dropDependents(executor: Executor, dependents: readonly Dependent[]): Promise<void> {
  for (const { relation, isMaterialized } of dependents.toReversed()) {
    await executor.execute(`drop ${isMaterialized ? 'materialized ' : ''}view ${dialect.relation(relation)}`)
  }
}

/** Makes the views again. Throws WW3007 with the names of all that are not valid over the replaced relation. */
export async function restoreDependents(
  executor: Executor,
  replaced: Relation,
  dependents: readonly Dependent[],
): Promise<void> {
  const invalid: string[] = []
  let cause: unknown
  for (const { relation, statements } of dependents) {
    await executor.execute('savepoint waterworks_restore')
    try {
      for (const statement of statements) await executor.execute(statement)
    } catch (error) {
      invalid.push(dialect.relation(relation))
      cause ??= error
      await executor.execute('rollback to savepoint waterworks_restore')
    }
    await executor.execute('release savepoint waterworks_restore')
  }
  if (invalid.length === 0) return
  const why = cause instanceof Error ? `: ${cause.message}` : ''
  throw new WaterworksError('WW3007', {
    message: `${dialect.relation(replaced)} cannot be replaced: ${invalid.join(', ')} would no longer be valid${why}`,
    hint: `Drop or change ${invalid.join(', ')} first.`,
    cause,
  })
}
