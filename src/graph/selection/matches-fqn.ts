import { hasWildcard, wildcard } from './wildcard.ts'

/**
 * dbt's rule for bare names: a node's own name; or a leading part of its dotted path (project, folders, name), with or
 * without the project; or a pattern, which must match all of what follows the part it begins in. A pattern may also
 * match the name alone, for which dbt wants the folders spelt out.
 */
export function matchesFqn(selector: string): (fqn: readonly string[], project: string) => boolean {
  const parts = selector.split('.')
  const firstPattern = parts.findIndex(hasWildcard)
  const literal = firstPattern < 0 ? parts : parts.slice(0, firstPattern)
  const rest = firstPattern < 0 ? undefined : wildcard(parts.slice(firstPattern).join('.'))

  const ofName = firstPattern === 0 ? rest : undefined

  const matches = (fqn: readonly string[]): boolean => {
    const name = fqn.at(-1)!
    if (name === selector || ofName?.(name)) return true
    const flat = fqn.some((part) => part.includes('.')) ? fqn.flatMap((part) => part.split('.')) : fqn
    if (flat.length < parts.length) return false
    if (!literal.every((part, index) => flat[index] === part)) return false
    return rest === undefined || rest(flat.slice(literal.length).join('.'))
  }
  return (fqn, project) => matches(fqn) || (fqn[0] === project && matches(fqn.slice(1)))
}
