import { PyDict } from '../../jinja/values/dict.ts'
import { isEqual } from '../../jinja/values/equality.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import { asInteger } from '../../jinja/values/number.ts'
import { PySlice } from '../../jinja/values/slice.ts'
import { reprOf } from '../../jinja/values/text.ts'
import { PyTuple } from '../../jinja/values/tuple.ts'

/** Values in order that can also be asked for by key: rows, columns and tables of columns, as agate has them. */
export class MappedSequence extends HostObject {
  readonly items: readonly unknown[]
  readonly names: readonly string[] | undefined
  readonly #typeName: string
  readonly #attributes: Readonly<Record<string, unknown>>

  constructor(
    typeName: string,
    items: readonly unknown[],
    names?: readonly string[],
    attributes: Readonly<Record<string, unknown>> = {},
  ) {
    super()
    this.#typeName = typeName
    this.items = items
    this.names = names
    this.#attributes = attributes
  }

  override get typeName(): string {
    return this.#typeName
  }

  override getAttribute(name: string): unknown {
    if (Object.hasOwn(this.#attributes, name)) return this.#attributes[name]
    const names = this.names ?? this.items.map((_, index) => index)
    switch (name) {
      case 'values':
        return hostFunction(name, () => new PyTuple([...this.items]))
      case 'keys':
        return hostFunction(name, () => (this.names ? new PyTuple([...this.names]) : null))
      case 'items':
        return hostFunction(name, () => this.items.map((item, index) => new PyTuple([names[index], item])))
      case 'dict':
        return hostFunction(name, () => PyDict.of(this.items.map((item, index) => [names[index], item])))
      case 'get':
        return hostFunction(name, ([key, fallback = null]) => this.getItem(key) ?? fallback)
      default:
        return undefined
    }
  }

  override attributeNames(): Iterable<string> {
    return ['values', 'keys', 'items', 'dict', 'get', ...(this.names ?? [])]
  }

  override getItem(key: unknown): unknown {
    if (key instanceof PySlice) return key.indices(this.items.length).map((index) => this.items[index])
    if (typeof key === 'string') {
      const index = this.names?.indexOf(key) ?? -1
      return index < 0 ? undefined : this.items[index]
    }
    const index = asInteger(key)
    return index === undefined ? undefined : this.items.at(Number(index))
  }

  override iterate(): Iterable<unknown> {
    return this.items
  }

  override size(): number {
    return this.items.length
  }

  override equals(other: unknown): boolean {
    const items =
      other instanceof MappedSequence
        ? other.items
        : other instanceof PyTuple
          ? other.items
          : Array.isArray(other)
            ? other
            : undefined
    return items !== undefined && isEqual(new PyTuple([...this.items]), new PyTuple([...items]))
  }

  override toText(): string {
    const shown = this.items.slice(0, 5).map(reprOf)
    return `<agate.${this.#typeName}: (${shown.join(', ')}${this.items.length > 5 ? ', ...' : ''})>`
  }
}
