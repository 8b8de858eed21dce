import type { AdapterConnection } from '../../dbt/adapter/adapter-connection.ts'
import { AdapterResponse } from '../../dbt/context/adapter-response.ts'
import { isMicrobatch } from '../../dbt/microbatch/batches.ts'
import type { Hook } from '../../dbt/runtime/hook.ts'
import { hooksOf } from '../../dbt/runtime/hook.ts'
import { isPlain } from '../../dbt/runtime/is-plain.ts'
import { materialize } from '../../dbt/runtime/materialize.ts'
import { runHook } from '../../dbt/runtime/run-hook.ts'
import type { Session } from '../../engines/engine.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { CheckNode, FunctionNode, ModelNode, SeedNode, SnapshotNode } from '../../graph/node.ts'
import type { CheckResult } from '../../quality/check.ts'
import { GateFailed, gateFailure } from '../gate-failed.ts'
import type { Built } from '../node-report.ts'
import { blocks } from '../run-checks.ts'
import type { RunContext } from '../run-context.ts'
import { runGates } from '../run-gates.ts'
import { runModel } from '../run-model.ts'
import { buildBatches } from './build-batches.ts'
import { connectionFor, type DbtWork } from './dbt-work.ts'
import { nodeRequest } from './node-request.ts'

export type BuiltNode = ModelNode | SeedNode | SnapshotNode | FunctionNode

/**
 * Builds a model, seed, snapshot or function. A plain table or view is made by the engine itself; everything else by the macro of its
 * materialization, in one transaction with its gates, or, published at once, as the macro commits.
 */
export async function buildNode(
  node: BuiltNode,
  gates: readonly CheckNode[],
  context: RunContext,
): Promise<Built> {
  const { dbt } = context
  dbt.journal.begin(node.uniqueId)
  if (node.manifest.language === 'python') {
    throw new WaterworksError('WW1211', {
      message: `The model "${node.name}" is in Python, which does not run here.`,
      location: { file: node.path, line: 1, column: 1 },
      hint: 'Write it in SQL, or leave it out with --exclude.',
    })
  }
  if (node.kind === 'model' && node.waitsFor === undefined && (await isPlainNode(node, context))) {
    const built = await dbt.journal.timed(node.uniqueId, 'execute', () => runModel(node, gates, context))
    const code = node.materialization === 'view' ? 'CREATE VIEW' : 'SELECT'
    const { message, fields } = AdapterResponse.of(dbt.engine, code, built.rows)
    dbt.journal.answered(node.uniqueId, { message, answer: fields })
    return built
  }
  try {
    return await context.sessions.use((session) =>
      dbt.publishesAtOnce ? buildAtOnce(session, node, context) : buildGated(session, node, gates, context),
    )
  } catch (error) {
    if (error instanceof GateFailed) return gateFailure(error)
    throw error
  }
}

/**
 * Whether the engine makes a node without a macro. A text that is not one query could end the transaction that gates it, or publish
 * on its own (WW5002); published at once, it is for the database to say what it makes of it.
 */
async function isPlainNode(node: ModelNode, { dbt, engine }: RunContext): Promise<boolean> {
  if (!isPlain(node.manifest.config, dbt.parsed.renderer.macros, dbt.engine)) return false
  const kinds = await engine.classify(node.compiledSql)
  if (kinds.length === 1 && kinds[0] === 'query') return true
  if (dbt.publishesAtOnce) return false
  throw new WaterworksError('WW5002', {
    message: `model ${node.name} is not a single query, so it cannot be gated`,
    location: { file: node.path, line: 1, column: 1 },
  })
}

async function buildAtOnce(session: Session, node: BuiltNode, { dbt, engine }: RunContext): Promise<Built> {
  const connection = connectionFor(node.uniqueId, session, true, dbt)
  try {
    const rows = await make(node, connection, dbt, {})
    // What no template committed is gone, as with dbt.
    await connection.rollback()
    return success(rows, [], engine.dialect.relation(node.relation))
  } catch (error) {
    // What went wrong is worth more than that the connection is gone as well.
    await connection.rollback().catch(() => undefined)
    throw error
  }
}

async function buildGated(
  session: Session,
  node: BuiltNode,
  gates: readonly CheckNode[],
  context: RunContext,
): Promise<Built> {
  const { dbt, engine } = context
  const { config } = node.manifest
  const outside = (hooks: readonly Hook[]) => hooks.filter((hook) => !hook.transaction)
  const [before, after] = [hooksOf(config, 'pre-hook'), hooksOf(config, 'post-hook')]
  const inside = {
    'pre-hook': before.filter((hook) => hook.transaction),
    'post-hook': after.filter((hook) => hook.transaction),
  }
  await runOutside(session, outside(before), node, dbt)
  const built = await session.transaction(async (transaction) => {
    const connection = connectionFor(node.uniqueId, transaction, false, dbt)
    const rows = await make(node, connection, dbt, inside)
    const results = await runGates(transaction, gates, context)
    if (results.some(blocks)) throw new GateFailed(results)
    return success(rows, results, engine.dialect.relation(node.relation))
  })
  await runOutside(session, outside(after), node, dbt)
  return built
}

/** Compiles a node where that had to wait, and runs its materialization; gives the rows it changed. */
async function make(
  node: BuiltNode,
  connection: AdapterConnection,
  dbt: DbtWork,
  config: Readonly<Record<string, unknown>>,
): Promise<number> {
  if (node.kind === 'model' && isMicrobatch(node.manifest)) return buildBatches(node, connection, dbt, config)
  const { journal } = dbt
  const id = node.uniqueId
  const code = await journal.timed(id, 'compile', () => codeOf(node, connection, dbt))
  const seed = node.kind === 'seed' ? await dbt.seedText(node.manifest) : undefined
  const request = { ...nodeRequest(node.manifest, connection, dbt), compiledCode: code, seed, config }
  const { main } = await journal.timed(id, 'execute', () => materialize(dbt.parsed.renderer, request))
  if (main === undefined) return 0
  const { message, answer, rowsAffected } = main
  journal.answered(id, { message, answer })
  return rowsAffected
}

async function codeOf(node: BuiltNode, connection: AdapterConnection, dbt: DbtWork): Promise<string> {
  if (node.kind === 'seed') return ''
  if (node.waitsFor === undefined) return node.compiledSql
  const compiled = await dbt.queries.compileAt(node.manifest, connection)
  dbt.journal.compiled(node.uniqueId, compiled)
  return compiled.code
}

/** Hooks that stand outside of the node's transaction are each on their own. */
async function runOutside(
  session: Session,
  hooks: readonly Hook[],
  node: BuiltNode,
  dbt: DbtWork,
): Promise<void> {
  const connection = connectionFor(node.uniqueId, session, true, dbt)
  const request = nodeRequest(node.manifest, connection, dbt)
  for (const { sql } of hooks) {
    await runHook(dbt.parsed.renderer, { path: node.path, text: sql }, request)
    await connection.commit()
  }
}

function success(rows: number, checks: readonly CheckResult[], relation: string): Built {
  return {
    status: 'success',
    rows,
    ledger: undefined,
    checks,
    published: [relation],
    message: '',
  }
}
