import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { preparePython } from '../python-program.ts'
import type { DbtProgram, Ended, Invocation } from './invocation.ts'

/** DuckDB as Waterworks has it: what one wrote the other reads, and the engine is no difference between them. */
export const DBT_PACKAGES = ['dbt-core==1.10.23', 'dbt-duckdb==1.11.1', 'duckdb==1.5.6']

/** dbt with another adapter, on a server. */
export const DBT_POSTGRES_PACKAGES = ['dbt-core==1.10.23', 'dbt-postgres==1.11.0']

/** Nothing of the network is wanted, and nothing of who runs it or where. */
export const QUIET = {
  TZ: 'UTC',
  DO_NOT_TRACK: '1',
  DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
  NO_COLOR: '1',
  DBT_USE_COLORS: 'false',
}

const ended = z.object({ exitCode: z.number(), seconds: z.number() })

/** dbt-core with dbt-duckdb or dbt-postgres from PyPI, imported once: each command is a fork of that process. */
export class RealDbt implements DbtProgram {
  readonly name = 'dbt'
  readonly #server: ChildProcessByStdio<Writable, Readable, null>
  readonly #answers: AsyncIterator<string>
  readonly #folder = mkdtempSync(join(tmpdir(), 'waterworks-dbt-'))
  #last: Promise<unknown> = Promise.resolve()

  private constructor(python: string, script: string, adapter: string) {
    const env = { ...process.env, ...QUIET }
    this.#server = spawn(python, [script, adapter], { stdio: ['pipe', 'pipe', 'inherit'], env })
    this.#answers = createInterface({ input: this.#server.stdout })[Symbol.asyncIterator]()
  }

  /** Installs what is needed, once. Undefined where PyPI cannot be reached; `report` is told so. */
  static start(
    report: (reason: string) => void,
    adapter: 'duckdb' | 'postgres' = 'duckdb',
  ): RealDbt | undefined {
    const script = fileURLToPath(new URL('./serve-dbt.py', import.meta.url))
    const packages = adapter === 'duckdb' ? DBT_PACKAGES : DBT_POSTGRES_PACKAGES
    const program = preparePython({ script, packages }, report)
    return program && new RealDbt(program.python, script, adapter)
  }

  run(invocation: Invocation): Promise<Ended> {
    const ended = this.#last.then(() => this.#run(invocation))
    this.#last = ended.catch(() => undefined)
    return ended
  }

  close(): void {
    this.#server.stdin.end()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #run(invocation: Invocation): Promise<Ended> {
    const output = join(this.#folder, 'output')
    this.#server.stdin.write(`${JSON.stringify({ ...invocation, output })}\n`)
    const line = await this.#answers.next()
    if (line.done === true) throw new Error(`dbt's process ended at ${invocation.args.join(' ')}`)
    const [printed, errors] = [output, `${output}.errors`].map((file) => readFileSync(file, 'utf8'))
    return { ...ended.parse(JSON.parse(line.value)), output: `${printed}${errors}`, answer: printed! }
  }
}
