import { compileTemplate } from '../jinja/compile-template.ts'
import type { ContextLookup } from '../jinja/runtime/render-scope.ts'
import type { TemplateMacro } from '../jinja/runtime/template-macro.ts'
import type { Template } from '../jinja/template.ts'
import {
  type ContextNames,
  type ContextScope,
  newMemory,
  type RenderingMemory,
} from './context/context-names.ts'
import { fileContext } from './context/file-context.ts'
import { phaseContext } from './context/phase-context.ts'
import type { Rendering } from './context/rendering.ts'
import { fixedClock, sharedContext } from './context/shared-context.ts'
import { templateExtensions } from './macros/block-extensions.ts'
import type { MacroEntry, MacroFile } from './macros/macro-entry.ts'
import type { MacroLibrary } from './macros/macro-library.ts'
import type { TemplateSettings } from './template-settings.ts'

/** Names whose values are others in every run. */
const OF_THIS_RUN: ReadonlySet<string> = new Set(['run_started_at', 'invocation_id', 'invocation_args_dict'])

const ownNames: ContextNames = { ...fileContext, ...phaseContext }

/**
 * Renders dbt's templates. A free name is a macro (see MacroLibrary.resolve), else what the rendering gives, else what dbt's
 * context has. All of it throws WaterworksError with the place, and NeedsWarehouse where a connection is asked for
 * that is not there.
 */
export class TemplateRenderer {
  readonly settings: TemplateSettings
  readonly macros: MacroLibrary
  /** Whether a template was told the time, or which run this is: it may print something else in the next one. */
  looksAtClock = false
  /** Whether a template was told of the command's flags, and of which command it is. */
  looksAtFlags = false
  readonly #shared: Readonly<Record<string, unknown>>
  /** Parsing and compiling run the same template. */
  readonly #templates = new WeakMap<object, Template>()

  constructor(settings: TemplateSettings, macros: MacroLibrary) {
    this.settings = settings
    this.macros = macros
    this.#shared = sharedContext(settings, () => {
      this.looksAtClock = true
    })
  }

  /** The text a file prints. Throws WW2007 where something it calls must be waited for. */
  render(file: MacroFile, rendering: Rendering, memory?: RenderingMemory): string {
    return this.#template(file).render(this.context(rendering, memory))
  }

  /** The text a file prints, waiting for what it asks of the warehouse. */
  async renderAsync(file: MacroFile, rendering: Rendering, memory?: RenderingMemory): Promise<string> {
    return this.#template(file).renderAsync(this.context(rendering, memory))
  }

  /**
   * Calls a macro, by the name that a template of the rendering's package would use or as the library has it; gives its text or
   * what it returned. `memory` keeps what its statements gave, and what it puts into the context.
   */
  call(
    macro: string | MacroEntry,
    rendering: Rendering,
    args: readonly unknown[] = [],
    kwargs: Readonly<Record<string, unknown>> = {},
    memory?: RenderingMemory,
  ): Promise<unknown> {
    const isNamed = typeof macro === 'string'
    const called = isNamed ? macro : 'waterworks_macro'
    const text = `{% macro waterworks_call() %}{{ return(${called}(*waterworks_args, **waterworks_kwargs)) }}{% endmacro %}`
    const given = {
      ...rendering.given,
      waterworks_args: args,
      waterworks_kwargs: kwargs,
      ...(isNamed ? {} : { waterworks_macro: macro.macro }),
    }
    const { called: _called, ...own } = rendering
    const context = this.context({ ...own, given }, memory)
    const file = isNamed ? macro : macro.file.path
    return compileTemplate(text, { file, extensions: templateExtensions }).callAsync(
      'waterworks_call',
      context,
    )
  }

  /** The names of one rendering. */
  context(rendering: Rendering, memory: RenderingMemory = newMemory()): ContextLookup {
    const { macros } = this
    const shared = rendering.withoutClock ? { ...this.#shared, ...fixedClock } : this.#shared
    const { given, packageName, overrides = {} } = rendering
    const lookup = (name: string): unknown => {
      if (Object.hasOwn(overrides, name)) return overrides[name]
      const macro = macros.resolve(name, packageName)
      if (macro) return macro
      if (Object.hasOwn(given, name)) return given[name]
      if (Object.hasOwn(ownNames, name)) return ownNames[name]!(scope)
      if (!Object.hasOwn(shared, name)) return undefined
      if (OF_THIS_RUN.has(name)) this.looksAtClock = true
      else if (name === 'flags') this.looksAtFlags = true
      return shared[name]
    }
    const names = (): Iterable<string> => [
      ...macros.names(packageName),
      ...Object.keys(given),
      ...Object.keys(ownNames),
      ...Object.keys(shared),
    ]
    const scope: ContextScope = {
      settings: this.settings,
      rendering,
      macros,
      ...memory,
      lookup,
      names,
      call: (macro, args, kwargs = {}) => this.call(macro, rendering, args, kwargs, memory),
      render: (text) => {
        const file = { path: rendering.node?.original_file_path ?? 'render()', text }
        return rendering.connection
          ? this.renderAsync(file, rendering, memory)
          : this.render(file, rendering, memory)
      },
    }
    // dbt parses files with an undefined that forgives, as what they ask for is not there yet.
    const forgives = rendering.phase === 'parse'
    if (!rendering.called) return { get: lookup, keys: names, forgives }
    const called = (macro: TemplateMacro) => {
      const entry = macros.entryOf(macro)
      if (entry) rendering.called?.(entry.uniqueId)
    }
    return { get: lookup, keys: names, forgives, called }
  }

  #template(file: MacroFile): Template {
    const known = this.#templates.get(file)
    if (known) return known
    const template = compileTemplate(file.text, { file: file.path, extensions: templateExtensions })
    this.#templates.set(file, template)
    return template
  }
}
