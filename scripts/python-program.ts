import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where packages from PyPI are kept between runs. */
const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'waterworks-python')
const MOST_OUTPUT = 1 << 29

/** A program in Python, to compare with, and the packages it needs, by exact version. */
export interface PythonProgram {
  /** The file, absolute. */
  readonly script: string
  readonly packages: readonly string[]
}

/** A program whose packages are installed. */
export interface ReadyProgram {
  /** The interpreter that has the packages, for programs that stay and are talked to. */
  readonly python: string
  /** Runs it and gives what it printed. Throws when it fails. */
  run(args: readonly string[]): string
  /** Runs it with a text on standard input, and gives what it printed. Throws when it fails. */
  ask(input: string): string
}

/**
 * Installs the packages of a program from PyPI, once, into an environment of their own. Undefined where that cannot be
 * done; `report` is told why.
 */
export function preparePython(
  { script, packages }: PythonProgram,
  report: (reason: string) => void,
): ReadyProgram | undefined {
  const environment = join(CACHE, packages.join('_').replaceAll(/[^A-Za-z0-9._-]/g, '-'))
  const python = join(environment, 'bin', 'python')
  const done = join(environment, 'installed')
  if (!existsSync(done)) {
    const steps: readonly (readonly [string, readonly string[]])[] = [
      ['python3', ['-m', 'venv', environment]],
      [python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]],
      [python, ['-c', `open(${JSON.stringify(done)}, 'w')`]],
    ]
    for (const [command, args] of steps) {
      const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' })
      if (status === 0) continue
      const problem = error?.message ?? stderr.trim().split('\n').at(-1)
      report(`${packages.join(', ')} cannot be installed from PyPI: ${problem}`)
      return undefined
    }
  }
  const run = (args: readonly string[], input?: string) => {
    const options = {
      encoding: 'utf8',
      maxBuffer: MOST_OUTPUT,
      ...(input === undefined ? {} : { input }),
    } as const
    const { status, stdout, stderr, error } = spawnSync(python, [script, ...args], options)
    if (status !== 0) throw new Error(`${script} ended with ${status ?? error?.message}:\n${stderr}`)
    return stdout
  }
  return { python, run: (args) => run(args), ask: (input) => run([], input) }
}
