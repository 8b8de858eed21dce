import type { WaterworksError } from './waterworks-error.ts'

/** A warning is shown and counted but does not stop a command. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning'
  readonly error: WaterworksError
}

/** Gathers problems so that all of a project's mistakes are reported at once, in file order. */
export class Diagnostics {
  readonly #items: Diagnostic[] = []

  error(error: WaterworksError): void {
    this.#items.push({ severity: 'error', error })
  }

  warn(error: WaterworksError): void {
    this.#items.push({ severity: 'warning', error })
  }

  /** Takes over what was noted elsewhere. */
  add(items: Iterable<Diagnostic>): void {
    for (const item of items) this.#items.push(item)
  }

  get hasErrors(): boolean {
    return this.#items.some((item) => item.severity === 'error')
  }

  /** All problems, by file, line and column; those without a place first. */
  all(): readonly Diagnostic[] {
    return this.#items.toSorted((a, b) => compare(a.error, b.error))
  }
}

function compare(a: WaterworksError, b: WaterworksError): number {
  const [x, y] = [a.location, b.location]
  if (!x || !y) return Number(Boolean(x)) - Number(Boolean(y))
  if (x.file !== y.file) return x.file < y.file ? -1 : 1
  return x.line - y.line || x.column - y.column
}
