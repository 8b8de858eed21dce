import type { Executor, Session } from '../engines/engine.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { CheckNode, ModelNode } from '../graph/node.ts'
import type { Check, CheckResult } from '../quality/check.ts'
import { failingRows } from '../quality/failing-rows.ts'
import { evidenceFile } from './evidence-file.ts'
import type { NodeReport } from './node-report.ts'
import { blocks, runChecks } from './run-checks.ts'
import type { RunContext } from './run-context.ts'

/** Thrown inside the publishing transaction: the previous version stays. */
class GateFailed extends Error {
  readonly checks: readonly CheckResult[]

  constructor(checks: readonly CheckResult[]) {
    super('gate failed')
    this.checks = checks
  }
}

type Built = Omit<NodeReport, 'node' | 'seconds'>

/**
 * Builds a model and its gates in one transaction: readers go from the last version that passed to this one, or
 * stay where they were. Rows that failed a check are kept as evidence before the rollback.
 */
export async function runModel(
  model: ModelNode,
  gates: readonly CheckNode[],
  context: RunContext,
): Promise<Built> {
  await requireQuery(model, context)
  try {
    return await context.sessions.use((session) => build(session, model, gates, context))
  } catch (error) {
    if (!(error instanceof GateFailed)) throw error
    const names = error.checks.filter(blocks).map((result) => result.name)
    const message = `${names.join(', ')} failed; the previous version stays published`
    return { status: 'failed', rows: 0, ledger: undefined, checks: error.checks, published: [], message }
  }
}

async function build(
  session: Session,
  model: ModelNode,
  gates: readonly CheckNode[],
  context: RunContext,
): Promise<Built> {
  const { dialect } = context.engine
  let rows = 0
  const checks = await session.transaction(async (transaction) => {
    if (model.materialization === 'view') await transaction.replaceView(model.relation, model.compiledSql)
    else rows = await transaction.replaceTable(model.relation, model.compiledSql)
    const results = await runGates(transaction, gates, context)
    if (results.some(blocks)) throw new GateFailed(results)
    return results
  })
  return {
    status: 'success',
    rows,
    ledger: undefined,
    checks,
    published: [dialect.relation(model.relation)],
    message: '',
  }
}

/** Runs check nodes on an executor, those over one relation together, and keeps the rows that fail. */
export async function runGates(
  executor: Executor,
  gates: readonly CheckNode[],
  context: RunContext,
): Promise<readonly CheckResult[]> {
  const { dialect } = context.engine
  const byRelation = Map.groupBy(gates, (gate) => (gate.relation ? dialect.relation(gate.relation) : ''))
  const results: CheckResult[] = []
  for (const [relation, nodes] of byRelation) {
    const target = { from: relation === '' ? '(select 1) as _ww_none' : relation, dialect, now: context.now }
    const answers = await runChecks(executor, nodes.map(checkOf), target)
    results.push(...answers)
    for (const answer of answers.filter((result) => result.status === 'fail')) {
      const check = nodes.find((node) => node.uniqueId === answer.id)?.check
      const query = check && failingRows(check, target)
      if (query !== undefined) await executor.exportRows(query, evidenceFile(context.evidence, answer.name))
    }
  }
  return results
}

/** A node's check, whose results say that they are the node's. */
export function checkOf({ check, uniqueId }: CheckNode): Check {
  return { ...check, id: uniqueId }
}

/** A model that is not one query could end the transaction that gates it, or publish on its own. */
async function requireQuery(model: ModelNode, context: RunContext): Promise<void> {
  const kinds = await context.engine.classify(model.compiledSql)
  if (kinds.length === 1 && kinds[0] === 'query') return
  throw new WaterworksError('WW5002', {
    message: `model ${model.name} is not a single query, so it cannot be gated`,
    location: { file: model.path, line: 1, column: 1 },
  })
}
