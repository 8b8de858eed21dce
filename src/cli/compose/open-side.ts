import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Side } from '../../diff/side.ts'
import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'
import type { Session } from '../../engines/engine.ts'
import type { Relation } from '../../engines/relation.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { hasRelation } from '../../graph/has-relation.ts'
import type { Node } from '../../graph/node.ts'
import type { Invocation } from '../command.ts'
import { withReader } from './open-reader.ts'
import { readerBatches } from './reader-batches.ts'
import { relationExists } from './relation-exists.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

/** A side that is compared, and the columns that tell its rows apart, where the project says so. */
export interface OpenSide {
  readonly side: Side
  readonly key: readonly string[]
}

const FILE = /\.(?:csv|tsv|json|ndjson|jsonl|parquet)(?:\.gz|\.zst)?$/i
const PARQUET = /\.parquet$/i

/**
 * Makes a dataset readable in a DuckDB session: a file where it lies, a table of a target as a copy. Throws WW5503 for what is none.
 * @param named a file, or a node or table of the project, with a target before it or not: `prod:fct_orders`
 * @param table the temporary table for a copy
 */
export async function openSide(
  session: Session,
  named: string,
  table: string,
  invocation: Invocation,
): Promise<OpenSide> {
  if (FILE.test(named)) return { side: await fileSide(session, named), key: [] }
  const [, target, name = named] = /^([\w-]+):(.+)$/.exec(named) ?? []
  const workspace = await openWorkspace(target === undefined ? invocation : atTarget(invocation, target))
  const node = nodeNamed(workspace, name)
  const relation = hasRelation(node) ? node.relation : relationOf(name)
  const from = workspace.dialect.relation(relation)
  const fields = await withReader(workspace, async (reader) => {
    if (!(await relationExists(reader, relation))) {
      throw new WaterworksError('WW5503', { message: `target ${workspace.targetName} has no ${name}` })
    }
    const sql = `select * from ${from}`
    const found = await reader.fields(sql)
    const columns = found.map(
      ({ name: column, type }) => `${duckDbDialect.identifier(column)} ${duckDbDialect.typeName(type)}`,
    )
    await session.execute(`create temporary table ${table} (${columns.join(', ')})`)
    await session.load({ name: table }, readerBatches(reader, sql, found))
    return found
  })
  const side = { name: `${name} (${workspace.targetName})`, from: table, fields, isTyped: true }
  return { side, key: node === undefined ? [] : keyOf(node, workspace) }
}

async function fileSide(session: Session, file: string): Promise<Side> {
  const path = resolve(file)
  if (!/[*?]/.test(path) && !existsSync(path)) {
    throw new WaterworksError('WW5503', { message: `there is no file ${file}` })
  }
  const from = duckDbDialect.literal(path)
  return {
    name: file,
    from,
    fields: await session.describe(`select * from ${from}`),
    isTyped: PARQUET.test(path),
  }
}

function atTarget(invocation: Invocation, target: string): Invocation {
  const { flags } = invocation
  return {
    ...invocation,
    flags: {
      all: { ...flags.all, target },
      text: (name) => (name === 'target' ? target : flags.text(name)),
      texts: (name) => flags.texts(name),
      isSet: (name) => flags.isSet(name),
      choice: (name) => flags.choice(name),
    },
  }
}

function nodeNamed({ graph }: Workspace, name: string): Node | undefined {
  const nodes = [...graph.nodes.values()].filter((node) => hasRelation(node))
  return (
    nodes.find((node) => node.kind !== 'source' && node.name === name) ??
    nodes.find((node) => node.kind === 'source' && `${node.source}.${node.table}` === name) ??
    graph.nodes.get(name)
  )
}

/** The column that a check of the project holds to be unique. */
function keyOf({ uniqueId }: Node, { graph }: Workspace): readonly string[] {
  for (const node of graph.nodes.values()) {
    if (node.kind === 'check' && node.attachedTo === uniqueId && node.check.rule.rule === 'unique')
      return node.check.rule.columns
  }
  return []
}

function relationOf(name: string): Relation {
  const parts = name.split('.')
  return parts.length === 2 ? { schema: parts[0]!, name: parts[1]! } : { name }
}
