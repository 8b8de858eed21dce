import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { ManifestNode } from '../manifest/manifest-node.ts'
import type {
  ManifestMetric,
  ManifestSavedQuery,
  ManifestSemanticModel,
} from '../manifest/manifest-semantics.ts'
import { recordOf, textOf } from './column-info.ts'
import { isRecord } from './config-rules.ts'
import type { Linker } from './link-nodes.ts'
import type { ParseScope } from './parse-scope.ts'
import type { Semantics } from './parse-semantics.ts'
import type { ParsedNodes } from './parsed-nodes.ts'

type Values = Readonly<Record<string, unknown>>

export interface LinkedSemantics {
  readonly metrics: Readonly<Record<string, ManifestMetric>>
  readonly semantic_models: Readonly<Record<string, ManifestSemanticModel>>
  readonly saved_queries: Readonly<Record<string, ManifestSavedQuery>>
}

/** Links metrics to the semantic models of their measures and to one another, and semantic models to their tables. */
export function linkSemantics(
  { metrics, semanticModels, savedQueries }: Semantics,
  linker: Linker,
  scope: ParseScope,
  nodes: ParsedNodes,
): LinkedSemantics {
  const byName = new Map([...metrics.values()].map((metric) => [metric.name, metric]))
  const measures = new Map<string, string>()
  for (const model of semanticModels.values()) {
    for (const measure of model.measures) measures.set(String(measure['name']), model.unique_id)
  }
  const metricIds = (
    names: readonly (readonly string[])[],
    owner: { readonly name: string; readonly unique_id: string },
  ) =>
    names.flatMap(([name]) => {
      const found = byName.get(name!)
      if (found) return [found.unique_id]
      const near = suggest(name!, byName.keys())
      scope.diagnostics.error(
        new WaterworksError('WW1201', {
          message: `"${owner.name}" refers to the metric "${name}", which does not exist.`,
          location: nodes.locationOf(owner.unique_id),
          hint: near ? `Did you mean "${near}"?` : undefined,
        }),
      )
      return []
    })
  const inputs = (metric: ManifestMetric, seen: ReadonlySet<string>): readonly Values[] => {
    const { measure, conversion_type_params: conversion } = metric.type_params
    const own = [
      measure,
      recordOf(conversion)['base_measure'],
      recordOf(conversion)['conversion_measure'],
    ].filter(isRecord)
    if (own.length > 0) return own
    const parents = metric.metrics.flatMap(([name]) => byName.get(name!) ?? [])
    return parents.flatMap((parent) =>
      seen.has(parent.name) ? [] : inputs(parent, new Set([...seen, parent.name])),
    )
  }
  const linkedMetrics = [...metrics.values()].map((metric): ManifestMetric => {
    const needed = inputs(metric, new Set([metric.name]))
    const direct = metric.metrics.length > 0 ? [] : needed
    const models = direct.flatMap((measure) => measures.get(textOf(measure['name']) ?? '') ?? [])
    return {
      ...metric,
      type_params: { ...metric.type_params, input_measures: distinct(needed) },
      depends_on: { macros: [], nodes: [...new Set([...models, ...metricIds(metric.metrics, metric)])] },
      metrics: [],
    }
  })
  const linkedModels = [...semanticModels.values()].map((model): ManifestSemanticModel => {
    const { ids } = linker.link(model)
    const node: ManifestNode | undefined = ids[0] === undefined ? undefined : nodes.enabled.get(ids[0])
    return {
      ...model,
      depends_on: { macros: [], nodes: ids },
      node_relation: node
        ? {
            alias: node.alias,
            schema_name: node.schema,
            database: node.database,
            relation_name: node.relation_name ?? '',
          }
        : null,
    }
  })
  const linkedQueries = [...savedQueries.values()].map((query) => ({
    ...query,
    depends_on: { macros: [], nodes: metricIds(query.metrics, query) },
    metrics: [],
  }))
  return {
    metrics: byId(linkedMetrics),
    semantic_models: byId(linkedModels),
    saved_queries: byId(linkedQueries),
  }
}

/** Values that say the same, once. */
function distinct(values: readonly Values[]): readonly Values[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
}

export function byId<T extends { readonly unique_id: string }>(
  items: Iterable<T>,
): Readonly<Record<string, T>> {
  const found: Record<string, T> = {}
  for (const item of items) found[item.unique_id] = item
  return found
}
