import { SourceText } from './syntax/source-text.ts'
import { Template } from './template.ts'
import { kindOf, type TemplateExtensions, type TemplateKind } from './template-kind.ts'

export interface CompileOptions {
  /** The file the template stands in, for error places. */
  readonly file: string
  /** The line of the file at which the template begins; 1 when absent. */
  readonly firstLine?: number
  readonly extensions?: TemplateExtensions
}

/** Templates kept per kind; beyond this many the one unused for longest goes. */
const mostKept = 200
const caches = new WeakMap<TemplateKind, Map<string, Template>>()

/**
 * Compiles a template, or gives the one compiled before from the same text and file with the same extensions.
 * Throws WW2001, WW2009 and WW2010 for syntax, WW2003 and WW2004 for unknown filters and tests.
 */
export function compileTemplate(source: string, options: CompileOptions): Template {
  const { file, firstLine = 1, extensions } = options
  const kind = kindOf(extensions)
  const cache = caches.get(kind) ?? new Map<string, Template>()
  caches.set(kind, cache)
  const key = `${file}\0${firstLine}\0${source}`
  const kept = cache.get(key)
  const template = kept ?? new Template(new SourceText(file, source, firstLine), kind)
  if (kept) cache.delete(key)
  else if (cache.size >= mostKept) {
    for (const oldest of cache.keys()) {
      cache.delete(oldest)
      break
    }
  }
  cache.set(key, template)
  return template
}
