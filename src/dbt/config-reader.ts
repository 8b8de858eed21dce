import type { ConfigProblem } from './config-problem.ts'
import type { Config } from './merge-configs.ts'
import { pythonRepr } from './python-text.ts'

/** Reads configuration values by key and type, and gathers what is wrong with them. */
export class ConfigReader {
  readonly problems: ConfigProblem[] = []
  readonly #config: Config

  constructor(config: Config) {
    this.#config = config
  }

  text(key: string): string | undefined {
    const value = this.#config[key]
    if (value === undefined || value === null) return undefined
    if (typeof value === 'string' && value !== '') return value
    this.#wrongType(key, 'a text', value)
    return undefined
  }

  boolean(key: string): boolean | undefined {
    const value = this.#config[key]
    if (value === undefined || value === null) return undefined
    if (typeof value === 'boolean') return value
    // dbt_project.yml often takes it from a variable, and what is rendered is text.
    if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true'
    this.#wrongType(key, 'true or false', value)
    return undefined
  }

  texts(key: string): readonly string[] {
    const value = this.#config[key]
    if (value === undefined || value === null) return []
    const list = Array.isArray(value) ? value : [value]
    if (list.every((item) => typeof item === 'string')) return list
    this.#wrongType(key, 'a text or a list of texts', value)
    return []
  }

  refuse(key: string, code: ConfigProblem['code'], message: string, hint?: string): void {
    this.problems.push(hint === undefined ? { key, code, message } : { key, code, message, hint })
  }

  #wrongType(key: string, wanted: string, value: unknown): void {
    this.refuse(key, 'WW1212', `The configuration "${key}" must be ${wanted}, not ${pythonRepr(value)}.`)
  }
}
