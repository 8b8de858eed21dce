import { builtInFilters } from './filters/built-in-filters.ts'
import { builtInGlobals } from './globals/built-in-globals.ts'
import type { Filter, Registry, Test } from './runtime/registry.ts'
import type { BlockExtension } from './syntax/block-extension.ts'
import { builtInTests } from './tests/built-in-tests.ts'

/** What a kind of template has besides Jinja2's own. Make one and keep it: templates are cached per object. */
export interface TemplateExtensions {
  readonly blocks?: readonly BlockExtension[]
  readonly filters?: Readonly<Record<string, Filter>>
  readonly tests?: Readonly<Record<string, Test>>
  /** Names every template knows unless its context has them. Their values must be template values. */
  readonly globals?: Readonly<Record<string, unknown>>
}

/** A set of extensions joined with what is built in. */
export interface TemplateKind {
  readonly registry: Registry
  readonly blocks: ReadonlyMap<string, BlockExtension>
}

const plain: TemplateExtensions = {}
const kinds = new WeakMap<TemplateExtensions, TemplateKind>()

/** The kind of these extensions, made once per object. */
export function kindOf(extensions: TemplateExtensions = plain): TemplateKind {
  const known = kinds.get(extensions)
  if (known) return known
  const kind: TemplateKind = {
    blocks: new Map(extensions.blocks?.map((block) => [block.tag, block])),
    registry: {
      filters: new Map([...builtInFilters, ...Object.entries(extensions.filters ?? {})]),
      tests: new Map([...builtInTests, ...Object.entries(extensions.tests ?? {})]),
      globals: new Map([...builtInGlobals, ...Object.entries(extensions.globals ?? {})]),
    },
  }
  kinds.set(extensions, kind)
  return kind
}
