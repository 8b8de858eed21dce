import type { MacroFile } from '../macros/macro-entry.ts'
import type { TemplateRenderer } from '../template-renderer.ts'
import { type NodeRequest, nodeRendering } from './node-rendering.ts'

/**
 * A node's query. Throws NeedsWarehouse when its templates ask the warehouse and the request has no connection: it is compiled
 * again when the node runs.
 */
export function compileNode(
  renderer: TemplateRenderer,
  file: MacroFile,
  request: NodeRequest,
): Promise<string> {
  return renderer.renderAsync(file, nodeRendering(request))
}
