import type { Arrival } from '../connectors/connector.ts'
import type { PersonalColumn } from '../project/personal-data.ts'

/**
 * Which of a stream's declared columns arrive: one that never does may be called otherwise now, and come in clear. Of a place
 * within JSON only the column is looked for, for not every record need have it.
 */
export class DeclaredColumns {
  readonly #stream: string
  readonly #missing: Map<string, string>
  #arrived = false

  constructor(stream: string, declared: readonly PersonalColumn[]) {
    this.#stream = stream
    const known = declared.filter(({ kind }) => kind !== 'none')
    this.#missing = new Map(known.map(({ column }) => [column.toLowerCase(), column]))
  }

  note(arrival: Arrival): void {
    this.#arrived = true
    const fields = arrival.kind === 'file' ? arrival.scan.fields : arrival.fields
    const names = new Set(fields.map(({ name }) => name.toLowerCase()))
    for (const column of this.#missing.keys())
      if (partsOf(column).some((part) => names.has(part))) this.#missing.delete(column)
  }

  /** Those that no arrival had, in sentences; none where nothing arrived. */
  get notes(): readonly string[] {
    if (!this.#arrived) return []
    return [...this.#missing.values()].map(
      (column) => `WW4607 ${this.#stream}: ${column} is declared personal and did not arrive`,
    )
  }
}

/** The column, however much of a path may be its name. */
function partsOf(column: string): readonly string[] {
  const parts = column.split('.')
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'))
}
