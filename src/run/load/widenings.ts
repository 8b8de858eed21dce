import type { Field, LogicalType } from '../../batch/logical-type.ts'
import { logicalTypeName } from '../../batch/logical-type-name.ts'
import { widerType } from '../../drift/wider-type.ts'
import type { Dialect } from '../../engines/dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import type { Relation } from '../../engines/relation.ts'
import { mayWiden, type SchemaChangePolicy, schemaChangesOf } from '../../project/schema-changes.ts'
import { isUnreadable } from '../../transform/unreadable.ts'
import type { Shaping } from './shaping.ts'
import type { StreamLoad } from './stream-load.ts'

/** A table whose columns may become wider. */
export interface WidenedTable {
  readonly relation: Relation
  /** Its columns, where it exists. */
  readonly there: readonly Field[] | undefined
}

/**
 * The types that columns of a table become, by name, for what arrives to have a place. A type that has not every value of a
 * column's own is taken only where every value that the column has now stays the same in it; text, where the policy says so, only for a
 * value that the column cannot hold.
 * @param values SQL that may stand in FROM: what arrives, where it is there already
 */
export async function widenings(
  executor: Executor,
  dialect: Dialect,
  { relation, there }: WidenedTable,
  arriving: readonly Field[],
  { types }: SchemaChangePolicy,
  values?: string,
): Promise<ReadonlyMap<string, LogicalType>> {
  const wider = new Map<string, LogicalType>()
  if (there === undefined || !mayWiden(types)) return wider
  const own = new Map(there.map(({ name, type }) => [name, type]))
  for (const { name, type } of arriving) {
    const before = own.get(name)
    if (before === undefined) continue
    const now = wider.get(name) ?? before
    if (types === 'text' && type.kind === 'text' && now.kind !== 'text' && values !== undefined) {
      const unfit = await executor.rows(
        `select 1 as found from ${values} as _ww_values where ${isUnreadable(name, now, dialect)} limit 1`,
      )
      if (unfit.length > 0) wider.set(name, type)
      continue
    }
    const found = widerType(now, type)
    if (found === undefined) continue
    // The engine's own type for it, as the table will have it.
    const becomes = dialect.parseType(dialect.typeName(found.type)) ?? found.type
    if (logicalTypeName(becomes) === logicalTypeName(now)) continue
    if (found.hasAll || (await allStay(executor, dialect, relation, { name, type: before }, becomes)))
      wider.set(name, becomes)
  }
  return wider
}

async function allStay(
  executor: Executor,
  dialect: Dialect,
  relation: Relation,
  { name, type }: Field,
  becomes: LogicalType,
): Promise<boolean> {
  const column = dialect.identifier(name)
  const back = dialect.tryCast(`cast(${column} as ${dialect.typeName(becomes)})`, type)
  const lost = await executor.rows(
    `select 1 as found from ${dialect.relation(relation)} where ${column} is distinct from ${back} limit 1`,
  )
  return lost.length === 0
}

/** The types that the table's columns become for what the landed parts say of theirs, before a value is read. */
export function widerTypes(
  load: StreamLoad,
  there: readonly Field[] | undefined,
  shaping: Shaping | undefined,
): Promise<ReadonlyMap<string, LogicalType>> {
  const { session, engine, target, parts, pipeline, stream } = load
  const arriving = parts.flatMap(({ scan }) =>
    scan.fields.map(({ name, type }) => ({ name: shaping?.nameOf([name]) ?? name, type })),
  )
  const policy = schemaChangesOf(pipeline.load, stream)
  return widenings(session, engine.dialect, { relation: target, there }, arriving, policy)
}
