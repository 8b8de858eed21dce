import type { Field } from '../../src/batch/logical-type.ts'
import type { Executor, Row } from '../../src/engines/engine.ts'
import type { Check, CheckResult } from '../../src/quality/check.ts'
import type { CheckTarget } from '../../src/quality/check-target.ts'
import { runChecks } from '../../src/run/run-checks.ts'

/** Runs checks where nothing but rows can be asked for. */
export function judgeChecks(
  rows: (sql: string) => Promise<readonly Row[]>,
  checks: readonly Check[],
  target: CheckTarget,
  describe: (sql: string) => Promise<readonly Field[]> = async () => [],
): Promise<readonly CheckResult[]> {
  const asked: Pick<Executor, 'rows' | 'describe' | 'tentatively'> = {
    rows: async (sql) => [...(await rows(sql))],
    describe,
    tentatively: (work) => work(),
  }
  return runChecks(asked, checks, target)
}
