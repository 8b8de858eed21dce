import type { Manifest } from '../../dbt/manifest/manifest.ts'
import type { Relation } from '../../engines/relation.ts'
import type { Diagnostics } from '../../errors/diagnostics.ts'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Pipeline } from '../../project/pipeline.ts'
import { parseLookupReference } from '../../transform/lookup-reference.ts'
import { lookupsOf } from '../../transform/operation-traits.ts'
import { enabledNodes } from './enabled-nodes.ts'
import { relationOf } from './relation-of.ts'

/** A table that the stages of a pipeline look up. */
export interface PipelineLookup {
  /** As the pipeline names it. */
  readonly reference: string
  readonly relation: Relation
  /** The node that makes it; undefined for a table that no node of the graph is. */
  readonly node: string | undefined
}

/** What the stages of a pipeline look up. Names that lead nowhere are noted as WW4305. */
export function pipelineLookups(
  pipeline: Pipeline,
  manifest: Manifest,
  database: string,
  diagnostics: Diagnostics,
): readonly PipelineLookup[] {
  const operations = pipeline.transform.stages.flatMap((stage) => stage.operations)
  const wanted = operations.flatMap((operation) =>
    lookupsOf(operation).map((reference) => ({ reference, location: operation.location })),
  )
  return wanted.flatMap(({ reference, location }) => {
    const found = find(reference, manifest, database)
    if (typeof found !== 'string') return [{ reference, ...found }]
    const message = `pipeline ${pipeline.name} looks up ${reference}, and ${found}`
    diagnostics.error(new WaterworksError('WW4305', { message, location }))
    return []
  })
}

/** Why it cannot be looked up, or where it is. */
function find(
  text: string,
  manifest: Manifest,
  database: string,
): string | Omit<PipelineLookup, 'reference'> {
  const reference = parseLookupReference(text)
  if (reference === undefined) return 'that names no table'
  if (reference.kind === 'table') {
    const { schema, name } = reference
    const relation = { schema, name }
    const maker = enabledNodes(manifest).find(
      (node) => 'alias' in node && node.alias === name && node.schema === schema,
    )
    return { relation, node: maker?.unique_id }
  }
  if (reference.kind === 'source') {
    const { source, table } = reference
    const found = Object.values(manifest.sources).find(
      (each) => each.source_name === source && each.name === table,
    )
    if (found === undefined) return 'there is no such source'
    return { relation: relationOf(found, database), node: found.unique_id }
  }
  const nodes = enabledNodes(manifest).filter(
    (node) =>
      node.resource_type === 'model' || node.resource_type === 'seed' || node.resource_type === 'snapshot',
  )
  const [found, other] = nodes.filter((node) => node.name === reference.name)
  if (found === undefined) {
    const near = suggest(
      reference.name,
      nodes.map((node) => node.name),
    )
    return `there is no model, seed or snapshot of that name${near === undefined ? '' : `; did you mean "${near}"?`}`
  }
  if (other !== undefined) return 'several nodes have that name: write it as schema.table'
  if (found.config['materialized'] === 'ephemeral') return 'an ephemeral model is no table'
  return { relation: relationOf(found, database), node: found.unique_id }
}
