import { placeInText } from '../../dbt/place-in-text.ts'
import type { Diagnostics } from '../../errors/diagnostics.ts'
import type { Location } from '../../errors/location.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Project } from '../../project/project.ts'
import { relationName } from '../relation-name.ts'
import type { ModelDraft, SourceDraft } from './drafts.ts'

/** Notes WW1204 for every relation that more than one node of the project would write. */
export function refuseClashes(
  project: Project,
  models: Iterable<ModelDraft>,
  sources: Iterable<SourceDraft>,
  diagnostics: Diagnostics,
): void {
  const writers = new Map<string, string>()
  const claim = (relation: string, writer: string, location: () => Location) => {
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
  for (const { pipeline, relation, origin } of sources) {
    if (pipeline === undefined) continue
    const name = pipeline.slice(pipeline.lastIndexOf('.') + 1)
    claim(relationName(relation), `the pipeline "${name}"`, () => project.locate(origin))
  }
  for (const { config, relation, file } of models) {
    if (config.materialized === 'ephemeral') continue
    claim(relationName(relation), `the model "${file.name}"`, () => placeInText(file.path, file.text, 0))
  }
}
