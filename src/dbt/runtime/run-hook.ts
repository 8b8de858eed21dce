import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { StatementResult } from '../adapter/adapter-connection.ts'
import type { MacroFile } from '../macros/macro-entry.ts'
import type { TemplateRenderer } from '../template-renderer.ts'
import { type NodeRequest, nodeRendering } from './node-rendering.ts'

/**
 * Renders and runs one hook of on-run-start or on-run-end. `given` holds what an end of a run knows: results, schemas,
 * database_schemas. Undefined when it renders to nothing.
 */
export async function runHook(
  renderer: TemplateRenderer,
  hook: MacroFile,
  request: NodeRequest,
  given: Readonly<Record<string, unknown>> = {},
): Promise<StatementResult | undefined> {
  const sql = (await renderer.renderAsync(hook, nodeRendering(request, given))).trim()
  if (sql === '') return undefined
  if (request.connection) return request.connection.execute(sql)
  throw new WaterworksError('WW9001', { message: 'a hook runs without a connection' })
}
