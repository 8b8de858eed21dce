import { fingerprint } from './fingerprint.ts'
import type { Graph } from './graph.ts'
import type { Node } from './node.ts'

export interface GraphDiff {
  /** Unique ids, sorted. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly changed: readonly NodeChange[]
}

export interface NodeChange {
  readonly uniqueId: string
  /** What changed, as names of the node's parts: query, materialization, severity, load, … */
  readonly parts: readonly string[]
  /** Whether its result may be another one: the fingerprint changed. */
  readonly affectsResult: boolean
}

/** What is different in `after`. Pure; nodes are the same when their unique ids are. */
export function diffGraphs(before: Graph, after: Graph): GraphDiff {
  const missingIn = (graph: Graph, other: Graph) =>
    [...graph.nodes.keys()].filter((id) => !other.nodes.has(id)).sort()
  const changed: NodeChange[] = []
  for (const [uniqueId, node] of after.nodes) {
    const old = before.nodes.get(uniqueId)
    if (!old) continue
    const [oldParts, newParts] = [partsOf(old), partsOf(node)]
    const names = new Set([...Object.keys(oldParts), ...Object.keys(newParts)])
    const parts = [...names]
      .filter((name) => fingerprint(oldParts[name]) !== fingerprint(newParts[name]))
      .sort()
    const affectsResult = old.fingerprint !== node.fingerprint
    if (parts.length > 0 || affectsResult) changed.push({ uniqueId, parts, affectsResult })
  }
  changed.sort((a, b) => (a.uniqueId < b.uniqueId ? -1 : 1))
  return { added: missingIn(after, before), removed: missingIn(before, after), changed }
}

/** The parts of a node that a person would call different, by name. */
function partsOf(node: Node): Readonly<Record<string, unknown>> {
  const { description, tags, path, dependsOn } = node
  const shared = { description, tags, path, parents: dependsOn }
  switch (node.kind) {
    case 'pipeline': {
      const { origin: _, name: __, ...parts } = node.pipeline
      return { ...shared, ...parts }
    }
    case 'source':
      return { ...shared, relation: node.relation }
    case 'model': {
      const { materialization, relation, compiledSql: query, columns } = node
      return { ...shared, materialization, relation, query, columns }
    }
    case 'check': {
      const { rule, severity, where } = node.check
      return { ...shared, relation: node.relation, rule, severity, where }
    }
    case 'seed':
      return {
        ...shared,
        relation: node.relation,
        data: node.manifest.checksum,
        config: node.manifest.config,
      }
    case 'snapshot': {
      const { relation, compiledSql: query, manifest } = node
      return { ...shared, relation, query, config: manifest.config }
    }
    case 'unit-test': {
      const { given, expect, overrides } = node.manifest
      return { ...shared, given, expect, overrides }
    }
    case 'analysis':
      return { ...shared, query: node.compiledSql }
    case 'function': {
      const { relation, compiledSql: query, manifest } = node
      const { arguments: given, returns, config } = manifest
      return { ...shared, relation, query, arguments: given, returns, config }
    }
    case 'operation':
      return { ...shared, query: node.manifest.raw_code }
    case 'contract': {
      const { objects, sla, version } = node.contract
      return { ...shared, objects, sla, version }
    }
    case 'exposure':
      return { ...shared, type: node.manifest.type, owner: node.manifest.owner }
  }
}
