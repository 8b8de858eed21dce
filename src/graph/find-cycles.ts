/**
 * One cycle for every group of nodes that depend on one another: the shortest through the group's least id, starting
 * with it and written in the direction "reads from", without repeating the first. Sorted by first id.
 */
export function findCycles(parents: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const rest = core(parents)
  const cycles: (readonly string[])[] = []
  const reported = new Set<string>()
  for (const start of [...rest].sort()) {
    if (reported.has(start)) continue
    const cycle = shortestCycle(start, parents, rest)
    if (!cycle) continue
    for (const id of groupOf(start, parents, rest)) reported.add(id)
    cycles.push(cycle)
  }
  return cycles
}

/** Without the nodes that lead to no cycle, taken away again and again from both ends. */
function core(parents: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const children = invert(parents)
  const all = new Set(parents.keys())
  return trim(children, parents, trim(parents, children, all))
}

function trim(
  edges: ReadonlyMap<string, readonly string[]>,
  back: ReadonlyMap<string, readonly string[]>,
  within: ReadonlySet<string>,
): ReadonlySet<string> {
  const rest = new Set(within)
  const count = new Map<string, number>()
  const free: string[] = []
  for (const id of within) {
    let edgesLeft = 0
    for (const edge of edges.get(id) ?? []) if (within.has(edge)) edgesLeft++
    if (edgesLeft === 0) free.push(id)
    else count.set(id, edgesLeft)
  }
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    rest.delete(id)
    for (const next of back.get(id) ?? []) {
      if (!rest.has(next)) continue
      const left = count.get(next)! - 1
      count.set(next, left)
      if (left === 0) free.push(next)
    }
  }
  return rest
}

function shortestCycle(
  start: string,
  parents: ReadonlyMap<string, readonly string[]>,
  within: ReadonlySet<string>,
): readonly string[] | undefined {
  const cameFrom = new Map<string, string>()
  const queue = [start]
  for (const id of queue) {
    for (const parent of [...(parents.get(id) ?? [])].sort()) {
      if (parent === start) return pathTo(id, start, cameFrom)
      if (!within.has(parent) || cameFrom.has(parent)) continue
      cameFrom.set(parent, id)
      queue.push(parent)
    }
  }
  return undefined
}

function pathTo(end: string, start: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const path: string[] = []
  for (let id = end; id !== start; id = cameFrom.get(id)!) path.push(id)
  return [start, ...path.reverse()]
}

/** All nodes that both reach `start` and are reached by it. */
function groupOf(
  start: string,
  parents: ReadonlyMap<string, readonly string[]>,
  within: ReadonlySet<string>,
): ReadonlySet<string> {
  const up = reach(start, parents, within)
  const down = reach(start, invert(parents), within)
  return new Set([...up].filter((id) => down.has(id)))
}

function reach(
  start: string,
  edges: ReadonlyMap<string, readonly string[]>,
  within: ReadonlySet<string>,
): ReadonlySet<string> {
  const seen = new Set([start])
  for (const id of seen) {
    for (const next of edges.get(id) ?? []) if (within.has(next)) seen.add(next)
  }
  return seen
}

function invert(edges: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, readonly string[]> {
  const inverse = new Map<string, string[]>()
  for (const [from, targets] of edges) {
    for (const to of targets) {
      const list = inverse.get(to)
      if (list) list.push(from)
      else inverse.set(to, [from])
    }
  }
  return inverse
}
