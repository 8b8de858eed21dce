import type { ConfiguredKind } from '../../project/package.ts'
import type { PackageConfigs } from './package-configs.ts'

/** A resource that an entry of a properties file may mean. */
export interface Candidate {
  readonly packageName: string
  readonly name: string
  readonly fqn: readonly string[]
}

/**
 * Which package's resource an entry describes: its own package's, or else that of another which has one of the name. As with
 * dbt, one that dbt_project.yml switches off steps back behind those that are on.
 */
export function ownerOf(
  packageName: string,
  candidates: readonly Candidate[],
  kind: ConfiguredKind,
  configs: PackageConfigs,
): string | undefined {
  const own = candidates.find((one) => one.packageName === packageName)
  const ordered = own ? [own, ...candidates.filter((one) => one !== own)] : candidates
  if (ordered.length <= 1) return ordered[0]?.packageName
  const isOn = (one: Candidate) => configs.merged(kind, one.packageName, one.fqn, {})['enabled'] !== false
  return (ordered.find(isOn) ?? ordered[0])?.packageName
}
