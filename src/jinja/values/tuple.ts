/** A Python tuple. */
export class PyTuple {
  readonly items: readonly unknown[]

  constructor(items: readonly unknown[]) {
    this.items = items
  }

  get typeName(): string {
    return 'tuple'
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.items[Symbol.iterator]()
  }
}
