import type { Diagnostic } from '../errors/diagnostics.ts'
import { type Palette, palette } from '../errors/palette.ts'
import { ProjectErrors } from '../errors/project-errors.ts'
import { renderDiagnostics, renderError } from '../errors/render.ts'
import type { WaterworksError } from '../errors/waterworks-error.ts'
import { redact } from '../events/redact.ts'
import type { WarningRules } from './warning-rules.ts'

/** What is said beside results, from the most to the least. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'none'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export interface OutputOptions {
  readonly json: boolean
  readonly quiet: boolean
  readonly color: boolean
  readonly logFormat: 'text' | 'json'
  /** Everything up to `info` unless given. */
  readonly level?: LogLevel
  /** What becomes of warnings; they are told unless given. */
  readonly warnings?: WarningRules
}

/** A stream that may be a terminal. */
export type OutputStream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number }

/** Where a command prints: results to standard output, everything else to standard error. */
export class Output {
  readonly options: OutputOptions
  readonly #out: OutputStream
  readonly #err: OutputStream
  /** Lines at the bottom of the terminal that are redrawn in place. */
  #live: readonly string[] = []
  #secrets: ReadonlySet<string> = new Set()

  constructor(options: OutputOptions, out: OutputStream, err: OutputStream) {
    this.options = options
    this.#out = out
    this.#err = err
  }

  /** From now on none of these is printed, whatever is said; the set may still grow. Data of tables stays as it is. */
  protect(secrets: ReadonlySet<string>): void {
    this.#secrets = secrets
  }

  #safe(text: string): string {
    return this.#secrets.size === 0 ? text : redact(text, [...this.#secrets])
  }

  /** Whether progress may be redrawn in place. */
  get interactive(): boolean {
    const { quiet, logFormat } = this.options
    return this.#err.isTTY === true && !quiet && logFormat === 'text' && this.#tells('info')
  }

  /** Columns of the terminal, 100 where there is none. */
  get width(): number {
    return this.#out.columns ?? 100
  }

  /** How results are emphasised: not at all unless a terminal shows them. */
  get paint(): Palette {
    return palette(this.options.color && this.#out.isTTY === true)
  }

  /** How what goes to standard error is emphasised. */
  get logPaint(): Palette {
    return palette(this.options.color && this.#err.isTTY === true)
  }

  /** The terminal that progress is drawn on, in columns. */
  get logWidth(): number {
    return this.#err.columns ?? 100
  }

  /** A line (or several) of the result. Nothing in JSON mode, where the result is `json`'s one document. */
  print(text: string): void {
    if (!this.options.json) this.#out.write(`${this.#safe(text)}\n`)
  }

  /** Shows these lines below everything else, in place of those shown before. For interactive outputs only. */
  live(lines: readonly string[]): void {
    this.#err.write(`${this.#erasure()}${lines.map((line) => `${this.#safe(line)}\n`).join('')}`)
    this.#live = lines.map((line) => this.#safe(line))
  }

  /** Cursor up over the live lines, and all below erased (ECMA-48 CPL, ED). */
  #erasure(): string {
    return this.#live.length === 0 ? '' : `\u001B[${this.#live.length}F\u001B[J`
  }

  #tells(level: LogLevel): boolean {
    return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(this.options.level ?? 'info')
  }

  /** A message above the live lines. */
  #say(text: string): void {
    this.#err.write(`${this.#erasure()}${this.#safe(text)}${this.#live.map((line) => `${line}\n`).join('')}`)
  }

  /** Rows of tables as they are, written bit by bit. Resolves when there is room for more. */
  async write(text: string): Promise<void> {
    if (this.options.json || this.#out.write(text)) return
    await new Promise<void>((resolve) => this.#out.once('drain', resolve))
  }

  /** The command's one JSON document, in JSON mode. */
  json(value: unknown): void {
    if (!this.options.json) return
    const safe = (_key: string, inner: unknown) =>
      typeof inner === 'string' ? this.#safe(inner) : printable(_key, inner)
    this.#out.write(`${JSON.stringify(value, safe, 2)}\n`)
  }

  /** The same, for a document that holds rows of tables: they are given as they are. */
  jsonData(value: unknown): void {
    if (this.options.json) this.#out.write(`${JSON.stringify(value, printable, 2)}\n`)
  }

  /** The stack of an error, for `--debug`, with those of its causes; what the causes say may hold values of rows. */
  stack(error: unknown): void {
    const lines = [error instanceof Error ? (error.stack ?? error.message) : String(error)]
    for (let cause = causeOf(error); cause !== undefined; cause = causeOf(cause)) {
      lines.push(
        `caused by ${cause.name}`,
        ...(cause.stack ?? '').split('\n').filter((line) => FRAME.test(line)),
      )
    }
    this.#say(`${lines.join('\n')}\n`)
  }

  /** A message beside the result. */
  log(message: string): void {
    if (this.options.quiet || !this.#tells('info')) return
    this.#say(
      this.options.logFormat === 'json'
        ? `${JSON.stringify({ at: new Date().toISOString(), level: 'info', message })}\n`
        : `${message}\n`,
    )
  }

  /** One error, without a count after it. */
  problem(error: WaterworksError): void {
    if (!this.#tells('error')) return
    if (this.options.logFormat === 'json') this.problems([{ severity: 'error', error }])
    else this.#say(`${renderError(error, { color: this.options.color && this.#err.isTTY === true })}\n`)
  }

  /**
   * Problems with their places; shown in quiet mode as well. Throws ProjectErrors where one of them is a warning that is to be taken for
   * an error.
   */
  problems(given: readonly Diagnostic[]): void {
    const { warnings } = this.options
    const judged = given.flatMap((item) => {
      const fate = item.severity === 'warning' ? warnings?.fate(item.error.code) : undefined
      if (fate === 'silence') return []
      return fate === 'error' ? [{ ...item, severity: 'error' as const }] : [item]
    })
    if (judged.some(({ severity }, index) => severity === 'error' && !given.includes(judged[index]!))) {
      throw new ProjectErrors(judged)
    }
    const items = judged.filter(({ severity }) => this.#tells(severity === 'error' ? 'error' : 'warn'))
    if (items.length === 0) return
    if (this.options.logFormat === 'json') {
      for (const { severity, error } of items) {
        const { code, message, location, hint } = error
        const line = { at: new Date().toISOString(), level: severity, code, message, location, hint }
        this.#say(`${JSON.stringify(line)}\n`)
      }
      return
    }
    this.#say(`${renderDiagnostics(items, { color: this.options.color && this.#err.isTTY === true })}\n`)
  }
}

const FRAME = /^\s+at /

function causeOf(error: unknown): Error | undefined {
  return error instanceof Error && error.cause instanceof Error ? error.cause : undefined
}

function printable(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
