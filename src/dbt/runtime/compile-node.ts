import type { MacroFile } from '../macros/macro-entry.ts'
import { nativeValueAsync } from '../parse/native-value.ts'
import { testArgumentsAsync, testArgumentsName } from '../parse/test-arguments.ts'
import type { TemplateRenderer } from '../template-renderer.ts'
import { type NodeRequest, nodeRendering } from './node-rendering.ts'

export interface CompileRequest extends NodeRequest {
  /** Of a generic test: what its macro is given. */
  readonly arguments?: Readonly<Record<string, unknown>> | undefined
}

/**
 * A node's query. Throws NeedsWarehouse when its templates ask the warehouse and the request has no connection: it is compiled
 * again when the node runs.
 */
export async function compileNode(
  renderer: TemplateRenderer,
  file: MacroFile,
  request: CompileRequest,
): Promise<string> {
  if (!request.arguments) return renderer.renderAsync(file, nodeRendering(request))
  const context = renderer.context(nodeRendering(request))
  const given = await testArgumentsAsync(request.arguments, (template) =>
    nativeValueAsync(template, file.path, context),
  )
  return renderer.renderAsync(file, nodeRendering(request, { [testArgumentsName]: given }))
}
