import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the peers' packages are kept between runs. */
const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'waterworks-bench')

/** A program in Python to compare with, and the packages it needs, by exact version. */
export interface PythonPeer {
  /** The file in this folder. */
  readonly script: string
  readonly packages: readonly string[]
}

/** A peer that is installed and can be run. */
export interface InstalledPeer {
  /** Runs the script and gives what it printed, trimmed. Throws when it fails. */
  run(args: readonly string[]): string
}

/** Installs a peer from PyPI into an environment of its own, once; undefined, and why on stderr, where that cannot be done. */
export function installPeer({ script, packages }: PythonPeer): InstalledPeer | undefined {
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
      process.stderr.write(`${packages[0]} cannot be installed and is left out: ${problem}\n`)
      return undefined
    }
  }
  return {
    run(args) {
      const file = fileURLToPath(new URL(script, import.meta.url))
      const { status, stdout, stderr } = spawnSync(python, [file, ...args], { encoding: 'utf8' })
      if (status !== 0) throw new Error(`${script} ended with ${status}:\n${stderr}`)
      return stdout.trim()
    },
  }
}
