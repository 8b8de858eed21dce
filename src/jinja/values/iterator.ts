/** A Python iterator: read once, without a length. What map, select and other lazy filters give. */
export class PyIterator {
  readonly #iterator: Iterator<unknown>
  /** Python's type name, such as `generator`. */
  readonly typeName: string
  readonly hashesByIdentity = true

  constructor(items: Iterable<unknown>, typeName = 'generator') {
    this.#iterator = items[Symbol.iterator]()
    this.typeName = typeName
  }

  next(): IteratorResult<unknown> {
    return this.#iterator.next()
  }

  [Symbol.iterator](): Iterator<unknown> {
    return { next: () => this.#iterator.next() }
  }
}
