import type { Session } from '../engines/engine.ts'
import type { CheckNode, ModelNode } from '../graph/node.ts'
import { GateFailed, gateFailure } from './gate-failed.ts'
import type { Built } from './node-report.ts'
import { blocks } from './run-checks.ts'
import type { RunContext } from './run-context.ts'
import { runGates } from './run-gates.ts'

/**
 * Builds a model, whose text is one query, and its gates in one transaction: readers go from the last version that passed to this one, or
 * stay where they were. Rows that failed a check are kept as evidence before the rollback.
 */
export async function runModel(
  model: ModelNode,
  gates: readonly CheckNode[],
  context: RunContext,
): Promise<Built> {
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
