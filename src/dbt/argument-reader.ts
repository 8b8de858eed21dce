import type { Scalar } from '../engines/dialect.ts'
import { suggest } from '../errors/suggest.ts'

/** Reads the arguments of a test by name and type, and gathers what is wrong with them as sentences. */
export class ArgumentReader {
  readonly #arguments: Readonly<Record<string, unknown>>
  readonly #known = new Set<string>()
  readonly problems: { readonly message: string; readonly hint?: string }[] = []

  constructor(args: Readonly<Record<string, unknown>>) {
    this.#arguments = args
  }

  text(name: string): string | undefined {
    return this.#read(name, 'a text', (value) => typeof value === 'string' && value !== '' && [value])
  }

  boolean(name: string): boolean | undefined {
    return this.#read(name, 'true or false', (value) => typeof value === 'boolean' && [value])
  }

  positive(name: string): number | undefined {
    return this.#read(name, 'a number above 0', (value) => typeof value === 'number' && value > 0 && [value])
  }

  count(name: string): number | undefined {
    return this.#read(
      name,
      'a whole number of at least 0',
      (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && [value],
    )
  }

  /** A number, or a text such as a date. */
  bound(name: string): number | bigint | string | undefined {
    return this.#read(
      name,
      'a number or a text',
      (value) =>
        (typeof value === 'string' ||
          typeof value === 'bigint' ||
          (typeof value === 'number' && Number.isFinite(value))) && [value],
    )
  }

  texts(name: string): readonly string[] | undefined {
    return this.#read(
      name,
      'a list of texts',
      (value) =>
        Array.isArray(value) &&
        value.length > 0 &&
        value.every((item) => typeof item === 'string') && [value],
    )
  }

  scalars(name: string): readonly Scalar[] | undefined {
    return this.#read(
      name,
      'a list of values',
      (value) => Array.isArray(value) && value.length > 0 && value.every(isScalar) && [value],
    )
  }

  /** The value, which must be there; a stand-in of the same type is given after noting that it is not. */
  require<T>(value: T | undefined, name: string, standIn: T): T {
    if (value !== undefined) return value
    if (!Object.hasOwn(this.#arguments, name)) this.problems.push({ message: `needs the argument "${name}"` })
    return standIn
  }

  /** Call after reading all: whatever was never asked for is unknown. */
  finish(): void {
    for (const name of Object.keys(this.#arguments)) {
      if (this.#known.has(name)) continue
      const near = suggest(name, this.#known)
      const names = [...this.#known].join(', ')
      this.problems.push({
        message: `has no argument "${name}"`,
        hint: near ? `Did you mean "${near}"?` : names ? `It takes ${names}.` : 'It takes no arguments.',
      })
    }
  }

  /** `accept` gives the accepted value in a list of one, which tells an accepted `false` from a refusal. */
  #read<T>(name: string, wanted: string, accept: (value: unknown) => false | [T]): T | undefined {
    this.#known.add(name)
    const value = this.#arguments[name]
    if (value === undefined) return undefined
    const accepted = accept(value)
    if (accepted) return accepted[0]
    this.problems.push({ message: `needs ${wanted} as "${name}"` })
    return undefined
  }
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['boolean', 'number', 'bigint', 'string'].includes(typeof value)
}
