import type { Executor } from '../engines/engine.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { Check, CheckResult } from '../quality/check.ts'
import type { CheckTarget } from '../quality/check-target.ts'
import { type CheckQuery, compileChecks } from '../quality/compile-checks.ts'
import { evaluate } from '../quality/evaluate.ts'
import { isInterrupt } from './is-interrupt.ts'

/**
 * Runs checks over one relation, one query after another on the executor that is given, and returns a result for
 * each, in the order of the queries. A check whose query the engine refuses has status `error`; checks that shared
 * the query are run again one by one, so that only the guilty one has it. Throws when a query is interrupted.
 */
export async function runChecks(
  executor: Executor,
  checks: readonly Check[],
  target: CheckTarget,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = []
  for (const query of compileChecks(checks, target)) results.push(...(await answer(executor, query, target)))
  return results
}

async function answer(
  executor: Executor,
  query: CheckQuery,
  target: CheckTarget,
): Promise<readonly CheckResult[]> {
  const started = performance.now()
  const seconds = (): number => (performance.now() - started) / 1000 / query.checks.length
  try {
    const [row] = await executor.tentatively(() => executor.rows(query.sql))
    if (row === undefined) throw new WaterworksError('WW9001', { message: 'a check query gave no row' })
    return query.checks.map((compiled) => ({
      ...idOf(compiled.check),
      ...evaluate(compiled, row),
      seconds: seconds(),
    }))
  } catch (error) {
    if (!(error instanceof WaterworksError) || error.code !== 'WW3001' || isInterrupt(error)) throw error
    const [first, ...others] = query.checks
    if (first !== undefined && others.length === 0) {
      const { check } = first
      return [
        {
          ...idOf(check),
          name: check.name,
          status: 'error',
          failures: 0,
          message: error.message,
          seconds: seconds(),
        },
      ]
    }
    return runChecksApart(executor, query, target)
  }
}

async function runChecksApart(
  executor: Executor,
  query: CheckQuery,
  target: CheckTarget,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = []
  for (const { check } of query.checks) {
    for (const alone of compileChecks([check], target))
      results.push(...(await answer(executor, alone, target)))
  }
  return results
}

function idOf({ id }: Check): Pick<CheckResult, 'id'> {
  return id === undefined ? {} : { id }
}

/** Whether a result stops publishing: an error-severity failure, or a check that could not be run at all. */
export function blocks(result: CheckResult): boolean {
  return result.status === 'fail' || result.status === 'error'
}
