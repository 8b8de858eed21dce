import { existsSync } from 'node:fs'
import { extname } from 'node:path'
import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'
import type { Session } from '../../engines/engine.ts'
import type { Relation } from '../../engines/relation.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { parquetStatistics } from '../../formats/parquet/parquet-statistics.ts'
import { hasRelation } from '../../graph/has-relation.ts'
import { relationName } from '../../graph/relation-name.ts'
import { readRows } from '../../owner/reader.ts'
import type { Check } from '../../quality/check.ts'
import type { CheckTarget } from '../../quality/check-target.ts'
import type { Judging } from '../../run/run-checks.ts'
import type { Invocation } from '../command.ts'
import { findNode } from './find-node.ts'
import { withReader } from './open-reader.ts'
import { relationExists } from './relation-exists.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

/** What is checked, and who can be asked about it. */
export interface CheckedData {
  readonly executor: Judging
  readonly target: CheckTarget
  /** The project's own checks of it; undefined for a file. */
  readonly checks: readonly Check[] | undefined
}

/** How DuckDB reads a file, by its ending. */
const READERS: Readonly<Record<string, string>> = {
  '.parquet': 'read_parquet',
  '.csv': 'read_csv',
  '.tsv': 'read_csv',
  '.json': 'read_json',
  '.ndjson': 'read_json',
  '.jsonl': 'read_json',
}

/**
 * Opens what a name stands for, a file or something of the project or the warehouse, and closes it after `work`. Throws WW7005 for a
 * name that nothing has, WW7006 for a node that is not built.
 */
export async function withCheckedData<T>(
  name: string,
  invocation: Invocation,
  work: (data: CheckedData) => Promise<T>,
): Promise<T> {
  const now = new Date().toISOString()
  if (READERS[extname(name).toLowerCase()] !== undefined) return withFile(name, now, work)
  const workspace = await openWorkspace(invocation)
  const { graph, dialect, targetName } = workspace
  const node = findNode(graph, name)
  const relation = hasRelation(node) ? node.relation : named(name)
  return withReader(workspace, async (reader) => {
    if (!(await relationExists(reader, relation))) {
      throw node === undefined
        ? new WaterworksError('WW7005', { message: `neither the project nor the warehouse has ${name}` })
        : new WaterworksError('WW7006', { message: `${name} has not been built on target ${targetName} yet` })
    }
    const executor: Judging = {
      rows: async (sql, params) => [...(await readRows(reader, sql, params))],
      describe: (sql) => reader.fields(sql),
      tentatively: (ask) => ask(),
    }
    const target = { from: dialect.relation(relation), dialect, now }
    return work({ executor, target, checks: checksOf(relation, workspace) })
  })
}

async function withFile<T>(file: string, now: string, work: (data: CheckedData) => Promise<T>): Promise<T> {
  if (!existsSync(file)) {
    throw new WaterworksError('WW7001', {
      message: `there is no file ${file}`,
      hint: 'Name a file that is there, or a model, a source or schema.table.',
    })
  }
  const { DuckDbEngine } = await import('../../engines/duckdb/duckdb-engine.ts')
  const engine = new DuckDbEngine({ path: ':memory:' })
  try {
    const session = await engine.connect()
    const read = READERS[extname(file).toLowerCase()]!
    const from = `${read}(${duckDbDialect.literal(file)})`
    const known = read === 'read_parquet' ? await knownOf(file, from, session) : {}
    const target = { from, dialect: duckDbDialect, now, ...known }
    return await work({ executor: session, target, checks: undefined })
  } finally {
    await engine.close()
  }
}

/** What the footers of Parquet files say. */
async function knownOf(file: string, from: string, session: Session): Promise<Pick<CheckTarget, 'known'>> {
  const fields = await session.describe(`select * from ${from}`)
  return { known: { fields, ...parquetStatistics(file) } }
}

function named(name: string): Relation {
  const [table = name, schema] = name.split('.').toReversed()
  return schema === undefined ? { name: table } : { schema, name: table }
}

/** The tests of a relation, and the gates after the loads that fill it. */
function checksOf(relation: Relation, { graph }: Workspace): readonly Check[] {
  const wanted = relationName(relation)
  return [...graph.nodes.values()].flatMap((node) => {
    if (node.kind !== 'check') return []
    const on = node.relation ?? relationOf(node.attachedTo, graph)
    if (on === undefined || relationName(on) !== wanted) return []
    if (node.waitsFor !== undefined) {
      throw new WaterworksError('WW7001', {
        message: `the test ${node.name} asks the warehouse while it is compiled (${node.waitsFor})`,
        hint: `Run it with waterworks test --select ${node.name}.`,
      })
    }
    return [{ ...node.check, id: node.uniqueId }]
  })
}

function relationOf(id: string | undefined, graph: Workspace['graph']): Relation | undefined {
  const node = id === undefined ? undefined : graph.nodes.get(id)
  return hasRelation(node) ? node.relation : undefined
}
