import { hasMaterialization } from '../dbt/stored-failures/has-materialization.ts'
import type { Executor } from '../engines/engine.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { type CheckNode, isTestNode, type TestNode } from '../graph/node.ts'
import type { Check, CheckResult } from '../quality/check.ts'
import { failingRows } from '../quality/failing-rows.ts'
import { connectionFor } from './dbt/dbt-work.ts'
import { copyKeptFailures } from './dbt/kept-failures.ts'
import { keptAs, runTest } from './dbt/run-test.ts'
import { evidenceFile } from './evidence-file.ts'
import { isInterrupt } from './is-interrupt.ts'
import { runChecks } from './run-checks.ts'
import type { RunContext } from './run-context.ts'

/**
 * Runs check nodes on an executor, those over one relation together, and keeps the rows that fail. `atOnce`: the executor is a session,
 * and what a test writes is committed with it; else it is a transaction that others end.
 */
export async function runGates(
  executor: Executor,
  gates: readonly CheckNode[],
  context: RunContext,
  atOnce = false,
): Promise<readonly CheckResult[]> {
  const { dialect } = context.engine
  const materialized = gates.filter((gate) => isMaterialized(gate, context))
  const judged = gates.filter((gate) => !isMaterialized(gate, context))
  const byRelation = Map.groupBy(judged, (gate) => (gate.relation ? dialect.relation(gate.relation) : ''))
  const results: CheckResult[] = []
  for (const [relation, nodes] of byRelation) {
    const target = { from: relation === '' ? '(select 1) as _ww_none' : relation, dialect, now: context.now }
    const checks: Check[] = []
    for (const node of nodes) {
      const compiled = await compiledCheck(node, executor, context)
      if ('status' in compiled) results.push(compiled)
      else checks.push(compiled)
    }
    const answers = await runChecks(executor, checks, target)
    results.push(...answers)
    for (const answer of answers.filter((result) => result.status === 'fail')) {
      const check = checks.find(({ id }) => id === answer.id)
      const query = check && failingRows(check, target)
      if (query !== undefined) await executor.exportRows(query, evidenceFile(context.evidence, answer.name))
    }
  }
  for (const node of materialized) results.push(await materializedCheck(node, executor, context, atOnce))
  return results
}

function isMaterialized(node: CheckNode, { dbt }: RunContext): node is TestNode {
  return (
    isTestNode(node) &&
    node.check.rule.rule === 'sql' &&
    hasMaterialization(node.manifest.config, dbt.parsed.renderer)
  )
}

/** Runs a test by its materialization. What it keeps in a transaction is copied, as that may yet be rolled back. */
async function materializedCheck(
  node: TestNode,
  executor: Executor,
  context: RunContext,
  atOnce: boolean,
): Promise<CheckResult> {
  const { dbt } = context
  const compiled = await compiledCheck(node, executor, context)
  if ('status' in compiled) return compiled
  const sql = compiled.rule.rule === 'sql' ? compiled.rule.sql : ''
  const result = await runTest(node, sql, executor, atOnce, dbt)
  const kind = keptAs(node, dbt)
  if (kind !== undefined && !atOnce && result.status !== 'error') {
    dbt.kept.set(node.uniqueId, await copyKeptFailures(node, kind, sql, executor, context))
  }
  return result
}

/** A node's check, its query compiled where that had to wait for the warehouse; its result where that failed. */
async function compiledCheck(
  node: CheckNode,
  executor: Executor,
  context: RunContext,
): Promise<Check | CheckResult> {
  const started = performance.now()
  try {
    return await executor.tentatively(() => withQuery(node, executor, context))
  } catch (error) {
    if (!(error instanceof WaterworksError) || isInterrupt(error)) throw error
    const seconds = (performance.now() - started) / 1000
    const { uniqueId: id, check } = node
    context.dbt.journal.failed(id, error)
    return { id, name: check.name, status: 'error', failures: 0, message: error.message, seconds }
  }
}

async function withQuery(node: CheckNode, executor: Executor, { dbt }: RunContext): Promise<Check> {
  const check = checkOf(node)
  if (!isTestNode(node)) return check
  const { uniqueId, manifest, waitsFor } = node
  const { where: _inQuery, rule, ...rest } = check
  // Published at once a test is alone, as in dbt: a scan of its own would save nothing, and dbt's query can be read.
  const byMacro =
    dbt.publishesAtOnce && (manifest.depends_on.macros[0]?.startsWith('macro.dbt.test_') ?? false)
  if (!byMacro && (rule.rule !== 'sql' || waitsFor === undefined)) return check
  const connection = connectionFor(uniqueId, executor, false, dbt)
  const compiled = await dbt.queries.compileAt(manifest, connection)
  dbt.journal.compiled(uniqueId, compiled)
  const { code: sql } = compiled
  return { ...rest, rule: rule.rule === 'sql' ? { ...rule, sql } : { rule: 'sql', sql } }
}

/** A node's check, whose results say that they are the node's. */
export function checkOf({ check, uniqueId }: CheckNode): Check {
  return { ...check, id: uniqueId }
}
