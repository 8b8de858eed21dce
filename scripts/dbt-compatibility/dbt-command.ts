import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DbtProgram } from '../dbt-oracle/invocation.ts'
import { DBT_PACKAGES, QUIET } from '../dbt-oracle/real-dbt.ts'
import { runProcess } from '../dbt-oracle/run-process.ts'
import { preparePython } from '../python-program.ts'

/**
 * dbt-core with dbt-duckdb from PyPI as its users have it: a new process for each command, so that times can be compared.
 * Undefined where PyPI cannot be reached; `report` is told so.
 */
export function dbtCommand(report: (reason: string) => void): DbtProgram | undefined {
  const script = fileURLToPath(new URL('../dbt-oracle/serve-dbt.py', import.meta.url))
  const program = preparePython({ script, packages: DBT_PACKAGES }, report)
  if (program === undefined) return undefined
  const command = join(dirname(program.python), 'dbt')
  return {
    name: 'dbt',
    run: ({ args, cwd, env }) => runProcess(command, { args, cwd, env: { ...QUIET, ...env } }),
  }
}
