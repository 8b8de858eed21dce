import { parseCriterion } from './parse-criterion.ts'
import type { Combination, IndirectSelection, SelectionSpec } from './selection-spec.ts'

/**
 * What --select and --exclude mean: spaces say "or", commas "and", and what is excluded is taken away. Nothing to select
 * means everything. Throws WW1301 and WW1302 for terms that cannot be read.
 */
export function parseArguments(
  select: readonly string[],
  exclude: readonly string[],
  indirectSelection: IndirectSelection,
): SelectionSpec {
  const included = groupsOf(select)
  return {
    kind: 'difference',
    parts: [
      included.length > 0 ? union(included, indirectSelection) : { kind: 'everything' },
      union(groupsOf(exclude), indirectSelection),
    ],
    indirectSelection: 'eager',
  }
}

/** A union of intersections. A group that matches nothing is worth a warning. */
function union(groups: readonly string[], indirectSelection: IndirectSelection): Combination {
  return {
    kind: 'union',
    parts: groups.map((group) => ({
      kind: 'intersection',
      parts: group.split(',').map((text) => parseCriterion(text, indirectSelection)),
      indirectSelection,
      expected: group,
    })),
    indirectSelection,
  }
}

function groupsOf(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => text.split(/\s+/)).filter(Boolean)
}
