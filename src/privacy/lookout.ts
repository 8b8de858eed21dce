import type { Batch } from '../batch/batch.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { PersonalColumn, PrivacyMode } from '../project/personal-data.ts'
import { judgeBatch } from './recognise/judge-batch.ts'
import type { Finding } from './recognise/judge-column.ts'

/**
 * Looks for personal data that is not declared in the batches of one stream. Under `warn` the first batch of each
 * arrival is looked at and findings are kept; under `enforce` every batch is, and a finding throws WW4604.
 */
export class Lookout {
  readonly #stream: string
  readonly #declared: ReadonlySet<string>
  readonly #mode: PrivacyMode
  readonly #found = new Map<string, Finding>()

  constructor(stream: string, declared: readonly PersonalColumn[], mode: PrivacyMode) {
    this.#stream = stream
    this.#declared = new Set(declared.map(({ column }) => column.toLowerCase()))
    this.#mode = mode
  }

  /** Whether batches are looked at: all of an arrival, the first, or none. */
  get looksAt(): 'all' | 'first' | 'none' {
    return this.#mode === 'off' ? 'none' : this.#mode === 'warn' ? 'first' : 'all'
  }

  /** What was found, in sentences without a value. */
  get notes(): readonly string[] {
    return [...this.#found.values()].map((finding) => `WW4605 ${describe(this.#stream, finding)}`)
  }

  look(batch: Batch): void {
    const fresh = judgeBatch(batch).filter(({ column }) => !this.#isDeclared(column))
    for (const finding of fresh)
      if (!this.#found.has(finding.column)) this.#found.set(finding.column, finding)
    if (this.#mode !== 'enforce' || fresh.length === 0) return
    throw new WaterworksError('WW4604', {
      message: fresh.map((finding) => describe(this.#stream, finding)).join('; '),
      hint: `Add to the pipeline's extract, or to the entry of this stream: personal: {${fresh.map(entryOf).join(', ')}}`,
    })
  }

  /** Declared itself, or as part of what is. */
  #isDeclared(column: string): boolean {
    const parts = column.toLowerCase().split('.')
    return parts.some((_, index) => this.#declared.has(parts.slice(0, index + 1).join('.')))
  }
}

function describe(stream: string, { column, kind, share, looked }: Finding): string {
  const percent = Math.round(share * 100)
  const values = looked === 1 ? 'the one value' : `${percent} % of ${looked} values`
  return `${stream}: ${column} looks like personal data (${kind}: ${values} looked at) and is not declared: personal: {${entryOf({ column, kind })}}`
}

/** As YAML, within braces. */
function entryOf({ column, kind }: Pick<Finding, 'column' | 'kind'>): string {
  return `${/^[A-Za-z_][\w.-]*$/.test(column) ? column : JSON.stringify(column)}: ${kind}`
}
