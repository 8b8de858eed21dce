import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Manifest } from '../../../src/dbt/manifest/manifest.ts'
import { chooseSpec } from '../../../src/dbt/selection/choose-spec.ts'
import type { PreviousState } from '../../../src/dbt/selection/comparison/previous-state.ts'
import { parseSelectors } from '../../../src/dbt/selection/parse-selectors.ts'
import { resourceTypesOf } from '../../../src/dbt/selection/resource-types.ts'
import { selectMembers } from '../../../src/dbt/selection/select-members.ts'
import type { SelectionGraph } from '../../../src/dbt/selection/selection-graph.ts'
import { INDIRECT_SELECTIONS } from '../../../src/dbt/selection/selection-spec.ts'
import { WaterworksError } from '../../../src/errors/waterworks-error.ts'
import { parseYaml } from '../../../src/project/yaml/parse-yaml.ts'

/** What dbt lists for arguments of `ls`: unique ids, or null where it refuses them. */
export interface Listing {
  readonly args: readonly string[]
  readonly listed: readonly string[] | null
}

export interface Change {
  readonly name: string
  /** What differs of each section after the change. */
  readonly manifest: Partial<Manifest>
  /** Unique ids that a section no longer has. */
  readonly gone: Readonly<Record<string, readonly string[]>>
  readonly cases: readonly Listing[]
}

export interface Golden {
  readonly manifest: Manifest
  readonly cases: readonly Listing[]
  readonly changes: readonly Change[]
}

export const projectFolder = fileURLToPath(new URL('./project', import.meta.url))

const FLAGS: Readonly<Record<string, string>> = {
  '--models': '--models',
  '-m': '--models',
  '-s': '--select',
}

/** Unique ids that our selection lists for the same arguments; null where it refuses them. */
export function listing(
  graph: SelectionGraph,
  args: readonly string[],
  previous: PreviousState = {},
): readonly string[] | null {
  const given = new Map<string, string[]>()
  let values: string[] = []
  for (const arg of args) {
    if (!arg.startsWith('-')) values.push(arg)
    else {
      values = []
      given.set(FLAGS[arg] ?? arg, values)
    }
  }
  const texts = (flag: string) => given.get(flag) ?? []
  const models = texts('--models')
  const indirectSelection = INDIRECT_SELECTIONS.find((each) => each === texts('--indirect-selection')[0])
  try {
    const selectors = parseSelectors(selectorsDocument(), 'selectors.yml', indirectSelection ?? 'eager')
    const request = {
      select: [...texts('--select'), ...models],
      exclude: texts('--exclude'),
      selector: texts('--selector')[0],
      indirectSelection,
    }
    const { selected } = selectMembers(graph, chooseSpec(request, selectors), {
      selectors,
      previous,
      resourceTypes: resourceTypesOf(
        'ls',
        models.length > 0 ? ['model'] : texts('--resource-type'),
        texts('--exclude-resource-type'),
      ),
      withEmpty: true,
      now: new Date('2026-01-01'),
    })
    return [...selected].sort()
  } catch (error) {
    if (error instanceof WaterworksError) return null
    throw error
  }
}

/** The manifest after a change. */
export function changedManifest(before: Manifest, { manifest, gone }: Change): Manifest {
  const sections = Object.entries(before).map(([key, section]) => {
    const after: unknown = Reflect.get(manifest, key)
    if (key.endsWith('_map') || typeof section !== 'object') return [key, after]
    const merged: Readonly<Record<string, unknown>> = { ...section, ...Object(after) }
    return [key, Object.fromEntries(Object.entries(merged).filter(([id]) => !gone[key]?.includes(id)))]
  })
  return { ...before, ...Object.fromEntries(sections) }
}

function selectorsDocument(): unknown {
  return parseYaml(readFileSync(`${projectFolder}/selectors.yml`, 'utf8'), 'selectors.yml', 'pyyaml')
}
