import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Graph } from '../graph.ts'
import { matcherOf } from './selector-methods.ts'
import { parseSelectorSpec, type SelectorSpec } from './selector-spec.ts'

export interface SelectionRequest {
  /** Each may hold several terms: spaces mean "or", commas mean "and". None: everything. */
  readonly select: readonly string[]
  readonly exclude: readonly string[]
}

export interface Selection {
  /** Unique ids. */
  readonly selected: ReadonlySet<string>
  /** WW1303 for each term that matches nothing. */
  readonly warnings: readonly WaterworksError[]
}

/**
 * The nodes a request means, in dbt's selection syntax: names, wildcards, methods (`tag:`, `path:`, …) and the graph
 * operators `+x`, `x+`, `2+x+1`, `@x`. Checks come along with whatever they look at, and go with what is excluded.
 * Throws WW1301 for a method there is not and WW1302 for a term that cannot be read.
 */
export function selectNodes(graph: Graph, request: SelectionRequest): Selection {
  const warnings: WaterworksError[] = []
  const evaluate = (texts: readonly string[]): Set<string> => {
    const union = new Set<string>()
    for (const group of texts.flatMap((text) => text.split(/\s+/)).filter(Boolean)) {
      const sets = group.split(',').map((text) => selectTerm(graph, parseSelectorSpec(text), warnings))
      for (const id of sets[0]!) if (sets.every((set) => set.has(id))) union.add(id)
    }
    return union
  }
  const included = request.select.some((text) => text.trim()) ? evaluate(request.select) : graph.nodes.keys()
  const excluded = evaluate(request.exclude)
  return { selected: new Set([...included].filter((id) => !excluded.has(id))), warnings }
}

function selectTerm(graph: Graph, spec: SelectorSpec, warnings: WaterworksError[]): ReadonlySet<string> {
  const matches = matcherOf(spec, graph)
  const direct = new Set<string>()
  for (const [id, node] of graph.nodes) if (matches(node)) direct.add(id)
  if (direct.size === 0) warnings.push(nothingMatches(graph, spec))

  const parentsOf = (id: string) => graph.nodes.get(id)?.dependsOn ?? []
  const childrenOf = (id: string) => graph.children.get(id) ?? []
  const selected = new Set(direct)
  if (spec.childrensParents) {
    const below = walk(direct, childrenOf, undefined)
    for (const id of walk(below, parentsOf, undefined)) selected.add(id)
  }
  if (spec.parents) for (const id of walk(direct, parentsOf, spec.parents.depth)) selected.add(id)
  if (spec.children) for (const id of walk(direct, childrenOf, spec.children.depth)) selected.add(id)

  // A pipeline brings the tables it fills, and everything brings the checks that look at it.
  for (const id of [...selected]) {
    if (graph.nodes.get(id)?.kind === 'pipeline') for (const table of childrenOf(id)) selected.add(table)
  }
  for (const id of [...selected]) {
    for (const child of childrenOf(id)) if (graph.nodes.get(child)?.kind === 'check') selected.add(child)
  }
  return selected
}

/** Everything within `depth` steps of the start, the start included. */
function walk(
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

function nothingMatches(graph: Graph, spec: SelectorSpec): WaterworksError {
  const near = suggest(spec.value, candidates(graph, spec))
  return new WaterworksError('WW1303', {
    message: `The selector "${spec.text}" matches nothing.`,
    hint: near ? `Did you mean "${near}"?` : undefined,
  })
}

function candidates(graph: Graph, spec: SelectorSpec): ReadonlySet<string> {
  const nodes = [...graph.nodes.values()]
  switch (spec.method) {
    case 'tag':
      return new Set(nodes.flatMap((node) => node.tags))
    case 'source':
      return new Set(
        nodes.flatMap((node) =>
          node.kind === 'source' ? [node.source, `${node.source}.${node.table}`] : [],
        ),
      )
    case 'path':
      return new Set(nodes.map((node) => node.path))
    default:
      return new Set(nodes.map((node) => node.name))
  }
}
