import { Client } from 'pg'
import { z } from 'zod'
import type { FixtureWarehouse } from './fixture-warehouse.ts'
import type { Fleeting, TableContent } from './read-tables.ts'

/** A PostgreSQL server. */
export interface PostgresServer {
  readonly port: number
  readonly user: string
  readonly password: string
}

const DATABASE = 'warehouse'

const listed = z.array(
  z.object({
    oid: z.number(),
    schema: z.string(),
    name: z.string(),
    kind: z.string(),
    comment: z.string().nullable(),
    grants: z.array(z.string()),
  }),
)
const columnRows = z.array(
  z.object({ name: z.string(), type: z.string(), nullable: z.boolean(), comment: z.string().nullable() }),
)
const wordRows = z.array(z.object({ word: z.string() }))

const RELATIONS = `select c.oid::integer, n.nspname as schema, c.relname as name, c.relkind as kind,
    obj_description(c.oid) as comment,
    array(select g::text from unnest(coalesce(c.relacl, array[]::aclitem[])) as g order by 1) as grants
  from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
  where c.relkind in ('r', 'v', 'm') and n.nspname not like 'pg\\_%'
    and n.nspname not in ('information_schema', '_waterworks')
  order by 2, 3`
const COLUMNS = `select attname as name, format_type(atttypid, atttypmod) as type, not attnotnull as nullable,
    col_description(attrelid, attnum) as comment
  from pg_attribute where attrelid = $1 and attnum > 0 and not attisdropped order by attnum`
const CONSTRAINTS = `select pg_get_constraintdef(oid) as word from pg_constraint where conrelid = $1 order by 1`
// dbt names an index after the moment it was made.
const INDEXES = `select regexp_replace(pg_get_indexdef(indexrelid), 'INDEX \\S+ ON', 'INDEX ON') as word
  from pg_index where indrelid = $1 order by 1`

/** A database of a server, under the name that DuckDB's file has. */
export function postgresWarehouse({ port, user, password }: PostgresServer): FixtureWarehouse {
  const place = { host: '127.0.0.1', port, user, password }
  const target = (schema: string) =>
    JSON.stringify({
      ...{ type: 'postgres', ...place, allow_plaintext_password: true, dbname: DATABASE, schema, threads: 1 },
    })
  return {
    profiles: `fixture:
  target: dev
  outputs:
    dev: ${target('analytics')}
    prod: ${target('production')}
`,
    renew: () =>
      connected({ ...place, database: 'postgres' }, async (client) => {
        await client.query(`drop database if exists ${DATABASE} with (force)`)
        await client.query(`create database ${DATABASE}`)
      }),
    read: (_folder, fleeting) =>
      connected({ ...place, database: DATABASE }, async (client) => {
        const relations = listed.parse((await client.query(RELATIONS)).rows)
        const contents: TableContent[] = []
        for (const relation of relations) contents.push(await contentOf(relation, client, fleeting))
        return contents
      }),
  }
}

async function contentOf(
  { oid, schema, name, kind, comment, grants }: z.infer<typeof listed>[number],
  client: Client,
  { volatile, since }: Fleeting,
): Promise<TableContent> {
  const columns = columnRows.parse((await client.query(COLUMNS, [oid])).rows)
  const words = async (sql: string) =>
    wordRows.parse((await client.query(sql, [oid])).rows).map(({ word }) => word)
  const moments = [since, new Date()].map((moment) => `timestamp '${moment.toISOString().slice(0, -1)}'`)
  const values = columns.map((column) => {
    const quoted = `"${column.name.replaceAll('"', '""')}"`
    if (volatile.includes(column.name) || volatile.includes(`${name}.${column.name}`)) return `'…'`
    if (!column.type.startsWith('timestamp')) return `${quoted}::text`
    const wall = column.type.endsWith('with time zone') ? `(${quoted} at time zone 'UTC')` : quoted
    return `case when ${wall} between ${moments.join(' and ')} then 'in the run' else ${quoted}::text end`
  })
  const from = `"${schema}"."${name.replaceAll('"', '""')}"`
  const array = `array[${values.join(', ') || `''`}]::text[]`
  const { rows } = await client.query(`select ${array} as row from ${from} order by 1`)
  return {
    name: `${schema}.${name}`,
    kind: kind === 'r' ? 'table' : 'view',
    columns: columns.map(
      (column) =>
        `${column.name} ${column.type}${column.nullable ? '' : ' not null'}${column.comment === null ? '' : ` -- ${column.comment}`}`,
    ),
    comment,
    constraints: await words(CONSTRAINTS),
    indexes: [...(await words(INDEXES)), ...(kind === 'm' ? ['materialized'] : []), ...grants],
    count: rows.length,
    rows: z
      .array(z.object({ row: z.array(z.string().nullable()) }))
      .parse(rows)
      .map(({ row }) => row),
  }
}

async function connected<T>(
  options: ConstructorParameters<typeof Client>[0],
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client(options)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
