import type { PyDict } from './dict.ts'
import { PyTuple } from './tuple.ts'

/** What a dict's keys(), values() and items() give: a live view. */
export class DictView {
  readonly kind: 'keys' | 'values' | 'items'
  readonly dict: PyDict
  readonly hashesByIdentity = true

  constructor(kind: 'keys' | 'values' | 'items', dict: PyDict) {
    this.kind = kind
    this.dict = dict
  }

  get typeName(): string {
    return `dict_${this.kind}`
  }

  *[Symbol.iterator](): Generator<unknown> {
    for (const [key, value] of this.dict.entries()) {
      yield this.kind === 'keys' ? key : this.kind === 'values' ? value : new PyTuple([key, value])
    }
  }
}
