import type { Relation } from '../engines/relation.ts'
import type { Diagnostics } from '../errors/diagnostics.ts'
import type { Location } from '../errors/location.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { hostFunction } from '../jinja/values/host-function.ts'
import type { SqlFile } from '../project/project.ts'
import { NeedsWarehouse } from './context/needs-warehouse.ts'
import type { RelationName } from './context/relation-name.ts'
import type { NodeInTemplate, Rendering } from './context/rendering.ts'
import { databaseOf } from './context/target-values.ts'
import { MacroLibrary } from './macros/macro-library.ts'
import { type Config, mergeConfigs } from './merge-configs.ts'
import { placeOfCall, placeOfReference } from './place-in-text.ts'
import { printReference, type Reference } from './reference.ts'
import { TemplateRenderer } from './template-renderer.ts'
import type { TemplateSettings } from './template-settings.ts'
import type { CompileRequest, NamingMacro, ParsedFile, Templates } from './templates.ts'

/**
 * The templates of a project. Macros that fail or share a name (WW2107) are noted in the diagnostics, as are the warnings
 * that templates raise. What they log goes to `log`.
 */
export function createTemplates(
  settings: TemplateSettings,
  macroFiles: readonly SqlFile[],
  diagnostics: Diagnostics,
  log: (message: string) => void = () => {},
): Templates {
  const packages = [{ name: settings.projectName, files: macroFiles }]
  const options = { rootPackage: settings.projectName, adapter: settings.target.type }
  const macros = new MacroLibrary(packages, options, diagnostics)
  return new ProjectTemplates(new TemplateRenderer(settings, macros), diagnostics, log)
}

class ProjectTemplates implements Templates {
  readonly #renderer: TemplateRenderer
  readonly #diagnostics: Diagnostics
  readonly #log: (message: string) => void

  constructor(renderer: TemplateRenderer, diagnostics: Diagnostics, log: (message: string) => void) {
    this.#renderer = renderer
    this.#diagnostics = diagnostics
    this.#log = log
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
    return this.#render(file, {
      ...this.#rendering(file, uniqueId, relation),
      withoutClock,
      resolve: (reference) => {
        const found = resolve(reference)
        return { relation: this.#relationName(found.relation), cte: found.cte }
      },
      configure: () => {},
      config: () => config,
      log: (message, level) => {
        if (!withoutClock && level === 'info') this.#log(message)
      },
      warn: (message) => {
        if (withoutClock) return
        const location = placeOfCall(file.path, file.text, 'exceptions.warn')
        this.#diagnostics.warn(new WaterworksError('WW2106', { message, location }))
      },
    })
  }

  renderText(text: string, file: string): string {
    const rendering = { ...this.#rendering({ name: file, path: file, text }, ''), node: undefined }
    return this.#renderer.render({ path: file, text }, rendering)
  }

  generateName(
    macro: NamingMacro,
    custom: string | undefined,
    file: SqlFile,
    uniqueId: string,
    config: Config,
  ): string | undefined {
    if (!this.#renderer.macros.find(macro, this.#renderer.settings.projectName)) return undefined
    const text = `{{ ${macro}(${custom === undefined ? 'none' : 'waterworks_custom_name'}, model) }}`
    const rendering: Rendering = {
      ...this.#rendering(file, uniqueId),
      config: () => config,
      given: { waterworks_custom_name: custom },
    }
    return this.#renderer.render({ path: file.path, text }, rendering).trim()
  }

  #parse(file: SqlFile, config: Config, use: (reference: Reference) => void): Config {
    const given: Config[] = []
    const { projectName } = this.#renderer.settings
    this.#render(file, {
      ...this.#rendering(file, `model.${projectName}.${file.name}`),
      phase: 'parse',
      given: parsing,
      resolve: (reference) => {
        if (reference.kind === 'ref' && reference.version !== undefined) throw withVersion()
        use(reference)
        return { relation: this.#ownRelation(reference.kind === 'ref' ? reference.model : reference.table) }
      },
      configure: (layer) => void given.push(layer),
      config: () => (given.length === 0 ? config : mergeConfigs(config, ...given)),
      log: () => {},
      warn: () => {},
    })
    return mergeConfigs(...given)
  }

  #render(file: SqlFile, rendering: Rendering): string {
    try {
      return this.#renderer.render(file, rendering)
    } catch (thrown) {
      if (!(thrown instanceof NeedsWarehouse)) throw thrown
      throw new WaterworksError('WW2105', {
        message: `Templates cannot use ${thrown.asked} yet.`,
        location: placeOfCall(file.path, file.text, thrown.asked.replace('()', '')),
      })
    }
  }

  /** A rendering that refuses what belongs to a file alone: to be changed where more is known. */
  #rendering(file: SqlFile, uniqueId: string, relation?: Relation): Rendering {
    const { projectName } = this.#renderer.settings
    return {
      phase: 'compile',
      node: nodeOf(file, uniqueId, projectName),
      packageName: projectName,
      relation: relation ? this.#relationName(relation) : this.#ownRelation(file.name),
      withoutClock: false,
      resolve: (reference) => refuse(printReference(reference)),
      configure: () => refuse('config()'),
      config: () => ({}),
      log: (message, level) => {
        if (level === 'info') this.#log(message)
      },
      warn: (message) => this.#diagnostics.warn(new WaterworksError('WW2106', { message })),
      connection: undefined,
      manifest: undefined,
      given: asking,
    }
  }

  #ownRelation(name: string): RelationName {
    return this.#relationName({ schema: this.#renderer.settings.target.schema, name })
  }

  #relationName({ schema, name }: Relation): RelationName {
    const { target } = this.#renderer.settings
    return { database: databaseOf(target), schema: schema ?? null, identifier: name }
  }
}

/** What a file's own node says of itself in templates. */
function nodeOf(file: SqlFile, uniqueId: string, packageName: string): NodeInTemplate {
  const node = {
    unique_id: uniqueId,
    resource_type: uniqueId.slice(0, uniqueId.indexOf('.')),
    name: file.name,
    package_name: packageName,
    original_file_path: file.path,
    path: file.path.slice(file.path.indexOf('/') + 1),
    raw_code: file.text,
  }
  return node
}

const macrosThatAsk = ['run_query', 'statement', 'load_relation']

/** What the built-in macros do that ask the warehouse, until they are read with the project. */
function askingMacros(ask: (name: string) => unknown): Rendering['given'] {
  return {
    is_incremental: hostFunction('is_incremental', () => false),
    ...Object.fromEntries(macrosThatAsk.map((name) => [name, hostFunction(name, () => ask(name))])),
  }
}

const parsing = askingMacros(() => null)
const asking = askingMacros((name) => {
  throw new NeedsWarehouse(`${name}()`)
})

function withVersion(): WaterworksError {
  const message = 'ref() with a version is not supported yet.'
  return new WaterworksError('WW2102', { message, hint: 'Leave the version out.' })
}

function refuse(name: string): never {
  throw new WaterworksError('WW2102', { message: `${name} cannot be used here.` })
}
