import { matchesFqn } from '../matches-fqn.ts'
import type { Method } from './selection-method.ts'

/** `fqn:`, and what a bare name means: everything but sources, by dotted path. */
export const fqnMethod: Method = ({ value }) => {
  const matches = matchesFqn(String(value))
  return (member) =>
    member.resource_type !== 'source' &&
    matches(member.fqn, member.version !== undefined && member.version !== null)
}
