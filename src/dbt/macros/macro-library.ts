import type { Diagnostics } from '../../errors/diagnostics.ts'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { compileTemplate } from '../../jinja/compile-template.ts'
import type { TemplateMacro } from '../../jinja/runtime/template-macro.ts'
import { builtInFor, isBuiltIn } from '../../project/built-in-packages.ts'
import { placeInText } from '../place-in-text.ts'
import { templateExtensions } from './block-extensions.ts'
import { MacroEntry, type MacroFile } from './macro-entry.ts'
import { MacroNamespace } from './macro-namespace.ts'
import { macrosAlone } from './macros-alone.ts'
import { scanBlocks } from './scan-blocks.ts'

export interface MacroPackage {
  readonly name: string
  readonly files: readonly MacroFile[]
}

/** An entry of `dispatch:` in dbt_project.yml. */
export interface DispatchOrder {
  readonly macro_namespace: string
  readonly search_order: readonly string[]
}

export interface MacroLibraryOptions {
  readonly rootPackage: string
  readonly adapter: string
  readonly dispatch?: readonly DispatchOrder[]
}

/** The package whose name stands for all that is dbt's: its own macros, and those for the warehouse over them. */
const DBT = 'dbt'
const none: ReadonlyMap<string, MacroEntry> = new Map()

/**
 * The macros of a project, of its packages and those built in, each in a namespace of its package. Files are scanned when the
 * library is made and compiled when one of their macros is first used; those of the root package are compiled at once where
 * `diagnostics` are given, so that their mistakes are told with the others.
 */
export class MacroLibrary {
  readonly #packages = new Map<string, Map<string, MacroEntry>>()
  /** What `dbt` stands for before a macro's name. */
  readonly #dbt: ReadonlyMap<string, MacroEntry>
  readonly #namespaces = new Map<string, MacroNamespace>()
  readonly #options: MacroLibraryOptions
  #byPlace: ReadonlyMap<string, MacroEntry> | undefined

