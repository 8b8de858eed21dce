import { type Kwargs, noKwargs } from './kwargs.ts'
import { PythonError } from './python-error.ts'

/** Puts positional and keyword arguments in the order of a function's parameters. */
export class Signature {
  readonly #function: string
  readonly #names: readonly string[]
  readonly #required: number
  readonly #takesRest: boolean
  readonly #takesKeywords: boolean

  /**
   * Parameters in order: `name` is required, `name?` may be absent and is then undefined, a last `*name` takes the
   * surplus positional arguments as an array, a last `**name` the surplus keywords as an object.
   */
  constructor(functionName: string, parameters: readonly string[]) {
    this.#function = functionName
    const plain = parameters.filter((parameter) => !parameter.startsWith('*'))
    this.#names = plain.map((parameter) => parameter.replace('?', ''))
    this.#required = plain.filter((parameter) => !parameter.endsWith('?')).length
    this.#takesRest = parameters.some((parameter) => /^\*[^*]/.test(parameter))
    this.#takesKeywords = parameters.some((parameter) => parameter.startsWith('**'))
  }

  /** The arguments by position, then the rest and the keywords where taken. Throws TypeError on a misfit. */
  bind(positional: readonly unknown[], keywords: Kwargs): readonly unknown[] {
    if (
      keywords === noKwargs &&
      positional.length === this.#names.length &&
      !this.#takesRest &&
      !this.#takesKeywords
    ) {
      return positional
    }
    const names = this.#names
    const values: unknown[] = positional.slice(0, names.length)
    if (positional.length > names.length && !this.#takesRest) {
      const most =
        names.length === 0
          ? 'no arguments'
          : `at most ${names.length} argument${names.length === 1 ? '' : 's'}`
      throw this.#error(`takes ${most} (${positional.length} given)`)
    }
    const surplus: Record<string, unknown> = Object.create(null)
    for (const [name, value] of Object.entries(keywords)) {
      const index = names.indexOf(name)
      if (index === -1) {
        if (!this.#takesKeywords) throw this.#error(`got an unexpected keyword argument '${name}'`)
        surplus[name] = value
      } else if (index < positional.length) throw this.#error(`got multiple values for argument '${name}'`)
      else values[index] = value
    }
    for (let i = positional.length; i < this.#required; i++) {
      if (values[i] === undefined) throw this.#error(`needs the argument '${names[i]}'`)
    }
    values.length = names.length
    if (this.#takesRest) values.push(positional.slice(names.length))
    if (this.#takesKeywords) values.push(surplus)
    return values
  }

  #error(problem: string): PythonError {
    return new PythonError('TypeError', `${this.#function}() ${problem}`)
  }
}
