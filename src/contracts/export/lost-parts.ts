import type { Contract } from '../contract.ts'

/** What of a contract its schema alone does not say, by name: service levels, rules, references. */
export function lostParts({ sla, objects, policy, consumers }: Contract): readonly string[] {
  const rules = objects.flatMap(({ quality, properties }) => [
    ...quality,
    ...properties.flatMap((property) => property.quality),
  ])
  return [
    ...(sla.length > 0 ? ['service levels'] : []),
    ...(rules.length > 0 ? ['quality rules'] : []),
    ...(objects.some(({ relationships }) => relationships.length > 0) ? ['references'] : []),
    ...(policy !== undefined || consumers.length > 0 ? ['consumers and the policy of changes'] : []),
  ]
}
