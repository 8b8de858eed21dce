import { compileTemplate } from '../../jinja/compile-template.ts'
import type { ContextLookup } from '../../jinja/runtime/render-scope.ts'
import type { Template } from '../../jinja/template.ts'
import type { PackageFile } from '../../project/package.ts'
import { templateExtensions } from '../macros/block-extensions.ts'

/** What is rendered: a file, or a part of one. */
export type TemplateText = Pick<PackageFile, 'text' | 'shown' | 'firstLine'>

const compiled = new WeakMap<TemplateText, Template>()

/** A text's template, compiled once; the places of errors are those of its file. */
export function templateOf(file: TemplateText): Template {
  const known = compiled.get(file)
  if (known) return known
  const { text, shown, firstLine } = file
  const template = compileTemplate(text, { file: shown, firstLine, extensions: templateExtensions })
  compiled.set(file, template)
  return template
}

/** The text that a template prints with these names. */
export function renderText(text: TemplateText, context: ContextLookup): string {
  return templateOf(text).render(context)
}
