import type { ManifestNode } from '../../dbt/manifest/manifest-node.ts'
import type { ParsedPackages } from '../../dbt/parse/parse-packages.ts'
import type { Diagnostics } from '../../errors/diagnostics.ts'
import type { Location } from '../../errors/location.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { relationName } from '../relation-name.ts'
import { isEphemeral } from './query-compiler.ts'
import { relationOf } from './relation-of.ts'

/** Notes WW1204 for every relation that more than one node of the project would write. */
export function refuseClashes(
  { manifest, locationOf }: ParsedPackages,
  pipelineOf: ReadonlyMap<string, string>,
  nodes: readonly ManifestNode[],
  database: string,
  diagnostics: Diagnostics,
): void {
  const writers = new Map<string, string>()
  const claim = (relation: string, writer: string, location: () => Location | undefined) => {
    // Engines fold case differently; names that differ in case alone clash on some.
    const key = relation.toLowerCase()
    const other = writers.get(key)
    if (other === undefined) {
      writers.set(key, writer)
      return
    }
    diagnostics.error(
      new WaterworksError('WW1204', {
        message: `${other} and ${writer} both write ${relation}.`,
        location: location(),
      }),
    )
  }
  for (const [id, pipeline] of pipelineOf) {
    const source = manifest.sources[id]
    if (!source) continue
    const name = pipeline.slice(pipeline.lastIndexOf('.') + 1)
    claim(relationName(relationOf(source, database)), `the pipeline "${name}"`, () => locationOf(id))
  }
  const inOrder = nodes.toSorted((a, b) => (a.original_file_path < b.original_file_path ? -1 : 1))
  for (const node of inOrder) {
    const { resource_type: kind, name, unique_id: id } = node
    if (kind !== 'model' && kind !== 'seed' && kind !== 'snapshot') continue
    if (isEphemeral(node)) continue
    claim(relationName(relationOf(node, database)), `the ${kind} "${name}"`, () => locationOf(id))
  }
}
