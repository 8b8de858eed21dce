import type { ManifestNode } from '../../manifest/manifest-node.ts'
import type { PreviousNode } from './parse-manifest.ts'
import { sameConfig } from './same-config.ts'
import { sameValue } from './same-value.ts'

/** Whether a node's file is what it was; of a seed its content, by its hash. */
export function sameBody(now: ManifestNode, then: PreviousNode): boolean {
  if (now.resource_type !== 'seed') return now.raw_code === then.raw_code
  const { name, checksum } = now.checksum
  return name !== 'none' && name === then.checksum?.name && checksum === then.checksum.checksum
}

/** Whether what a node configures of its place is what it was. What macros and targets make of it does not count. */
export function sameRelation(now: ManifestNode, then: PreviousNode): boolean {
  return ['database', 'schema', 'alias'].every((key) =>
    sameValue(now.unrendered_config[key], then.unrendered_config[key]),
  )
}

/** Whether the descriptions that are written to the warehouse are what they were. */
export function samePersistedDescriptions(now: ManifestNode, then: PreviousNode): boolean {
  const persisted = now.config['persist_docs']
  const persists = (part: string) =>
    typeof persisted === 'object' && persisted !== null && Boolean(Reflect.get(persisted, part))
  if (persists('relation') && now.description !== then.description) return false
  return !persists('columns') || sameValue(descriptionsOf(now), descriptionsOf(then))
}

function descriptionsOf({ columns }: Pick<PreviousNode, 'columns'> | Pick<ManifestNode, 'columns'>) {
  return Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, column.description]))
}

/** Whether nothing of a node changed but, perhaps, the contract of a model and the macros it uses. */
export function sameNode(now: ManifestNode, then: PreviousNode): boolean {
  const config = sameConfig(now.resource_type, now.unrendered_config, then.unrendered_config)
  if (!config || !sameValue(now.fqn, then.fqn)) return false
  if (now.resource_type === 'test' && now.test_metadata !== undefined) return true
  if (!sameBody(now, then) || !samePersistedDescriptions(now, then) || !sameRelation(now, then)) return false
  if (now.resource_type === 'function') {
    return sameValue(now.arguments, then.arguments) && sameValue(now.returns, then.returns)
  }
  // What ref() of other models looks at.
  return (
    now.resource_type !== 'model' ||
    (sameValue(now.latest_version, then.latest_version) &&
      now.access === then.access &&
      sameTime(now.deprecation_date, then.deprecation_date))
  )
}

function sameTime(a: string | null, b: string | null): boolean {
  return a === b || (a !== null && b !== null && Date.parse(a) === Date.parse(b))
}
