import type { Kwargs } from '../values/kwargs.ts'
import { Signature } from '../values/signature.ts'

/** A method of a built-in type: gets the value it is called on and the call's arguments. */
export type Method = (self: unknown, args: readonly unknown[], kwargs: Kwargs) => unknown

export type MethodTable = ReadonlyMap<string, Method>

/** The methods of a type; `is` tells the type, so that each method gets its value typed. */
export class MethodTableBuilder<Self> {
  readonly #methods = new Map<string, Method>()

  /** Adds a method; for the form of its parameters see Signature. Absent arguments are undefined. */
  add(
    name: string,
    parameters: readonly string[],
    run: (self: Self, ...values: readonly unknown[]) => unknown,
  ): this {
    const signature = new Signature(name, parameters)
    this.#methods.set(name, (self, args, kwargs) => run(self as Self, ...signature.bind(args, kwargs)))
    return this
  }

  build(): MethodTable {
    return this.#methods
  }
}
