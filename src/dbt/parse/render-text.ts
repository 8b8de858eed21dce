import { compileTemplate } from '../../jinja/compile-template.ts'
import type { ContextLookup } from '../../jinja/runtime/render-scope.ts'
import type { Template } from '../../jinja/template.ts'
import type { PackageFile } from '../../project/package.ts'
import { templateExtensions } from '../macros/block-extensions.ts'

/** What is rendered: a file, or a part of one. */
export type TemplateText = Pick<PackageFile, 'text' | 'shown' | 'firstLine'>

/** A text's template; the places of errors are those of its file. */
export function templateOf({ text, shown, firstLine }: TemplateText): Template {
  return compileTemplate(text, { file: shown, firstLine, extensions: templateExtensions })
}

/** The text that a template prints with these names. */
export function renderText(text: TemplateText, context: ContextLookup): string {
  return templateOf(text).render(context)
}
