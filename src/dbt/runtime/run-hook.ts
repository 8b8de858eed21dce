import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { StatementResult } from '../adapter/adapter-connection.ts'
import type { MacroFile } from '../macros/macro-entry.ts'
import type { TemplateRenderer } from '../template-renderer.ts'
import { type NodeRequest, nodeRendering } from './node-rendering.ts'

export interface HookOptions {
  /** What the end of a run knows: results, schemas, database_schemas. */
  readonly given?: Readonly<Record<string, unknown>>
  /** Hears what the hook renders to. */
  readonly compiled?: (code: string) => void
}

/** Renders and runs one hook. Undefined when it renders to nothing. */
export async function runHook(
  renderer: TemplateRenderer,
  hook: MacroFile,
  request: NodeRequest,
  { given = {}, compiled }: HookOptions = {},
): Promise<StatementResult | undefined> {
  const code = await renderer.renderAsync(hook, nodeRendering(request, given))
  compiled?.(code)
  const sql = code.trim()
  if (sql === '') return undefined
  if (request.connection) return request.connection.execute(sql)
  throw new WaterworksError('WW9001', { message: 'a hook runs without a connection' })
}
