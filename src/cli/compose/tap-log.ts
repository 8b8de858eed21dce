import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { redact } from '../../events/redact.ts'

/** After which a log begins anew; the one before is kept beside it. */
const LARGEST = 4 * 1024 * 1024

/**
 * What a tap says of its work, in a file of the project that only its user can read, with secrets masked; or only how much it
 * says, where its words may hold personal data.
 */
export class TapLog {
  readonly path: string
  readonly #secrets: readonly string[]
  readonly #isWithheld: boolean
  #size: number | undefined

  /** @param path absolute; made when there is something to write */
  constructor(path: string, secrets: readonly string[], isWithheld = false) {
    this.path = path
    this.#secrets = secrets
    this.#isWithheld = isWithheld
  }

  add(line: string): void {
    const shown = this.#isWithheld ? withheld(line) : redact(line, this.#secrets)
    const text = `${shown}\n`
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

/** What a tap says of a record cannot be told from what it says of its work: the level of a line is all that is kept. */
function withheld(line: string): string {
  const [level = ''] = /\b(?:DEBUG|INFO|WARN|WARNING|ERROR|CRITICAL|FATAL)\b/.exec(line) ?? []
  return `${level === '' ? '' : `${level} `}(${line.length} characters withheld: personal data is treated)`
}
