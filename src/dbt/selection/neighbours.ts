import type { SelectionGraph } from './selection-graph.ts'
import type { Criterion } from './selection-spec.ts'

/** What the graph operators of a criterion add to the members it matches: those above, those below, or all that those below need. */
export function neighbours(
  graph: SelectionGraph,
  { childrensParents, parents, children }: Criterion,
  found: ReadonlySet<string>,
): ReadonlySet<string> {
  const added = new Set<string>()
  if (childrensParents) {
    const below = within(found, graph.children, undefined)
    for (const id of within(below, graph.parents, undefined)) added.add(id)
  }
  if (parents) for (const id of within(found, graph.parents, parents.depth)) added.add(id)
  if (children) for (const id of within(found, graph.children, children.depth)) added.add(id)
  return added
}

/** Everything within `depth` steps of the start, the start included. */
export function within(
  start: ReadonlySet<string>,
  next: (id: string) => readonly string[],
  depth: number | undefined,
): ReadonlySet<string> {
  const seen = new Set(start)
  let edge: Iterable<string> = start
  for (let step = 0; depth === undefined || step < depth; step++) {
    const found: string[] = []
    for (const id of edge) {
      for (const other of next(id)) {
        if (seen.has(other)) continue
        seen.add(other)
        found.push(other)
      }
    }
    if (found.length === 0) break
    edge = found
  }
  return seen
}
