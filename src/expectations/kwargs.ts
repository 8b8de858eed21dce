import { Refusal } from './refusal.ts'

export type Value = null | boolean | number | string

/** The kwargs of one expectation, read by name and type. What does not fit is a Refusal. */
export class Kwargs {
  readonly #given: Readonly<Record<string, unknown>>

  constructor(given: Readonly<Record<string, unknown>>) {
    this.#given = given
  }

  raw(name: string): unknown {
    return this.#given[name] ?? undefined
  }

  text(name: string): string {
    return this.optionalText(name) ?? this.#missing(name)
  }

  optionalText(name: string): string | undefined {
    const value = this.raw(name)
    if (value === undefined || typeof value === 'string') return value
    return this.#wrong(name, 'a text')
  }

  flag(name: string): boolean {
    const value = this.raw(name)
    if (value === undefined || typeof value === 'boolean') return value === true
    return this.#wrong(name, 'true or false')
  }

  number(name: string): number {
    return this.optionalNumber(name) ?? this.#missing(name)
  }

  optionalNumber(name: string): number | undefined {
    const value = this.raw(name)
    if (value === undefined || typeof value === 'number') return value
    return this.#wrong(name, 'a number')
  }

  value(name: string): Value | undefined {
    const value = this.raw(name)
    return value === undefined || isValue(value) ? value : this.#wrong(name, 'a value')
  }

  values(name: string): readonly Value[] {
    const value = this.raw(name) ?? this.#missing(name)
    return Array.isArray(value) && value.every(isValue) ? value : this.#wrong(name, 'a list of values')
  }

  texts(name: string): readonly string[] {
    const value = this.raw(name) ?? this.#missing(name)
    const isTexts = Array.isArray(value) && value.every((item) => typeof item === 'string')
    return isTexts ? value : this.#wrong(name, 'a list of texts')
  }

  /** One of some words; the first where it is not given. */
  choice<Word extends string>(name: string, words: readonly [Word, ...Word[]]): Word {
    const value = this.raw(name)
    if (value === undefined) return words[0]
    return words.find((word) => word === value) ?? this.#wrong(name, `one of ${words.join(', ')}`)
  }

  #missing(name: string): never {
    throw new Refusal(`the expectation needs "${name}"`)
  }

  #wrong(name: string, wanted: string): never {
    throw new Refusal(`"${name}" of the expectation must be ${wanted}`)
  }
}

export function isValue(value: unknown): value is Value {
  return value === null || ['boolean', 'number', 'string'].includes(typeof value)
}
