import type { Location } from '../../errors/location.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { ContextLookup } from '../../jinja/runtime/render-scope.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import type { DbtPackage } from '../../project/package.ts'
import { isMapping } from '../../project/yaml/is-mapping.ts'
import type { RelationName } from '../context/relation-name.ts'
import type { NodeInTemplate, Rendering } from '../context/rendering.ts'
import type { Config } from '../merge-configs.ts'
import { placeOfReference } from '../place-in-text.ts'
import { parseReference, printReference, type Reference, referredName } from '../reference.ts'
import type { TemplateRenderer } from '../template-renderer.ts'
import { layConfig, manifestKey } from './config-rules.ts'
import { readMacroCalls } from './macro-calls.ts'
import { isTemplate, nativeValue } from './native-value.ts'
import { renderText, type TemplateText } from './render-text.ts'
import { readStaticTemplate, staticNames } from './static-template.ts'
import { testArguments, testArgumentsName } from './test-arguments.ts'

/** What a template does while it is parsed. */
export interface TemplateReading {
  /** Every ref() and source() that ran, in order. */
  readonly uses: readonly Reference[]
  readonly metrics: readonly (readonly string[])[]
  /** What config() was called with, later calls laid over earlier ones. */
  readonly config: Config
  /** Unique ids of the macros that it calls itself, not by way of others. */
  readonly macros: readonly string[]
}

export interface ReadingOf {
  readonly node: NodeInTemplate
  readonly packageName: string
  readonly relation: RelationName
  /** The configuration that is known before the file is read; asked for only where rendering needs it. */
  readonly config: () => Config
}

const NONE: TemplateReading = Object.freeze({ uses: [], metrics: [], config: {}, macros: [] })

/** Reads templates in dbt's first phase: `execute` is false and nothing of what they print is kept. */
export class TemplateReader {
  readonly #renderer: TemplateRenderer
  /** Packages in which none of the names has another meaning than dbt's. */
  readonly #plain: ReadonlySet<string>
  /** Variables that some package gives a template as value, which may refer to anything. */
  readonly #templates: ReadonlySet<string>

  constructor(renderer: TemplateRenderer, packages: readonly DbtPackage[]) {
    this.#renderer = renderer
    const { macros, settings } = renderer
    const { cliVars, vars, packageVars = {} } = settings
    this.#templates = templatesAmong([cliVars, vars, ...Object.values(packageVars)])
    this.#plain = new Set(
      packages
        .map(({ name }) => name)
        .filter((name) => staticNames.every((word) => macros.find(word, name) === undefined)),
    )
  }

  /** Throws WW2xxx where rendering does. */
  read(file: TemplateText, of: ReadingOf): TemplateReading {
    if (!file.text.includes('{')) return NONE
    const told = this.#plain.has(of.packageName)
      ? readStaticTemplate(file.text, (name) => !this.#templates.has(name))
      : undefined
    if (told) return { uses: distinct(told.uses), metrics: [], config: joined(told.configs), macros: [] }
    const recording = new Recording(this.#renderer, of)
    renderText(file, recording.context)
    return recording.reading()
  }

  /** Where reading a template makes a reference, in the file itself or in a macro. */
  placeOf(file: TemplateText, of: ReadingOf, reference: Reference): Location {
    const call = printReference(reference)
    const recording = new Recording(this.#renderer, of, (made) => {
      if (printReference(made) === call) throw new WaterworksError('WW1201', { message: call })
    })
    try {
      renderText(file, recording.context)
    } catch (error) {
      if (error instanceof WaterworksError && error.location) return error.location
    }
    return placeOfReference(file.shown, file.text, reference)
  }

  /**
   * As `read`, for the call of a generic test's macro: its arguments are rendered first, then, unless the macro is known to refer
   * to nothing, the call with them.
   */
  readTest(
    file: TemplateText,
    kwargs: Readonly<Record<string, unknown>>,
    argumentsOnly: boolean,
    of: ReadingOf,
  ): TemplateReading {
    const recording = new Recording(this.#renderer, of)
    const texts: string[] = []
    const rendered = testArguments(kwargs, (template) => {
      const reference =
        argumentsOnly && this.#plain.has(of.packageName) ? parseReference(template) : undefined
      if (reference) {
        recording.note(reference)
        return null
      }
      texts.push(template)
      return nativeValue(template, file.shown, recording.context)
    })
    if (!argumentsOnly) {
      recording.given[testArgumentsName] = rendered
      renderText(file, recording.context)
      texts.push(file.text)
    }
    const reading = recording.reading()
    // As dbt notes them: not those that arguments call in a package.
    const own = new Set(
      readMacroCalls(texts.join('\n'))
        .filter(({ namespace }) => namespace === undefined)
        .map(({ name }) => name),
    )
    return { ...reading, macros: reading.macros.filter((id) => own.has(id.slice(id.lastIndexOf('.') + 1))) }
  }
}

/** The names, at any depth, of values that are templates. */
function templatesAmong(layers: readonly unknown[]): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (value: unknown): void => {
    if (!isMapping(value)) return
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner === 'string' && isTemplate(inner)) found.add(name)
      else visit(inner)
    }
  }
  for (const layer of layers) visit(layer)
  return found
}

/** One rendering in which what is called is noted. */
class Recording {
  readonly context: ContextLookup
  readonly given: Record<string, unknown>
  readonly #uses: Reference[] = []
  readonly #metrics: string[][] = []
  readonly #configs: Config[] = []
  readonly #macros = new Set<string>()

  constructor(
    renderer: TemplateRenderer,
    { node, packageName, relation, config }: ReadingOf,
    made: (reference: Reference) => void = () => {},
  ) {
    this.given = {
      metric: hostFunction('metric', (names) => {
        this.#metrics.push(names.filter((name) => typeof name === 'string'))
        return ''
      }),
    }
    let current: Config | undefined
    const rendering: Rendering = {
      phase: 'parse',
      node,
      packageName,
      relation,
      withoutClock: false,
      resolve: (reference) => {
        made(reference)
        this.#uses.push(reference)
        return { relation: { ...relation, identifier: referredName(reference) } }
      },
      configure: (layer) => {
        this.#configs.push(layer)
        current = undefined
      },
      config: () => {
        current ??= joined([config(), ...this.#configs])
        return current
      },
      log: () => {},
      warn: () => {},
      connection: undefined,
      manifest: undefined,
      given: this.given,
      called: (macro) => this.#macros.add(macro),
    }
    this.context = renderer.context(rendering)
  }

  note(reference: Reference): void {
    this.#uses.push(reference)
  }

  /** What was noted. */
  reading(): TemplateReading {
    return {
      uses: this.#uses,
      metrics: this.#metrics,
      config: joined(this.#configs),
      macros: [...this.#macros],
    }
  }
}

function joined(layers: readonly Config[]): Config {
  const [only, ...more] = layers
  if (only !== undefined && more.length === 0) return renamed(only)
  const result: Record<string, unknown> = {}
  for (const layer of layers) layConfig(result, layer)
  return result
}

function renamed(layer: Config): Config {
  if (!('pre_hook' in layer) && !('post_hook' in layer)) return layer
  return Object.fromEntries(Object.entries(layer).map(([key, value]) => [manifestKey(key), value]))
}

function distinct(uses: readonly Reference[]): readonly Reference[] {
  if (uses.length < 2) return uses
  return [...new Map(uses.map((use) => [printReference(use), use])).values()]
}
