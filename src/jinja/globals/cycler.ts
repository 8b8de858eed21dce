import { hostFunction } from '../values/host-function.ts'
import { HostObject } from '../values/host-object.ts'
import { PythonError } from '../values/python-error.ts'

/** `cycler(a, b, …)`: gives its items in turn. */
export class Cycler extends HostObject {
  readonly #items: readonly unknown[]
  #position = 0

  constructor(items: readonly unknown[]) {
    super()
    if (items.length === 0) throw new PythonError('RuntimeError', 'at least one item has to be provided')
    this.#items = items
  }

  override get typeName(): string {
    return 'Cycler'
  }

  override getAttribute(name: string): unknown {
    switch (name) {
      case 'current':
        return this.#items[this.#position]
      case 'next':
        return hostFunction('next', () => this.#next())
      case 'reset':
        return hostFunction('reset', () => {
          this.#position = 0
        })
      default:
        return undefined
    }
  }

  override attributeNames(): Iterable<string> {
    return ['current', 'next', 'reset']
  }

  override toText(): string {
    return '<Cycler>'
  }

  #next(): unknown {
    const item = this.#items[this.#position]
    this.#position = (this.#position + 1) % this.#items.length
    return item
  }
}

/** `joiner(separator)`: called, gives nothing the first time and the separator from then on. */
export class Joiner extends HostObject {
  readonly #separator: unknown
  #used = false

  constructor(separator: unknown) {
    super()
    this.#separator = separator
  }

  override get typeName(): string {
    return 'Joiner'
  }

  override call(): unknown {
    if (this.#used) return this.#separator
    this.#used = true
    return ''
  }

  override toText(): string {
    return '<Joiner>'
  }
}
