import { PythonError } from './python-error.ts'

/** What a name or attribute that does not exist gives: prints nothing, is false and empty, and fails otherwise. */
export class Undefined {
  readonly #message: string
  readonly #name: string | undefined
  readonly #candidates: (() => Iterable<string>) | undefined

  constructor(message: string, name?: string, candidates?: () => Iterable<string>) {
    this.#message = message
    this.#name = name
    this.#candidates = candidates
  }

  static ofName(name: string): Undefined {
    return new Undefined(`'${name}' is undefined`, name)
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
