import type { Config } from '../merge-configs.ts'

/** A statement that a node has run before or after it is built. */
export interface Hook {
  readonly sql: string
  /** Whether it is part of the node's transaction. */
  readonly transaction: boolean
}

/** The hooks of a configuration: texts, mappings, or what `before_begin` and its kin make of a text. */
export function hooksOf(config: Config, key: 'pre-hook' | 'post-hook'): readonly Hook[] {
  const written = config[key] ?? config[key.replace('-', '_')] ?? []
  return (Array.isArray(written) ? written : [written]).map(hookOf)
}

function hookOf(written: unknown): Hook {
  if (typeof written === 'string') return fromJson(written) ?? { sql: written, transaction: true }
  if (typeof written !== 'object' || written === null) return { sql: '', transaction: true }
  const { sql, transaction } = { sql: '', transaction: true, ...written }
  const isOwn = fromJson(String(sql))
  return isOwn ?? { sql: String(sql), transaction: transaction !== false }
}

/** A hook made by make_hook_config, which is JSON in a text. */
function fromJson(text: string): Hook | undefined {
  if (!/^\s*\{\s*"sql"/.test(text)) return undefined
  try {
    return hookOf(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
