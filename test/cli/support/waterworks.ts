import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { inject, onTestFinished } from 'vitest'

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly input?: string
  readonly env?: Readonly<Record<string, string>>
  /** Arguments of Node itself. */
  readonly node?: readonly string[]
}

const BINARY = join(import.meta.dirname, '../../../bin/waterworks.js')

/** Starts the real binary in a folder. */
export function startWaterworks(
  folder: string,
  args: readonly string[],
  { env = {}, node = [] }: RunOptions = {},
): ChildProcess {
  const inherited = { ...process.env }
  for (const name of Object.keys(inherited)) {
    if (/^(npm_|VITEST|NODE_|FORCE_COLOR|NO_COLOR|WATERWORKS_)/.test(name)) delete inherited[name]
  }
  return spawn(process.execPath, [...node, BINARY, ...args], {
    cwd: folder,
    env: { ...inherited, ...inject('bundle'), ...env },
  })
}

/** Runs the real binary in a folder to its end. */
export async function waterworks(
  folder: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ran> {
  const child = startWaterworks(folder, args, options)
  child.stdin!.end(options.input ?? '')
  const closed = once(child, 'close')
  const [stdout, stderr] = await Promise.all([text(child.stdout!), text(child.stderr!)])
  await closed
  return { code: child.exitCode, stdout, stderr }
}

/** A copy of a fixture project that lasts as long as the test. */
export async function copyOfFixture(name: string): Promise<string> {
  const folder = await temporaryFolder()
  await cp(join(import.meta.dirname, '../fixtures', name), folder, { recursive: true })
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** The same, for several tests of a file: whoever asks removes it. */
export async function keptCopyOfFixture(name: string): Promise<string> {
  const folder = await temporaryFolder()
  await cp(join(import.meta.dirname, '../fixtures', name), folder, { recursive: true })
  return folder
}

function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'waterworks-cli-'))
}
