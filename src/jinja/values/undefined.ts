import { PythonError } from './python-error.ts'

/** What a name or attribute that does not exist gives: prints nothing, is false and empty, and fails otherwise. */
export class Undefined {
  readonly #message: string
  readonly #name: string | undefined
  readonly #candidates: (() => Iterable<string>) | undefined
  /** Whether it may be called and asked for attributes and items, and gives itself. */
  readonly forgives: boolean

  constructor(message: string, name?: string, candidates?: () => Iterable<string>, forgives = false) {
    this.#message = message
    this.#name = name
    this.#candidates = candidates
    this.forgives = forgives
  }

  static ofName(name: string): Undefined {
    return new Undefined(`'${name}' is undefined`, name)
  }

  /** The same, forgiving. */
  forgiving(): Undefined {
    return this.forgives ? this : new Undefined(this.#message, this.#name, this.#candidates, true)
  }

  get typeName(): string {
    return 'Undefined'
  }

  /** The error of using it for more than printing and testing. */
  error(): PythonError {
    const lookup = this.#name === undefined ? undefined : { asked: this.#name, candidates: this.#candidates }
    return new PythonError('UndefinedError', this.#message, lookup)
  }
}
