import { fromHost } from '../../jinja/values/convert.ts'
import { PyDict } from '../../jinja/values/dict.ts'
import type { Manifest } from '../manifest/manifest.ts'
import { sectionsOf } from '../manifest/sections-of.ts'

const known = new WeakMap<Manifest, PyDict>()

/**
 * `graph`: what a project holds, as one dict. It is made once of a manifest, and every template sees the same: what one
 * changes, others see, as in dbt.
 */
export function graphValue(manifest: Manifest | undefined): PyDict {
  if (!manifest) return new PyDict()
  const made = known.get(manifest)
  if (made) return made
  const { sources, exposures, groups, metrics, semantic_models, saved_queries } = manifest
  const { nodes, functions } = sectionsOf(manifest.nodes)
  const parts = { exposures, groups, metrics, nodes, sources, semantic_models, saved_queries, functions }
  const graph = PyDict.of(Object.entries(parts).map(([key, part]) => [key, fromHost(part)]))
  known.set(manifest, graph)
  return graph
}
