import { isEqual } from '../values/equality.ts'
import { hostFunction } from '../values/host-function.ts'
import { HostObject } from '../values/host-object.ts'
import { PythonError } from '../values/python-error.ts'
import { knownSize } from '../values/size.ts'
import { PyTuple } from '../values/tuple.ts'
import { Undefined } from '../values/undefined.ts'

/** The `loop` of a for: where it stands. Looks one item ahead only when asked for what needs it. */
export class Loop extends HostObject {
  readonly #iterator: Iterator<unknown>
  readonly #depth: number
  readonly #recurse: ((items: unknown) => unknown) | undefined
  #size: number | undefined
  #ahead: unknown[] = []
  #index = -1
  #previous: unknown = new Undefined('there is no previous item')
  #current: unknown = this.#previous
  #lastChanged: PyTuple | undefined

  constructor(
    items: unknown,
    iterable: Iterable<unknown>,
    depth: number,
    recurse: ((items: unknown) => unknown) | undefined,
  ) {
    super()
    this.#iterator = iterable[Symbol.iterator]()
    this.#size = knownSize(items)
    this.#depth = depth
    this.#recurse = recurse
  }

  /** Steps to the next item. */
  next(): IteratorResult<unknown> {
    const result: IteratorResult<unknown> =
      this.#ahead.length > 0 ? { done: false, value: this.#ahead.shift() } : this.#iterator.next()
    if (result.done) return result
    this.#index++
    this.#previous = this.#current
    this.#current = result.value
    return result
  }

  override get typeName(): string {
    return 'LoopContext'
  }

  override getAttribute(name: string): unknown {
    switch (name) {
      case 'index':
        return this.#index + 1
      case 'index0':
        return this.#index
      case 'first':
        return this.#index === 0
      case 'last':
        return !this.#peek()
      case 'length':
        return this.#length()
      case 'revindex':
        return this.#length() - this.#index
      case 'revindex0':
        return this.#length() - this.#index - 1
      case 'depth':
        return this.#depth + 1
      case 'depth0':
        return this.#depth
      case 'previtem':
        return this.#previous
      case 'nextitem':
        return this.#peek() ? this.#ahead[0] : new Undefined('there is no next item')
      case 'cycle':
        return hostFunction('cycle', (args) => {
          if (args.length === 0) throw new PythonError('TypeError', 'no items for cycling given')
          return args[this.#index % args.length]
        })
      case 'changed':
        return hostFunction('changed', (args) => {
          const values = new PyTuple(args)
          if (this.#lastChanged && isEqual(this.#lastChanged, values)) return false
          this.#lastChanged = values
          return true
        })
      default:
        return undefined
    }
  }

  override attributeNames(): Iterable<string> {
    return loopAttributes
  }

  override call(args: readonly unknown[]): unknown {
    if (this.#recurse) return this.#recurse(args[0])
    const problem = "The loop must have the 'recursive' marker to be called recursively."
    throw new PythonError('TypeError', problem)
  }

  override size(): number {
    return this.#length()
  }

  override isTrue(): boolean {
    return this.#length() > 0
  }

  override toText(): string {
    return `<LoopContext ${this.#index + 1}/${this.#length()}>`
  }

  #peek(): boolean {
    if (this.#ahead.length > 0) return true
    const next = this.#iterator.next()
    if (next.done) return false
    this.#ahead.push(next.value)
    return true
  }

  #length(): number {
    if (this.#size === undefined) {
      for (let next = this.#iterator.next(); !next.done; next = this.#iterator.next())
        this.#ahead.push(next.value)
      this.#size = this.#index + 1 + this.#ahead.length
    }
    return this.#size
  }
}

const loopAttributes = [
  'index',
  'index0',
  'first',
  'last',
  'length',
  'revindex',
  'revindex0',
  'depth',
  'depth0',
  'previtem',
  'nextitem',
  'cycle',
  'changed',
]
