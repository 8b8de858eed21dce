import { hashKey } from './hash-key.ts'
import { PythonError } from './python-error.ts'

/** A Python dict: insertion order, keys by Python's equality. */
export class PyDict {
  readonly #values = new Map<unknown, unknown>()
  /** The keys that are not their own hash key (booleans, floats, tuples, …). */
  #keys: Map<unknown, unknown> | undefined

  /** A dict of the pairs; a later one wins but keeps the place of the first. */
  static of(pairs: Iterable<readonly [unknown, unknown]>): PyDict {
    const dict = new PyDict()
    for (const [key, value] of pairs) dict.set(key, value)
    return dict
  }

  get typeName(): string {
    return 'dict'
  }

  get size(): number {
    return this.#values.size
  }

  /** The value, or undefined when there is none (no template value is JavaScript's undefined). */
  get(key: unknown): unknown {
    return this.#values.get(hashKey(key))
  }

  has(key: unknown): boolean {
    return this.#values.has(hashKey(key))
  }

  set(key: unknown, value: unknown): void {
    const hash = hashKey(key)
    if (hash !== key && !this.#values.has(hash)) {
      this.#keys ??= new Map()
      this.#keys.set(hash, key)
    }
    this.#values.set(hash, value)
  }

  delete(key: unknown): boolean {
    const hash = hashKey(key)
    this.#keys?.delete(hash)
    return this.#values.delete(hash)
  }

  clear(): void {
    this.#values.clear()
    this.#keys = undefined
  }

  *keys(): Generator<unknown> {
    for (const [key] of this.entries()) yield key
  }

  *values(): Generator<unknown> {
    for (const [, value] of this.entries()) yield value
  }

  /** Pairs in order. Throws RuntimeError when the dict grows or shrinks meanwhile, as Python does. */
  *entries(): Generator<readonly [unknown, unknown]> {
    const { size } = this
    for (const [hash, value] of this.#values) {
      if (this.size !== size)
        throw new PythonError('RuntimeError', 'dictionary changed size during iteration')
      yield [this.#keys?.has(hash) ? this.#keys.get(hash) : hash, value]
    }
  }
}
