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
  const kinds = new Map<string, string>()
  const successors = new Map<string, Set<string>>()
  const number = (id: string) => {
    if (!numbers.has(id)) numbers.set(id, numbers.size)
  }
  for (const resource of linkedResources(manifest)) {
    kinds.set(resource.unique_id, resource.resource_type)
    number(resource.unique_id)
    for (const parent of resource.depends_on?.nodes ?? []) {
      number(parent)
      const known = successors.get(parent)
      if (known === undefined) successors.set(parent, new Set([resource.unique_id]))
      else known.add(resource.unique_id)
    }
  }
  const linked: Record<string, unknown> = {}
  for (const [id, index] of numbers) {
    const following = [...(successors.get(id) ?? [])].map((each) => numbers.get(each)!)
    linked[index] = {
      name: id,
      type: kinds.get(id),
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
