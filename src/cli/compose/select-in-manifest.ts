import type { Manifest } from '../../dbt/manifest/manifest.ts'
import { chooseSpec } from '../../dbt/selection/choose-spec.ts'
import { selectMembers } from '../../dbt/selection/select-members.ts'
import { graphOfManifest } from '../../dbt/selection/selection-graph.ts'
import type { Invocation } from '../command.ts'

/** Unique ids that --select and --exclude mean in a manifest, of these kinds. Tells what matches nothing. */
export function selectInManifest(
  manifest: Manifest,
  now: string,
  { flags, output }: Invocation,
  resourceTypes: ReadonlySet<string> | undefined,
): ReadonlySet<string> {
  const request = { select: flags.texts('select'), exclude: flags.texts('exclude') }
  const { selected, warnings } = selectMembers(graphOfManifest(manifest), chooseSpec(request, []), {
    selectors: [],
    previous: {},
    resourceTypes,
    withEmpty: true,
    now: new Date(now),
  })
  output.problems(warnings.map((error) => ({ severity: 'warning', error })))
  return selected
}
