import type { Kwargs } from '../values/kwargs.ts'

/** `value|name(args)`: gives the filtered value. */
export type Filter = (value: unknown, args: readonly unknown[], kwargs: Kwargs, registry: Registry) => unknown

/** `value is name(args)` */
export type Test = (value: unknown, args: readonly unknown[], kwargs: Kwargs, registry: Registry) => boolean

/** The filters, tests and global names that templates of one kind can use. */
export interface Registry {
  readonly filters: ReadonlyMap<string, Filter>
  readonly tests: ReadonlyMap<string, Test>
  readonly globals: ReadonlyMap<string, unknown>
}
