import type { Diagnostics } from '../errors/diagnostics.ts'
import type { Location } from '../errors/location.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { compileTemplate } from '../jinja/compile-template.ts'
import type { ContextLookup } from '../jinja/runtime/render-scope.ts'
import type { Template } from '../jinja/template.ts'
import type { SqlFile } from '../project/project.ts'
import type { ContextNames } from './context/context-names.ts'
import { fileContext } from './context/file-context.ts'
import { phaseContext } from './context/phase-context.ts'
import type { Rendering } from './context/rendering.ts'
import { fixedClock, sharedContext } from './context/shared-context.ts'
import { MacroLibrary } from './macro-library.ts'
import { type Config, mergeConfigs } from './merge-configs.ts'
import { placeOfCall, placeOfReference } from './place-in-text.ts'
import { printReference, type Reference } from './reference.ts'
import type { TemplateSettings } from './template-settings.ts'
import type { CompileRequest, NamingMacro, ParsedFile, Resolved, Templates } from './templates.ts'

/**
 * The templates of a project. Macros are compiled once; those that fail or share a name (WW2107) are noted in the
 * diagnostics, as are the warnings that templates raise. What they log goes to `log`.
 */
export function createTemplates(
  settings: TemplateSettings,
  macroFiles: readonly SqlFile[],
  diagnostics: Diagnostics,
  log: (message: string) => void = () => {},
): Templates {
  return new ProjectTemplates(settings, new MacroLibrary(macroFiles, diagnostics), diagnostics, log)
}

const ownNames: ContextNames = { ...fileContext, ...phaseContext }

class ProjectTemplates implements Templates {
  readonly #settings: TemplateSettings
  readonly #macros: MacroLibrary
  readonly #diagnostics: Diagnostics
  readonly #log: (message: string) => void
  readonly #shared: Readonly<Record<string, unknown>>
  /** Parsing and compiling run the same template. */
  readonly #templates = new WeakMap<object, Template>()

  constructor(
    settings: TemplateSettings,
    macros: MacroLibrary,
    diagnostics: Diagnostics,
    log: (message: string) => void,
  ) {
    this.#settings = settings
    this.#macros = macros
    this.#diagnostics = diagnostics
    this.#log = log
    this.#shared = sharedContext(settings)
  }

  parse(file: SqlFile, config: Config): ParsedFile {
    const uses = new Map<string, Reference>()
    const configured = this.#parse(file, config, (reference) =>
      uses.set(printReference(reference), reference),
    )
    return { uses: [...uses.values()], config: configured }
  }

  placeOf(file: SqlFile, config: Config, reference: Reference): Location {
    const call = printReference(reference)
    try {
      this.#parse(file, config, (made) => {
        if (printReference(made) === call) throw new WaterworksError('WW1201', { message: call })
      })
    } catch (error) {
      if (error instanceof WaterworksError && error.location) return error.location
      throw error
    }
    return placeOfReference(file.path, file.text, reference)
  }

  compile(file: SqlFile, request: CompileRequest): string {
    const { config, uniqueId, relation, resolve, withoutClock } = request
    const say = (message: string) => {
      if (!withoutClock) this.#log(message)
    }
    const warn = (message: string) => {
      if (withoutClock) return
      const location = placeOfCall(file.path, file.text, 'exceptions.warn')
      this.#diagnostics.warn(new WaterworksError('WW2106', { message, location }))
    }
    return this.#render(file, {
      phase: 'compile',
      file,
      uniqueId,
      relation: relation ?? this.#ownRelation(file.name),
      withoutClock,
      resolve,
      configure: () => {},
      config: () => config,
      log: say,
      warn,
    })
  }

  renderText(text: string, file: string): string {
    return this.#render(
      { path: file, text },
      {
        phase: 'compile',
        file: { name: file, path: file, text },
        uniqueId: '',
        relation: this.#ownRelation(''),
        withoutClock: false,
        resolve: (reference) => refuse(printReference(reference)),
        configure: () => refuse('config()'),
        config: () => ({}),
        log: this.#log,
        warn: (message) => this.#diagnostics.warn(new WaterworksError('WW2106', { message })),
      },
    )
  }

  generateName(
    macro: NamingMacro,
    custom: string | undefined,
    file: SqlFile,
    uniqueId: string,
    config: Config,
  ): string | undefined {
    if (!this.#macros.find(macro)) return undefined
    const rendering: Rendering = {
      phase: 'compile',
      file,
      uniqueId,
      relation: this.#ownRelation(file.name),
      withoutClock: false,
      resolve: (reference) => refuse(printReference(reference)),
      configure: () => refuse('config()'),
      config: () => config,
      log: this.#log,
      warn: (message) => this.#diagnostics.warn(new WaterworksError('WW2106', { message })),
    }
    const text = `{{ ${macro}(${custom === undefined ? 'none' : 'waterworks_custom_name'}, model) }}`
    const given = { waterworks_custom_name: custom }
    return this.#render({ path: file.path, text }, rendering, given).trim()
  }

  #parse(file: SqlFile, config: Config, use: (reference: Reference) => void): Config {
    const given: Config[] = []
    const resolve = (reference: Reference): Resolved => {
      use(reference)
      return {
        relation: this.#ownRelation(reference.kind === 'ref' ? reference.model : reference.table),
        cte: undefined,
      }
    }
    this.#render(file, {
      phase: 'parse',
      file,
      uniqueId: `model.${this.#settings.projectName}.${file.name}`,
      relation: this.#ownRelation(file.name),
      withoutClock: false,
      resolve,
      configure: (layer) => void given.push(layer),
      config: () => (given.length === 0 ? config : mergeConfigs(config, ...given)),
      log: () => {},
      warn: () => {},
    })
    return mergeConfigs(...given)
  }

  #render(
    file: Pick<SqlFile, 'path' | 'text'>,
    rendering: Rendering,
    given: Readonly<Record<string, unknown>> = {},
  ): string {
    const findMacro = (name: string) => this.#macros.find(name)
    const scope = { settings: this.#settings, rendering, findMacro }
    const shared = rendering.withoutClock ? { ...this.#shared, ...fixedClock } : this.#shared
    const context: ContextLookup = {
      get: (name) => {
        const macro = findMacro(name)
        if (macro) return macro
        if (Object.hasOwn(ownNames, name)) return ownNames[name]!(scope)
        if (Object.hasOwn(given, name)) return given[name]
        return Object.hasOwn(shared, name) ? shared[name] : undefined
      },
      keys: () => [...this.#macros.names(), ...Object.keys(ownNames), ...Object.keys(shared)],
    }
    return this.#template(file).render(context)
  }

  #template(file: Pick<SqlFile, 'path' | 'text'>): Template {
    const known = this.#templates.get(file)
    if (known) return known
    const template = compileTemplate(file.text, { file: file.path })
    this.#templates.set(file, template)
    return template
  }

  #ownRelation(name: string) {
    return { schema: this.#settings.target.schema, name }
  }
}

function refuse(name: string): never {
  throw new WaterworksError('WW2102', { message: `${name} cannot be used here.` })
}
