import type { Session } from '../engines/engine.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { CheckNode, ModelNode } from '../graph/node.ts'
import { GateFailed, gateFailure } from './gate-failed.ts'
import type { Built } from './node-report.ts'
import { blocks } from './run-checks.ts'
import type { RunContext } from './run-context.ts'
import { runGates } from './run-gates.ts'

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
    if (error instanceof GateFailed) return gateFailure(error)
    throw error
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

/** A model that is not one query could end the transaction that gates it, or publish on its own. */
async function requireQuery(model: ModelNode, context: RunContext): Promise<void> {
  const kinds = await context.engine.classify(model.compiledSql)
  if (kinds.length === 1 && kinds[0] === 'query') return
  throw new WaterworksError('WW5002', {
    message: `model ${model.name} is not a single query, so it cannot be gated`,
    location: { file: model.path, line: 1, column: 1 },
  })
}
