import type { Field } from '../../batch/logical-type.ts'
import { COLUMNS_QUERY } from '../../postgres-protocol/columns-query.ts'
import { typeOfOid } from '../../postgres-protocol/postgres-types.ts'
import type { Executor } from '../engine.ts'
import type { Relation } from '../relation.ts'

/** `relkind` of pg_class: table, partitioned table, foreign table, view, materialized view. */
export type RelationLetter = 'r' | 'p' | 'f' | 'v' | 'm'

export interface TableColumn {
  readonly name: string
  /** The type itself; `base*` looks through domains. */
  readonly typeId: number
  readonly typeModifier: number
  readonly baseTypeId: number
  readonly baseTypeModifier: number
}

export interface CatalogRelation {
  readonly oid: number
  readonly letter: RelationLetter
  readonly columns: readonly TableColumn[]
}

const LETTERS: ReadonlySet<unknown> = new Set<RelationLetter>(['r', 'p', 'f', 'v', 'm'])

/** What the catalog says of a relation; undefined when there is none of that name. */
export async function readCatalog(
  executor: Executor,
  relation: Relation,
): Promise<CatalogRelation | undefined> {
  const [found] = await executor.rows(
    `select c.oid, c.relkind::text as letter from pg_catalog.pg_class c
     where c.relname = $1
       and c.relnamespace = case when $2::text is null then pg_catalog.pg_my_temp_schema()
                                 else (select n.oid from pg_catalog.pg_namespace n where n.nspname = $2) end`,
    [relation.name, relation.schema ?? null],
  )
  const letter = found?.['letter']
  if (found === undefined || !isLetter(letter)) return undefined
  const oid = Number(found['oid'])
  return { oid, letter, columns: await readColumns(executor, oid) }
}

export function fieldsOfTable(columns: readonly TableColumn[]): Field[] {
  return columns.map(({ name, baseTypeId, baseTypeModifier }) => ({
    name,
    type: typeOfOid(baseTypeId, baseTypeModifier) ?? { kind: 'text' },
  }))
}

async function readColumns(executor: Executor, oid: number): Promise<TableColumn[]> {
  const rows = await executor.rows(COLUMNS_QUERY, [oid])
  return rows.map((row) => ({
    name: String(row['name']),
    typeId: Number(row['type']),
    typeModifier: Number(row['modifier']),
    baseTypeId: Number(row['base_type']),
    baseTypeModifier: Number(row['base_modifier']),
  }))
}

function isLetter(value: unknown): value is RelationLetter {
  return LETTERS.has(value)
}
