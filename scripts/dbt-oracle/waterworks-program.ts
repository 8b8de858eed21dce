import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { DbtProgram, Ended, Invocation } from './invocation.ts'

const BINARY = fileURLToPath(new URL('../../bin/waterworks.js', import.meta.url))
const MOST_MILLISECONDS = 300_000
/** Commands that publish. As dbt does it: each node when it is built, whatever its tests say. */
const PUBLISHING = new Set(['build', 'run', 'retry'])

/** Waterworks in dbt's place: the real command, in a process of its own. */
export const waterworks: DbtProgram = {
  name: 'Waterworks',
  async run({ args, cwd, env }: Invocation): Promise<Ended> {
    const started = performance.now()
    const asDbt = PUBLISHING.has(args[0]!) ? ['--publish', 'immediately'] : []
    const child = spawn(process.execPath, [BINARY, ...args, ...asDbt], {
      cwd,
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: MOST_MILLISECONDS,
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    child.on('error', reject).on('close', (code, signal) => resolve(signal === null ? (code ?? 2) : 2))
    const exitCode = await promise
    return { exitCode, output, seconds: (performance.now() - started) / 1000 }
  },
}
