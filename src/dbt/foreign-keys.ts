import type { ManifestConstraint, ManifestNode } from './manifest/manifest-node.ts'
import { parseReference, type Reference } from './reference.ts'

/** The relations that a model's foreign keys refer to, by how the project writes them; undefined where there are none. */
export function foreignKeysOf(
  node: ManifestNode,
  find: (reference: Reference) => { readonly relation_name: string | null } | undefined,
): ReadonlyMap<string, string> | undefined {
  if (node.resource_type !== 'model') return undefined
  let found: Map<string, string> | undefined
  for (const { type, to } of constraintsOf(node)) {
    const reference = type === 'foreign_key' && to !== null ? parseReference(to) : undefined
    const relation = reference && find(reference)?.relation_name
    if (to === null || !relation) continue
    found ??= new Map()
    found.set(to, relation)
  }
  return found
}

/** A node whose foreign keys name relations. The same object where there are none. */
export function withForeignKeys<T extends ManifestNode>(
  node: T,
  relations: ReadonlyMap<string, string> | undefined,
): T {
  if (relations === undefined || node.resource_type !== 'model') return node
  const named = (constraint: ManifestConstraint): ManifestConstraint => {
    const to = constraint.to === null ? undefined : relations.get(constraint.to)
    return to === undefined ? constraint : { ...constraint, to }
  }
  const columns = Object.entries(node.columns).map(([name, column]) => [
    name,
    { ...column, constraints: column.constraints.map(named) },
  ])
  return { ...node, columns: Object.fromEntries(columns), constraints: node.constraints.map(named) }
}

function* constraintsOf(node: Extract<ManifestNode, { readonly resource_type: 'model' }>) {
  for (const name in node.columns) yield* node.columns[name]!.constraints
  yield* node.constraints
}
