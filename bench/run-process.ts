import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ProcessRun {
  readonly seconds: number
  /** The most memory it held, in bytes, as the operating system counts it. */
  readonly peakBytes: number
  readonly stdout: string
}

/** Preloaded into the measured process: writes its peak memory when it ends. */
const REPORT = new URL('./report-peak.ts', import.meta.url).pathname

/** Runs a Node program to its end, from outside: its whole time and its peak memory. Throws when it fails. */
export function runNode(args: readonly string[], cwd: string): ProcessRun {
  const peakFile = join(tmpdir(), `waterworks-bench-${process.pid}-${Math.random().toString(36).slice(2)}`)
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', REPORT, ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, WATERWORKS_BENCH_PEAK: peakFile },
  })
  const seconds = (performance.now() - started) / 1000
  if (status !== 0)
    throw new Error(`${args.join(' ')} ended with ${status}:\n${stderr}\n${stdout.slice(0, 2000)}`)
  const peakBytes = Number(readFileSync(peakFile, 'utf8')) * 1024
  rmSync(peakFile, { force: true })
  return { seconds, peakBytes, stdout }
}
