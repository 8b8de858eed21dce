import type { Manifest } from '../manifest/manifest.ts'
import type { Invocation } from './invocation.ts'

interface Linked {
  readonly unique_id: string
  readonly resource_type: string
  readonly depends_on?: { readonly nodes?: readonly string[] }
}

/** The document of graph_summary.json: the graph's nodes by number, each with the numbers of those that follow it. */
export function graphSummary(manifest: Manifest, invocation: Invocation): Readonly<Record<string, unknown>> {
  const numbers = new Map<string, number>()
  const kinds: string[] = []
  const successors: number[][] = []
  const numberOf = (id: string) => {
    const known = numbers.get(id)
    if (known !== undefined) return known
    const number = numbers.size
    numbers.set(id, number)
    successors.push([])
    return number
  }
  for (const resource of linkedResources(manifest)) {
    const number = numberOf(resource.unique_id)
    kinds[number] = resource.resource_type
    for (const parent of resource.depends_on?.nodes ?? []) {
      const following = successors[numberOf(parent)]!
      // A resource may name a parent twice.
      if (following.at(-1) !== number) following.push(number)
    }
  }
  const linked: Record<string, unknown> = {}
  for (const [id, number] of numbers) {
    const following = successors[number]!
    linked[number] = {
      name: id,
      type: kinds[number],
      ...(following.length === 0 ? {} : { succ: following }),
    }
  }
  return { _invocation_id: invocation.id, linked }
}

/** In the order in which dbt links them, which is what the numbers follow. */
function* linkedResources(manifest: Manifest): Iterable<Linked> {
  yield* Object.values(manifest.sources)
  yield* Object.values(manifest.nodes)
  yield* Object.values(manifest.semantic_models)
  yield* Object.values(manifest.exposures)
  yield* Object.values(manifest.metrics)
  yield* Object.values(manifest.unit_tests)
  yield* Object.values(manifest.saved_queries)
}
