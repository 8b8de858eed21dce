import { hasWildcard, wildcard } from './wildcard.ts'

/**
 * dbt's rule for bare names: a node's own name; or a leading part of its dotted path (package, folders, name), with or
 * without the package; or a pattern, which must match all of what follows the part it begins in. The name of a versioned
 * model is the last part but one, and `orders.v2` and `orders_v2` mean its version.
 */
export function matchesFqn(selector: string): (fqn: readonly string[], versioned: boolean) => boolean {
  const parts = selector.split('.')
  const firstPattern = parts.findIndex(hasWildcard)
  const literal = firstPattern < 0 ? parts : parts.slice(0, firstPattern)
  const rest = firstPattern < 0 ? undefined : wildcard(parts.slice(firstPattern).join('.'))
  const version = parts.slice(-2).join('_')

  const matches = (fqn: readonly string[], versioned: boolean): boolean => {
    if (fqn.at(versioned ? -2 : -1) === selector) return true
    if (versioned && fqn.slice(-2).join('_') === version) return true
    const flat = fqn.some((part) => part.includes('.')) ? fqn.flatMap((part) => part.split('.')) : fqn
    if (flat.length < parts.length) return false
    if (!literal.every((part, index) => flat[index] === part)) return false
    return rest === undefined || rest(flat.slice(literal.length).join('.'))
  }
  return (fqn, versioned) => matches(fqn, versioned) || matches(fqn.slice(1), versioned)
}
