import { spawn } from 'node:child_process'
import type { Ended, Invocation } from './invocation.ts'

const MOST_MILLISECONDS = 600_000

/** Runs a program to its end in a process of its own. One that does not end, or is killed, counts as exit code 2. */
export async function runProcess(program: string, { args, cwd, env }: Invocation): Promise<Ended> {
  const started = performance.now()
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, NO_COLOR: '1', TZ: 'UTC', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: MOST_MILLISECONDS,
  })
  let output = ''
  let answer = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
    answer += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  child.on('error', reject).on('close', (code, signal) => resolve(signal === null ? (code ?? 2) : 2))
  const exitCode = await promise
  return { exitCode, output, answer, seconds: (performance.now() - started) / 1000 }
}
