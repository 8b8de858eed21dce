import { Writable } from 'node:stream'
import { Output, type OutputOptions } from '../../../src/cli/output.ts'

const ESCAPE = '\u001B'
const TOKENS = new RegExp(`${ESCAPE}\\[\\d*[A-Za-z]|\\n|[^${ESCAPE}\\n]+`, 'g')
const CURSOR_UP = new RegExp(`^${ESCAPE}\\[(\\d*)F$`)

/** A stream that keeps what was written, and may claim to be a terminal. */
export class Screen extends Writable {
  readonly isTTY: boolean
  readonly columns: number
  written = ''

  constructor(isTTY = false, columns = 80) {
    super({ decodeStrings: false })
    this.isTTY = isTTY
    this.columns = columns
  }

  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    this.written += chunk.toString()
    done()
  }

  /** What a terminal would show: understands "cursor up n lines" and "erase below", and takes colours away. */
  get shown(): readonly string[] {
    const lines = ['']
    let row = 0
    for (const [token] of this.written.matchAll(TOKENS)) {
      const up = CURSOR_UP.exec(token)
      if (token === '\n') {
        row += 1
        lines[row] ??= ''
      } else if (up) row = Math.max(0, row - Number(up[1] || 1))
      else if (token === `${ESCAPE}[J`) lines.splice(row, lines.length - row, '')
      else if (!token.startsWith(ESCAPE)) lines[row] += token
    }
    return lines
  }
}

export interface TestOutput {
  readonly output: Output
  readonly out: Screen
  readonly err: Screen
}

/** An Output on streams that can be looked at. */
export function testOutput(options: Partial<OutputOptions> = {}, isTTY = false): TestOutput {
  const [out, err] = [new Screen(isTTY), new Screen(isTTY)]
  const all = { json: false, quiet: false, color: false, logFormat: 'text' as const, ...options }
  return { output: new Output(all, out, err), out, err }
}
