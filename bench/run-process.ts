import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ProcessRun {
  readonly seconds: number
  readonly stdout: string
}

/** Preloaded into the measured process: writes its peak memory when it ends. */
const REPORT = new URL('./report-peak.ts', import.meta.url).pathname

type Environment = Readonly<Record<string, string>>

/** Runs a Node program to its end, timed from outside. Throws when it fails. */
export function runNode(args: readonly string[], cwd: string, env: Environment = {}): ProcessRun {
  return run(args, cwd, env)
}

/** The most memory that a Node program held until its end, in bytes, as the operating system counts it. */
export function peakBytes(args: readonly string[], cwd: string, env: Environment = {}): number {
  const file = join(tmpdir(), `waterworks-bench-${process.pid}-${Date.now()}`)
  run(['--import', REPORT, ...args], cwd, { ...env, WATERWORKS_BENCH_PEAK: file })
  const kibibytes = Number(readFileSync(file, 'utf8'))
  rmSync(file)
  return kibibytes * 1024
}

function run(args: readonly string[], cwd: string, env: Environment): ProcessRun {
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, ...env },
  })
  const seconds = (performance.now() - started) / 1000
  if (status !== 0)
    throw new Error(`${args.join(' ')} ended with ${status}:\n${stderr}\n${stdout.slice(0, 2000)}`)
  return { seconds, stdout }
}
