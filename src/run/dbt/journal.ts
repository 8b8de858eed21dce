import type { CompiledNode } from '../../dbt/artifacts/compiled-node.ts'
import type { NodeResult, Timing } from '../../dbt/artifacts/node-result.ts'

/** What the warehouse answered to a node's main statement. */
export interface Response {
  readonly message: string
  /** Under dbt's names: `_message`, `code`, `rows_affected`. */
  readonly answer: Readonly<Record<string, unknown>>
}

/** What became of a node, for dbt's artifacts. */
export interface JournalEntry {
  readonly compiled: CompiledNode | undefined
  readonly sent: readonly string[]
  readonly response: Response | undefined
  /** Why it failed, where something was thrown. */
  readonly error: unknown
  /** Why it was not tried, where dbt says so. */
  readonly leftOut: string | undefined
  readonly timing: readonly Timing[]
  /** Of a microbatch model. */
  readonly batches: NodeResult['batchResults'] | undefined
}

interface Notes {
  compiled: CompiledNode | undefined
  sent: string[]
  response: Response | undefined
  error: unknown
  leftOut: string | undefined
  readonly timing: Timing[]
  batches: NodeResult['batchResults'] | undefined
}

/** What a run notes of dbt's nodes as it goes, by unique id: code, statements, answers and times. */
export class Journal {
  readonly #notes = new Map<string, Notes>()
  readonly #passed: string[] = []

  get entries(): ReadonlyMap<string, JournalEntry> {
    return this.#notes
  }

  /** What had its turn and nothing done to it, such as ephemeral models. */
  get untouched(): readonly string[] {
    return this.#passed
  }

  passed(node: string): void {
    this.#passed.push(node)
  }

  /** A node that is tried again begins anew. */
  begin(node: string): void {
    this.#notes.delete(node)
  }

  compiled(node: string, compiled: CompiledNode): void {
    this.#of(node).compiled = compiled
  }

  sent(node: string, sql: string): void {
    this.#of(node).sent.push(sql)
  }

  batches(node: string, batches: NonNullable<NodeResult['batchResults']>): void {
    this.#of(node).batches = batches
  }

  answered(node: string, response: Response): void {
    this.#of(node).response = response
  }

  failed(node: string, error: unknown): void {
    this.#of(node).error = error
  }

  leftOut(node: string, why: string): void {
    this.#of(node).leftOut = why
  }

  /** Runs a stretch of a node's work and notes how long it took, however it ends. */
  async timed<T>(node: string, name: Timing['name'], work: () => Promise<T>): Promise<T> {
    const startedAt = new Date()
    try {
      return await work()
    } finally {
      this.#of(node).timing.push({ name, startedAt, completedAt: new Date() })
    }
  }

  #of(node: string): Notes {
    let notes = this.#notes.get(node)
    if (notes === undefined) {
      notes = {
        compiled: undefined,
        sent: [],
        response: undefined,
        error: undefined,
        leftOut: undefined,
        timing: [],
        batches: undefined,
      }
      this.#notes.set(node, notes)
    }
    return notes
  }
}
