import type { Kwargs } from '../../jinja/values/kwargs.ts'
import type { MacroLibrary } from '../macros/macro-library.ts'
import type { TemplateSettings } from '../template-settings.ts'
import type { Rendering } from './rendering.ts'

/** What the templates that are rendered for a node keep for each other: not one macro's alone. */
export interface RenderingMemory {
  /** What `store_result` keeps for `load_result`. */
  readonly results: Map<string, unknown>
  /** What `context.update()` put into the context. */
  readonly added: Map<string, unknown>
}

export function newMemory(): RenderingMemory {
  return { results: new Map(), added: new Map() }
}

/** What one rendering's names are made of. */
export interface ContextScope extends RenderingMemory {
  readonly settings: TemplateSettings
  readonly rendering: Rendering
  readonly macros: MacroLibrary
  /** Every name the rendering has, as `context` gives them. */
  readonly lookup: (name: string) => unknown
  readonly names: () => Iterable<string>
  /** Calls a macro with the same names, and gives its text or what it returned. */
  readonly call: (macro: string, args: readonly unknown[], kwargs?: Kwargs) => Promise<unknown>
  /** Renders a text with the same names. */
  readonly render: (text: string) => string | Promise<string>
}

/** Makes the value of each name when a rendering first asks for it: most use few of them. */
export type ContextNames = Readonly<Record<string, (scope: ContextScope) => unknown>>
