import { parseSelectors } from '../../dbt/selection/parse-selectors.ts'
import { resourceTypesOf, type SelectingCommand } from '../../dbt/selection/resource-types.ts'
import { INDIRECT_SELECTIONS, type IndirectSelection } from '../../dbt/selection/selection-spec.ts'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { NodeSelection } from '../../graph/selection/select-nodes.ts'
import type { Invocation } from '../command.ts'
import { projectFlags } from './project-flags.ts'
import { readSelectorsFile, SELECTORS_FILE } from './selectors-file.ts'
import { StateFolder } from './state-folder.ts'
import { targetFolder } from './target-folder.ts'
import type { OpenProject } from './workspace.ts'

/**
 * What the flags of a command select: --select and --exclude, a selector of selectors.yml, kinds of resources, and what they are compared
 * with. Throws WW7001 for flags that do not go together, WW1301, WW1302 and WW1309 for selectors.yml, WW1304 for a folder of an earlier
 * run that is not there.
 */
export function selectionOf(
  { flags }: Invocation,
  opened: OpenProject,
  command: SelectingCommand,
): NodeSelection {
  const indirectSelection =
    modeOf(flags.text('indirect-selection')) ?? projectFlags(opened.project).indirectSelection
  const models = flags.texts('models')
  const [included, excluded] = [flags.texts('resource-type'), flags.texts('exclude-resource-type')]
  if (models.length > 0 && (flags.texts('select').length > 0 || (command === 'ls' && included.length > 0))) {
    throw new WaterworksError('WW7001', {
      message: '--models does not go with --select or --resource-type',
      hint: 'Use --select.',
    })
  }
  const types = command === 'ls' && models.length > 0 ? ['model'] : included
  const state = flags.text('state')
  return {
    select: [...flags.texts('select'), ...models],
    exclude: flags.texts('exclude'),
    selector: flags.text('selector'),
    indirectSelection,
    selectors: parseSelectors(
      readSelectorsFile(opened, flags.text('vars')),
      SELECTORS_FILE,
      indirectSelection ?? 'eager',
    ),
    previous:
      state === undefined
        ? {}
        : StateFolder.open(opened.project.root, state, targetFolder(opened.project.root, flags)),
    resourceTypes:
      command === 'ls' || types.length > 0 || excluded.length > 0
        ? resourceTypesOf(command, types, excluded)
        : undefined,
    withEmpty: true,
    now: new Date(opened.now),
  }
}

function modeOf(text: string | undefined): IndirectSelection | undefined {
  const mode = INDIRECT_SELECTIONS.find((each) => each === text)
  if (mode !== undefined || text === undefined) return mode
  const near = suggest(text, INDIRECT_SELECTIONS)
  throw new WaterworksError('WW7001', {
    message: `--indirect-selection takes ${INDIRECT_SELECTIONS.join(', ')}, not ${text}`,
    hint: near ? `Did you mean ${near}?` : undefined,
  })
}
