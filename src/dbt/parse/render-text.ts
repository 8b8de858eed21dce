import { compileTemplate } from '../../jinja/compile-template.ts'
import type { ContextLookup } from '../../jinja/runtime/render-scope.ts'
import type { PackageFile } from '../../project/package.ts'
import { templateExtensions } from '../macros/block-extensions.ts'

/** What is rendered: a file, or a part of one. */
export type TemplateText = Pick<PackageFile, 'text' | 'shown' | 'firstLine'>

/** The text that a template prints with these names; the places of errors are those of its file. */
export function renderText({ text, shown, firstLine }: TemplateText, context: ContextLookup): string {
  return compileTemplate(text, { file: shown, firstLine, extensions: templateExtensions }).render(context)
}