  /** Notes names that are used twice in a package (WW2107), and files of the root package that do not compile. */
  constructor(packages: readonly MacroPackage[], options: MacroLibraryOptions, diagnostics?: Diagnostics) {
    this.#options = options
    const builtIn = builtInFor(options.adapter)
    for (const { name, files } of packages) {
      if (isBuiltIn(name) && !builtIn.includes(name)) continue
      const macros = this.#packages.get(name) ?? new Map<string, MacroEntry>()
      this.#packages.set(name, macros)
      const ordered = files.toSorted((a, b) => (a.path < b.path ? -1 : 1))
      for (const file of ordered) addFile(macros, name, file, diagnostics)
      this.#namespaces.set(name, new MacroNamespace(name, macros))
      if (diagnostics && name === options.rootPackage) compileAll(ordered, diagnostics)
    }
    const ofWarehouse = this.#packages.get(`dbt_${options.adapter}`) ?? none
    this.#dbt = new Map([...(this.#packages.get(DBT) ?? none), ...ofWarehouse])
    if (this.#packages.has(DBT)) this.#namespaces.set(DBT, new MacroNamespace(DBT, this.#dbt))
  }

  /** The packages there are, built-in ones included. */
  get packageNames(): readonly string[] {
    return [...this.#packages.keys()]
  }

  /** Every macro, tests and materializations included, by package. */
  *entries(): Generator<MacroEntry> {
    for (const macros of this.#packages.values()) yield* macros.values()
  }

  /**
   * What a free name means in a template of a package: a macro of the package, then of the root package, then a package, then
   * a macro that is built in.
   */
  resolve(name: string, packageName: string): TemplateMacro | MacroNamespace | undefined {
    const own = this.#in(packageName).get(name) ?? this.#in(this.#options.rootPackage).get(name)
    return own?.macro ?? this.#namespaces.get(name) ?? this.#builtIn(name)?.macro
  }

  /** The macro of a free name. */
  find(name: string, packageName: string): MacroEntry | undefined {
    return (
      this.#in(packageName).get(name) ?? this.#in(this.#options.rootPackage).get(name) ?? this.#builtIn(name)
    )
  }

  /**
   * The macro that a name in a text most likely means, the names of packages being those of macros too: one of the package (the root one unless given), else of the
   * root package, of any package, or built in.
   */
  findAnywhere(name: string, packageName = this.#options.rootPackage): MacroEntry | undefined {
    const near = this.#in(packageName).get(name) ?? this.#in(this.#options.rootPackage).get(name)
    if (near) return near
    const installed = [...this.#packages].filter(([other]) => !isBuiltIn(other))
    return installed.findLast(([, macros]) => macros.has(name))?.[1].get(name) ?? this.#builtIn(name)
  }

  /** A macro of one package. */
  findIn(packageName: string, name: string): MacroEntry | undefined {
    return this.#in(packageName).get(name)
  }

  /** The entry that a macro was compiled from. */
  entryOf({ name, location }: Pick<TemplateMacro, 'name' | 'location'>): MacroEntry | undefined {
    this.#byPlace ??= new Map(
      [...this.entries()].map((entry) => [`${entry.file.path}\0${entry.name}`, entry]),
    )
    return this.#byPlace.get(`${location.file}\0${name}`)
  }

  /** Whether the root package or an installed one defines a macro of one of these names. */
  definesAny(names: readonly string[]): boolean {
    return [...this.#packages].some(
      ([packageName, macros]) => !isBuiltIn(packageName) && names.some((name) => macros.has(name)),
    )
  }

  /** All free names, to suggest one. */
  names(packageName: string): Iterable<string> {
    return new Set([
      ...this.#in(packageName).keys(),
      ...this.#in(this.#options.rootPackage).keys(),
      ...this.#packages.keys(),
      ...builtInFor(this.#options.adapter).flatMap((builtIn) => [...this.#in(builtIn).keys()]),
    ])
  }

  /**
   * `adapter.dispatch(name, namespace)`: the engine's own version of a macro, then the default one, in each package that the
   * namespace is looked for in. Throws WW2102 with what was looked for.
   */
  dispatch(name: string, namespace: string | undefined, packageName: string): MacroEntry {
    const prefixes = [this.#options.adapter, 'default']
    const tried: string[] = []
    for (const searched of this.#searchOrder(namespace)) {
      for (const prefix of prefixes) {
        const candidate = `${prefix}__${name}`
        tried.push(searched === undefined ? candidate : `${searched}.${candidate}`)
        const found =
          searched === undefined ? this.find(candidate, packageName) : this.#in(searched).get(candidate)
        if (found) return found
      }
    }
    const near = suggest(
      `default__${name}`,
      [...this.names(packageName)].filter((other) => other.includes('__')),
    )
    const within = namespace === undefined ? '' : ` in "${namespace}"`
    throw new WaterworksError('WW2102', {
      message: `adapter.dispatch() finds no macro for "${name}"${within}.`,
      hint: `It looks for ${tried.join(', ')}.${near === undefined ? '' : ` Did you mean "${near}"?`}`,
    })
  }

  /**
   * The macro that builds a materialization. Those for this engine come before those for any, then those of the root package
   * before the built-in ones; a package can add materializations, and not replace built-in ones.
   */
  findMaterialization(name: string): MacroEntry | undefined {
    for (const adapter of [this.#options.adapter, 'default']) {
      const macro = `materialization_${name}_${adapter}`
      const own = this.#in(this.#options.rootPackage).get(macro)
      if (own) return own
      const builtInOne = this.#builtIn(macro)
      if (builtInOne) return builtInOne
      const isBuiltIn = this.#builtIn(`materialization_${name}_default`) !== undefined
      if (isBuiltIn) continue
      for (const macros of this.#packages.values()) {
        const found = macros.get(macro)
        if (found) return found
      }
    }
    return undefined
  }

  #searchOrder(namespace: string | undefined): readonly (string | undefined)[] {
    if (namespace === undefined) return [undefined]
    const configured = this.#options.dispatch?.find((entry) => entry.macro_namespace === namespace)
    if (configured) return configured.search_order
    return this.#packages.has(namespace) ? [this.#options.rootPackage, namespace] : [undefined]
  }

  #builtIn(name: string): MacroEntry | undefined {
    for (const packageName of builtInFor(this.#options.adapter)) {
      const found = this.#in(packageName).get(name)
      if (found) return found
    }
    return undefined
  }

  #in(packageName: string): ReadonlyMap<string, MacroEntry> {
    return packageName === DBT ? this.#dbt : (this.#packages.get(packageName) ?? none)
  }
}

function compileAll(files: readonly MacroFile[], diagnostics: Diagnostics): void {
  for (const file of files) {
    try {
      compileTemplate(macrosAlone(file), { file: file.path, extensions: templateExtensions })
    } catch (error) {
      if (!(error instanceof WaterworksError)) throw error
      diagnostics.error(error)
    }
  }
}

function addFile(
  macros: Map<string, MacroEntry>,
  packageName: string,
  file: MacroFile,
  diagnostics: Diagnostics | undefined,
): void {
  for (const block of scanBlocks(file.text)) {
    if (block.tag === 'docs' || block.tag === 'snapshot') continue
    const entry = new MacroEntry(packageName, file, block)
    const other = macros.get(entry.name)
    if (other) {
      const place = placeInText(other.file.path, other.file.text, other.block.at)
      diagnostics?.error(
        new WaterworksError('WW2107', {
          message: `The macro "${entry.name}" is also defined in ${place.file}, line ${place.line}.`,
          location: placeInText(file.path, file.text, block.at),
        }),
      )
    }
    macros.set(entry.name, entry)
  }
}
