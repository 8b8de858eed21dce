import type { JsonObject } from '../../../api-manifest/json.ts'
import type { Location } from '../../../errors/location.ts'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import { compileTemplate } from '../../../jinja/compile-template.ts'
import type { Template } from '../../../jinja/template.ts'
import type { TemplateExtensions } from '../../../jinja/template-kind.ts'
import { fromHost } from '../../../jinja/values/convert.ts'
import { PythonError } from '../../../jinja/values/python-error.ts'
import { filters } from './filters.ts'
import { macros } from './macros.ts'
import { parsePythonLiteral } from './python-literal.ts'

/** The names that a template sees at one moment, beside `config` and `parameters`. */
export type Scope = Readonly<Record<string, unknown>>

/** Which literals a result is taken for; others stay the text they were written as. */
export type LiteralTest = (value: unknown) => boolean

export interface TemplateOptions {
  readonly parameters: JsonObject
  /** Where the component stands that the template is of. */
  readonly location: Location
  /** Rendered in place of a result that is empty or undefined; null gives None. */
  readonly fallback: string | null
  readonly accepts?: LiteralTest | undefined
}

const EXTENSIONS: TemplateExtensions = { filters, globals: macros }
const TEMPLATE = /\{[{%#]/
/** A slice under its other names. */
const ALIASES: Readonly<Record<string, string>> = {
  stream_interval: 'stream_slice',
  stream_partition: 'stream_slice',
}
/** Looked up by our Jinja as it renders; Jinja's own, which are no names of the manifest's. */
const JINJA_GLOBALS = new Set(['dict', 'lipsum', 'cycler', 'joiner', 'namespace'])

/**
 * Renders templates as manifests mean them: what is printed is read as a literal of Python, so that `{{ 1 + 1 }}` is a
 * number and `['a']` a list; what is empty or undefined gives way to a fallback, and a name that nobody declared is
 * an error (WW4405).
 */
export class Interpolation {
  readonly #config: JsonObject
  #configValue: unknown

  constructor(config: JsonObject) {
    this.#config = config
  }

  get config(): JsonObject {
    return this.#config
  }

  /** A template value. Throws WW4405 when the template cannot be rendered. */
  evaluate(template: string, scope: Scope, options: TemplateOptions): unknown {
    if (template.includes('stream_state')) {
      throw failure('stream_state is not there for templates; stream_interval is', options)
    }
    if (!TEMPLATE.test(template))
      return literalOf(template === '' ? (options.fallback ?? '') : template, options)
    try {
      const text = this.#render(template, scope, options)
      if (text !== '') return literalOf(text, options)
    } catch (error) {
      if (!isPythonError(error, 'UndefinedError')) throw explain(error, options)
    }
    if (options.fallback === null) return null
    try {
      return literalOf(this.#render(options.fallback, scope, options), options)
    } catch (error) {
      throw explain(error, options)
    }
  }

  #render(text: string, scope: Scope, { parameters, location }: TemplateOptions): string {
    const template: Template = compileTemplate(text, {
      file: location.file,
      firstLine: location.line,
      extensions: EXTENSIONS,
    })
    const names = new Map<string, unknown>(Object.entries(scope))
    const get = (name: string): unknown => {
      if (name === 'config') {
        this.#configValue ??= fromHost(this.#config)
        return this.#configValue
      }
      if (name === 'parameters') return parameters
      const value = names.get(ALIASES[name] ?? name)
      if (value !== undefined || Object.hasOwn(scope, ALIASES[name] ?? name)) return value ?? null
      if (Object.hasOwn(macros, name) || JINJA_GLOBALS.has(name)) return undefined
      throw new WaterworksError('WW4405', { message: `nothing is called "${name}" here`, location })
    }
    try {
      return template.render({ get })
    } catch (error) {
      // Python's types clash: the template stands for itself.
      if (isPythonError(error, 'TypeError')) return text
      throw error
    }
  }
}

function literalOf(text: string, { accepts }: TemplateOptions): unknown {
  const value = parsePythonLiteral(text)
  return value === undefined || (accepts !== undefined && !accepts(value)) ? text : value
}

function isPythonError(error: unknown, kind: PythonError['kind']): boolean {
  return error instanceof WaterworksError && error.cause instanceof PythonError && error.cause.kind === kind
}

function explain(error: unknown, options: TemplateOptions): unknown {
  if (!(error instanceof WaterworksError) || error.code === 'WW4405') return error
  return failure(error.message, options, error)
}

function failure(message: string, { location }: TemplateOptions, cause?: unknown): WaterworksError {
  return new WaterworksError('WW4405', {
    message: `a template of the manifest fails: ${message}`,
    location,
    cause,
  })
}
