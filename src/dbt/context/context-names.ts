import type { TemplateSettings } from '../template-settings.ts'
import type { Rendering } from './rendering.ts'

/** What one rendering's names are made of. */
export interface ContextScope {
  readonly settings: TemplateSettings
  readonly rendering: Rendering
  /** A macro of the project, before it is bound to a rendering. */
  readonly findMacro: (name: string) => unknown
}

/** Makes the value of each name when a rendering first asks for it: most use few of them. */
export type ContextNames = Readonly<Record<string, (scope: ContextScope) => unknown>>
