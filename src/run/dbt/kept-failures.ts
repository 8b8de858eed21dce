import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { CatalogColumn } from '../../dbt/adapter/adapter-connection.ts'
import { catalogOf } from '../../dbt/adapter/catalog.ts'
import { evidenceSql } from '../../dbt/stored-failures/evidence-sql.ts'
import type { Executor } from '../../engines/engine.ts'
import type { CheckNode, TestNode } from '../../graph/node.ts'
import { evidenceFile } from '../evidence-file.ts'
import type { RunContext } from '../run-context.ts'

/** What a test kept in a transaction that may yet be rolled back: its rows are in a file, too. */
export interface KeptFailures {
  readonly node: TestNode
  readonly kind: 'table' | 'view'
  readonly columns: readonly CatalogColumn[]
  readonly file: string
  /** The test's query. */
  readonly sql: string
}

/** Copies what a test kept to a file that outlives the transaction. */
export async function copyKeptFailures(
  node: TestNode,
  kind: KeptFailures['kind'],
  sql: string,
  executor: Executor,
  context: RunContext,
): Promise<KeptFailures> {
  const { database, schema, alias: identifier } = node.manifest
  const columns = await catalogOf(context.dbt.engine).columns(executor, { database, schema, identifier })
  const file = evidenceFile(context.evidence, node.check.name)
  await executor.exportRows(`select * from ${relationOf(node, context)}`, file)
  return { node, kind, columns, file, sql }
}

/** What tests kept is kept again where the transaction they were in was rolled back. */
export async function settleKeptFailures(
  gates: readonly CheckNode[],
  rolledBack: boolean,
  context: RunContext,
): Promise<void> {
  const { kept } = context.dbt
  for (const { uniqueId } of gates) {
    const failures = kept.get(uniqueId)
    kept.delete(uniqueId)
    if (rolledBack && failures !== undefined) await keepAgain(failures, context)
  }
}

/** In place of what earlier runs kept. A view looks at what is published. */
async function keepAgain(kept: KeptFailures, context: RunContext): Promise<void> {
  const { node, kind, sql } = kept
  const { schema, alias, database } = node.manifest
  const relation = relationOf(node, context)
  await context.sessions.use((session) =>
    session.transaction(async (transaction) => {
      const there = await catalogOf(context.dbt.engine).relations(transaction, database, schema)
      const old = there.find(({ identifier }) => identifier.toLowerCase() === alias.toLowerCase())
      if (old !== undefined)
        await transaction.execute(`drop ${old.type.replace('_', ' ')} ${relation} cascade`)
      if (kind === 'view') await transaction.execute(`create view ${relation} as (\n${sql}\n)`)
      else await restoreTable(kept, relation, transaction, context)
    }),
  )
}

async function restoreTable(
  { columns, file }: KeptFailures,
  relation: string,
  transaction: Executor,
  { dbt, engine }: RunContext,
): Promise<void> {
  const { dialect } = engine
  if (dbt.engine === 'duckdb') {
    await transaction.execute(`create table ${relation} as ${evidenceSql(file, columns, dialect)}`)
    return
  }
  const list = columns.map(({ name, dataType }) => `${dialect.identifier(name)} ${dataType}`)
  await transaction.execute(`create table ${relation} (${list.join(', ')})`)
  for await (const rows of linesOf(file)) {
    await transaction.execute(
      `insert into ${relation} select * from json_populate_recordset(null::${relation}, $1::json)`,
      [`[${rows.join(',')}]`],
    )
  }
}

/** The lines of a file, some hundred at a time. */
async function* linesOf(file: string): AsyncIterable<readonly string[]> {
  let lines: string[] = []
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (line !== '') lines.push(line)
    if (lines.length < ROWS_AT_ONCE) continue
    yield lines
    lines = []
  }
  if (lines.length > 0) yield lines
}

const ROWS_AT_ONCE = 500

function relationOf({ manifest }: TestNode, { engine, dbt }: RunContext): string {
  const { database, schema, alias: name } = manifest
  return engine.dialect.relation({ ...(database === dbt.database ? {} : { database }), schema, name })
}
