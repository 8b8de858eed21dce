import { PyTuple } from './tuple.ts'

/** What groupby gives: a pair that also has the attributes `grouper` and `list`. */
export class GroupTuple extends PyTuple {
  constructor(grouper: unknown, list: readonly unknown[]) {
    super([grouper, list])
  }

  /** The attributes a tuple lacks. */
  named(name: string): unknown {
    return name === 'grouper' ? this.items[0] : name === 'list' ? this.items[1] : undefined
  }
}
