import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { redact } from '../../events/redact.ts'

/** After which a log begins anew; the one before is kept beside it. */
const LARGEST = 4 * 1024 * 1024

/** What a tap says of its work, in a file of the project that only its user can read, with secrets masked. */
export class TapLog {
  readonly path: string
  readonly #secrets: readonly string[]
  #size: number | undefined

  /** @param path absolute; made when there is something to write */
  constructor(path: string, secrets: readonly string[]) {
    this.path = path
    this.#secrets = secrets
  }

  add(line: string): void {
    const text = `${redact(line, this.#secrets)}\n`
    if (this.#size === undefined) {
      mkdirSync(dirname(this.path), { recursive: true })
      this.#size = statSync(this.path, { throwIfNoEntry: false })?.size ?? 0
    }
    if (this.#size > LARGEST) {
      renameSync(this.path, `${this.path}.1`)
      this.#size = 0
    }
    appendFileSync(this.path, text, { mode: 0o600 })
    this.#size += Buffer.byteLength(text)
  }
}
