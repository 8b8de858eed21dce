import type { ById } from './manifest.ts'
import type { ManifestFunction, ManifestNode } from './manifest-node.ts'

/** The two sections that dbt keeps nodes in: functions have one of their own. */
export interface Sections {
  readonly nodes: ById<Exclude<ManifestNode, ManifestFunction>>
  readonly functions: ById<ManifestFunction>
}

/** Nodes by the section of manifest.json, and of `graph`, that they stand in. */
export function sectionsOf(all: ById<ManifestNode>): Sections {
  const nodes: Record<string, Exclude<ManifestNode, ManifestFunction>> = {}
  const functions: Record<string, ManifestFunction> = {}
  for (const [id, node] of Object.entries(all)) {
    if (node.resource_type === 'function') functions[id] = node
    else nodes[id] = node
  }
  return { nodes, functions }
}
