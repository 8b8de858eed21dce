import type { WaterworksError } from '../../../errors/waterworks-error.ts'
import type { Manifest } from '../../manifest/manifest.ts'
import { type Aspects, aspectsOf, type Part } from './aspects.ts'
import { changedMacros } from './changed-macros.ts'
import { reportRemovedContracts } from './contract-reports.ts'
import type { PreviousManifest } from './parse-manifest.ts'
import type { StateValue } from './state-value.ts'

export interface Comparison {
  /** Whether a resource is what is asked for. Throws WW1306 where a versioned model breaks its contract. */
  judge(id: string, wanted: StateValue): boolean
  /** Warns of models with a contract that are gone. Throws WW1306 where one of them had a version. */
  reportRemoved(now: Date): void
}

type PartValue = Exclude<StateValue, 'new' | 'old' | 'modified' | 'unmodified' | 'modified.macros'>

const parts: Readonly<Record<PartValue, Part>> = {
  'modified.body': 'body',
  'modified.configs': 'configs',
  'modified.persisted_descriptions': 'persisted_descriptions',
  'modified.relation': 'relation',
  'modified.contract': 'contract',
}

/** Compares a manifest with an earlier one, as dbt's `state:` does. `warn` hears once of each contract that breaks. */
export function createComparison(
  manifest: Manifest,
  previous: PreviousManifest,
  warn: (warning: WaterworksError) => void,
): Comparison {
  const changed = changedMacros(manifest, previous)
  const usesChangedMacro = (id: string) => macrosOf(manifest, id).some((macro) => changed.has(macro))
  const isModified = (id: string, aspects: Aspects) => {
    const contents = aspects.isNew ? aspects.newIsModified : !aspects.same('contents')
    return contents || usesChangedMacro(id)
  }
  return {
    judge(id, wanted) {
      const aspects = aspectsOf(manifest, previous, id, warn)
      if (aspects === undefined) return false
      switch (wanted) {
        case 'new':
          return aspects.isNew
        case 'old':
          return !aspects.isNew
        case 'modified':
          return isModified(id, aspects)
        case 'unmodified':
          return !isModified(id, aspects)
        case 'modified.macros':
          return usesChangedMacro(id)
        default:
          return aspects.has(parts[wanted]) && !aspects.same(parts[wanted])
      }
    },
    reportRemoved: (now) => reportRemovedContracts(manifest, previous, now, warn),
  }
}

function macrosOf(manifest: Manifest, id: string): readonly string[] {
  const resource =
    manifest.nodes[id] ??
    manifest.exposures[id] ??
    manifest.metrics[id] ??
    manifest.semantic_models[id] ??
    manifest.saved_queries[id] ??
    manifest.unit_tests[id]
  return resource?.depends_on.macros ?? []
}
