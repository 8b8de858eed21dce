import { PyDict } from './dict.ts'

/** A Python set. Keeps insertion order, where Python's order is arbitrary. */
export class PySet {
  readonly #members = new PyDict()

  constructor(items: Iterable<unknown> = []) {
    for (const item of items) this.add(item)
  }

  get typeName(): string {
    return 'set'
  }

  get size(): number {
    return this.#members.size
  }

  has(item: unknown): boolean {
    return this.#members.has(item)
  }

  add(item: unknown): void {
    if (!this.#members.has(item)) this.#members.set(item, null)
  }

  delete(item: unknown): boolean {
    return this.#members.delete(item)
  }

  clear(): void {
    this.#members.clear()
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.#members.keys()
  }
}
