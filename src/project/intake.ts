import type { ErrorCode } from '../errors/catalogue.ts'
import { Diagnostics } from '../errors/diagnostics.ts'
import type { Location } from '../errors/location.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { Origin } from './origin.ts'
import { lineText } from './yaml/line-text.ts'
import { YamlPlaces } from './yaml/locate-in-yaml.ts'
import { parseYaml } from './yaml/parse-yaml.ts'
import { isPrefix, type Path } from './yaml/value-at.ts'
import type { YamlRules } from './yaml/yaml-rules.ts'

export interface Finding {
  readonly message: string
  readonly hint?: string | undefined
  /** Point at the key rather than at its value. */
  readonly part?: 'key' | 'value'
}

/** What is known while a project is read: the YAML texts, for showing places, and the problems found so far. */
export class Intake {
  readonly diagnostics = new Diagnostics()
  readonly #texts = new Map<string, string>()
  readonly #places = new Map<string, YamlPlaces>()
  readonly #faults = new Map<string, Path[]>()
  readonly #unread: (file: string) => string | undefined

  /** `unread` gives the text of a file that was passed over, so that places in it can be shown. */
  constructor(unread: (file: string) => string | undefined = () => undefined) {
    this.#unread = unread
  }

  /** Parses a file's text and keeps it; undefined, with the error noted, when it is not YAML, or when it is empty. */
  yaml(file: string, text: string, rules: YamlRules): unknown {
    this.#texts.set(file, text)
    try {
      return parseYaml(text, file, rules, (duplicate) => this.diagnostics.warn(duplicate))
    } catch (error) {
      if (!(error instanceof WaterworksError)) throw error
      this.diagnostics.error(error)
      return undefined
    }
  }

  error(code: ErrorCode, origin: Origin, finding: Finding): void {
    const faults = this.#faults.get(origin.file)
    if (faults) faults.push(origin.path)
    else this.#faults.set(origin.file, [origin.path])
    this.diagnostics.error(this.#problem(code, origin, finding))
  }

  warn(code: ErrorCode, origin: Origin, finding: Finding): void {
    this.diagnostics.warn(this.#problem(code, origin, finding))
  }

  /** Whether an error was noted at `origin` or below it, so that what was left out is not called missing. */
  isFaulty(origin: Origin): boolean {
    return (this.#faults.get(origin.file) ?? []).some((path) => isPrefix(origin.path, path))
  }

  /** The line and column of what `origin` leads to; the file's first line when nothing of it is there. */
  locate(origin: Origin, part: 'key' | 'value' = 'value'): Location {
    const text = this.#texts.get(origin.file) ?? this.#unread(origin.file)
    if (text === undefined) return { file: origin.file, line: 1, column: 1 }
    let places = this.#places.get(origin.file)
    if (!places) {
      places = new YamlPlaces(text)
      this.#places.set(origin.file, places)
    }
    const before = text.slice(0, places.offset(origin.path, part))
    const line = before.split('\n').length
    const column = before.length - (before.lastIndexOf('\n') + 1) + 1
    return { file: origin.file, line, column, text: lineText(text, line) }
  }

  #problem(code: ErrorCode, origin: Origin, { message, hint, part }: Finding): WaterworksError {
    return new WaterworksError(code, { message, hint, location: this.locate(origin, part) })
  }
}
