import { existsSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'
import { z } from 'zod'

/** A relation of a warehouse, as far as two of them are to be the same. */
export interface TableContent {
  /** `schema.name` */
  readonly name: string
  readonly kind: 'table' | 'view'
  /** `name type`, in order, with what is said of it and asked of it. */
  readonly columns: readonly string[]
  readonly comment: string | null
  readonly constraints: readonly string[]
  readonly indexes: readonly string[]
  readonly count: number
  /** Sorted; of large relations one row with a digest of all. */
  readonly rows: readonly (readonly (string | null)[])[]
}

/** What differs from run to run. */
export interface Fleeting {
  readonly volatile: readonly string[]
  readonly since: Date
}

/** Relations with more rows are compared by a digest of them. */
const MOST_ROWS = 1000

const listed = z.array(
  z.object({
    schema: z.string(),
    name: z.string(),
    kind: z.enum(['table', 'view']),
    comment: z.string().nullable(),
  }),
)
const columnRows = z.array(
  z.object({ name: z.string(), type: z.string(), nullable: z.boolean(), comment: z.string().nullable() }),
)
const textRows = z.array(z.array(z.string().nullable()))
const wordRows = z.array(z.object({ word: z.string() }))

/**
 * Everything in the DuckDB file at `path` that its user made; nothing when there is none. The values of `volatile`
 * columns (`column` of any table, or `table.column`), which differ from run to run, are left out, and so are moments between
 * `since` and now: those of the run. `folder` is where relative paths in views begin.
 */
export async function readTables(
  path: string,
  folder: string,
  { volatile, since }: Fleeting,
): Promise<readonly TableContent[]> {
  if (!existsSync(path)) return []
  const instance = await DuckDBInstance.create(path)
  const connection = await instance.connect()
  const objects = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson()
  try {
    await connection.run(`set file_search_path = ${literal(folder)}`)
    const relations = listed.parse(
      await objects(`select schema_name as schema, table_name as name, 'table' as kind, comment from duckdb_tables()
        where database_name = current_database() and not temporary and schema_name not like '\\_waterworks%' escape '\\'
        union all select schema_name, view_name, 'view', comment from duckdb_views()
        where database_name = current_database() and not internal and not temporary
        order by schema, name`),
    )
    const contents: TableContent[] = []
    for (const { schema, name, kind, comment } of relations) {
      const here = `database_name = current_database() and schema_name = ${literal(schema)} and table_name = ${literal(name)}`
      const columns = columnRows.parse(
        await objects(`select column_name as name, data_type as type, is_nullable as nullable, comment
          from duckdb_columns() where ${here} order by column_index`),
      )
      const words = async (sql: string) => wordRows.parse(await objects(sql)).map(({ word }) => word)
      const constraints = await words(
        `select constraint_text as word from duckdb_constraints() where ${here} order by 1`,
      )
      const indexes = await words(
        `select coalesce(sql, index_name) as word from duckdb_indexes() where ${here} order by 1`,
      )
      const relation = `${quoted(schema)}.${quoted(name)}`
      const values = columns.map((column) => {
        const isVolatile = volatile.includes(column.name) || volatile.includes(`${name}.${column.name}`)
        return isVolatile ? `'…' as ${quoted(column.name)}` : textOf(column, since)
      })
      const rowsOf = async (): Promise<{ count: number; rows: (string | null)[][] }> => {
        try {
          const counted = await connection.runAndReadAll(`select count(*)::integer from ${relation}`)
          const count = z.number().parse(counted.getRowsJson()[0]?.[0])
          const all = `select ${values.join(', ')} from ${relation}`
          const sql =
            count > MOST_ROWS ? `select bit_xor(hash(t))::varchar from (${all}) as t` : `${all} order by all`
          return { count, rows: textRows.parse((await connection.runAndReadAll(sql)).getRowsJson()) }
        } catch (error) {
          return { count: -1, rows: [[String(error).split('\n')[0] ?? '']] }
        }
      }
      contents.push({
        name: `${schema}.${name}`,
        kind,
        columns: columns.map(
          (column) =>
            `${column.name} ${column.type}${column.nullable ? '' : ' not null'}${column.comment === null ? '' : ` -- ${column.comment}`}`,
        ),
        comment,
        constraints,
        indexes,
        ...(await rowsOf()),
      })
    }
    return contents
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** A column as text, without moments of the run. */
function textOf({ name, type }: { readonly name: string; readonly type: string }, since: Date): string {
  const column = quoted(name)
  if (!type.startsWith('TIMESTAMP')) return `${column}::varchar`
  const wall = type.endsWith('TIME ZONE') ? `(${column} at time zone 'UTC')` : column
  const run = [since, new Date()].map((moment) => `timestamp ${literal(moment.toISOString().slice(0, -1))}`)
  return `case when ${wall} between ${run.join(' and ')} then 'in the run' else ${column}::varchar end as ${column}`
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
