import type { Selectable } from '../selectable.ts'
import { wildcard } from '../wildcard.ts'
import type { Method } from './selection-method.ts'

export const tagMethod: Method = ({ value }) => {
  const matches = wildcard(String(value))
  return (member) => tagsOf(member).some(matches)
}

/** A unit test has its tags in its configuration, as a text or a list. */
export function tagsOf(member: Selectable): readonly string[] {
  const tags = member.tags ?? member.config?.['tags'] ?? []
  return (Array.isArray(tags) ? tags : [tags]).filter((tag) => typeof tag === 'string')
}
