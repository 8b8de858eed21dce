import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DBT_PACKAGES } from '../scripts/dbt-oracle/real-dbt.ts'
import { preparePython } from '../scripts/python-program.ts'

/** Seconds that a command of dbt's takes as a process of its own, in a project's folder. Throws when it fails. */
export type TimedDbt = (args: readonly string[], cwd: string) => number

/** dbt-core with dbt-duckdb from PyPI; undefined, and said on the terminal, where it cannot be installed. */
export function realDbt(): TimedDbt | undefined {
  const script = fileURLToPath(new URL('../scripts/dbt-oracle/serve-dbt.py', import.meta.url))
  const program = preparePython({ script, packages: DBT_PACKAGES }, (reason) =>
    process.stderr.write(`${reason}\n`),
  )
  if (program === undefined) return undefined
  const dbt = join(dirname(program.python), 'dbt')
  return (args, cwd) => {
    const started = performance.now()
    const { status, stdout } = spawnSync(dbt, ['--no-use-colors', ...args], {
      cwd,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, DO_NOT_TRACK: '1', DBT_SEND_ANONYMOUS_USAGE_STATS: 'false' },
    })
    if (status !== 0) throw new Error(`dbt ${args.join(' ')} ended with ${status}:\n${stdout.slice(-2000)}`)
    return (performance.now() - started) / 1000
  }
}
