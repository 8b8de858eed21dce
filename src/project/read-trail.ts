import { hash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import type { Environment } from './interpolate.ts'

/** What a place on the disk was like when it was read. */
export interface Trace {
  /** Which one it is, size and times; empty where nothing is there, undefined where the times are too recent to tell a later change by. */
  readonly stamp: string | undefined
  /** Of the bytes, or of the names in a folder; empty where nothing can be read. */
  readonly hash: string
}

/** Clocks of file systems are coarse: what changed this shortly before it was read may change again without a sign of it. */
const SETTLED_AFTER_MS = 2_000

/** What was asked of the disk and the environment while a project was read: as long as it stands, reading would find the same. */
export class ReadTrail {
  readonly files = new Map<string, Trace>()
  readonly folders = new Map<string, Trace>()
  /** Hashes of the values of variables, by name; undefined for those that are not set. */
  readonly variables = new Map<string, string | undefined>()
  /** So that hashes of values say nothing to whoever reads them. */
  readonly salt = randomUUID()
  #isWhole = true

  /** False once something was asked that leaves no trace: a program, the clock. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  spoil(): void {
    this.#isWhole = false
  }

  /** Notes a file that was read by other means, or looked for. */
  note(path: string): void {
    try {
      this.read(path)
    } catch {
      // That it cannot be read is noted as well.
    }
  }

  /** The bytes of a file; throws what reading throws. */
  read(path: string): Uint8Array {
    const stamp = stampOf(path)
    try {
      const bytes = readFileSync(path)
      this.files.set(path, { stamp, hash: hash('sha1', bytes, 'base64') })
      if (bytes.includes('random') && CHANCE.test(bytes.toString('utf8'))) this.spoil()
      return bytes
    } catch (error) {
      this.files.set(path, { stamp, hash: '' })
      throw error
    }
  }

  /** Notes which files and folders are in a folder. */
  list(folder: string): void {
    const stamp = stampOf(folder)
    this.folders.set(folder, { stamp, hash: namesHash(folder) })
  }

  /** The same variables; those that are asked for by name are noted. */
  environment(env: Environment): Environment {
    const note = (name: string | symbol) => {
      if (typeof name === 'string') this.variables.set(name, valueHash(env[name], this.salt))
    }
    return new Proxy(env, {
      get: (target, name) => {
        note(name)
        return Reflect.get(target, name)
      },
      getOwnPropertyDescriptor: (target, name) => {
        note(name)
        return Reflect.getOwnPropertyDescriptor(target, name)
      },
    })
  }
}

/** Jinja's filter that picks by chance; two lines before a word join texts in SQL. */
const CHANCE = /(?<!\|)\|\s*random\b/

/** Which file or folder it is, its size and its times, as `Trace` has them. */
export function stampOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return ''
  const { ino, size, mtimeMs, ctimeMs } = stat
  const isSettled = Math.max(mtimeMs, ctimeMs) < Date.now() - SETTLED_AFTER_MS
  return isSettled ? `${ino} ${size} ${mtimeMs} ${ctimeMs}` : undefined
}

/** The hash of a file's bytes as `Trace` has it. */
export function bytesHash(path: string): string {
  try {
    return hash('sha1', readFileSync(path), 'base64')
  } catch {
    return ''
  }
}

/** The hash of the names in a folder as `Trace` has it. */
export function namesHash(folder: string): string {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    const names = entries.map((entry) => `${entry.isDirectory() ? '/' : ''}${entry.name}`)
    return hash('sha1', names.sort().join('\0'), 'base64')
  } catch {
    return ''
  }
}

export function valueHash(value: string | undefined, salt: string): string | undefined {
  return value === undefined ? undefined : hash('sha256', `${salt}\0${value}`, 'base64')
}
