import type { WaterworksError } from '../../../errors/waterworks-error.ts'
import type { Manifest } from '../../manifest/manifest.ts'
import type { ManifestNode } from '../../manifest/manifest-node.ts'
import type { Config } from '../../merge-configs.ts'
import { compareContracts } from './compare-contracts.ts'
import { sameBody, sameNode, samePersistedDescriptions, sameRelation } from './compare-nodes.ts'
import {
  sameExposure,
  sameMetric,
  sameSavedQuery,
  sameSemanticModel,
  sameSource,
  sameSourceRelation,
} from './compare-semantics.ts'
import { breakingContract } from './contract-reports.ts'
import type { PreviousManifest, PreviousNode } from './parse-manifest.ts'
import { sameConfig } from './same-config.ts'
import { sameValue } from './same-value.ts'

type Same<Then> = (then: Then) => boolean

/** How the parts of a resource may be compared with what they were; resources of some kinds lack some parts. */
interface Comparisons<Then> {
  readonly contents: Same<Then>
  readonly body?: Same<Then>
  readonly configs?: Same<Then>
  readonly persisted_descriptions?: Same<Then>
  readonly relation?: Same<Then>
  readonly contract?: Same<Then>
}

export type Part = keyof Comparisons<never>

/** A resource beside what it was. */
export interface Aspects {
  readonly isNew: boolean
  /** Whether what is new counts as modified: dbt says so of nodes and unit tests alone. */
  readonly newIsModified: boolean
  has(part: Part): boolean
  /** Whether a part is what it was. False for what is new. */
  same(part: Part): boolean
}

/** The aspects of a resource of a manifest; undefined when it has none of that id. `warn` hears of contracts that break. */
export function aspectsOf(
  manifest: Manifest,
  previous: PreviousManifest,
  id: string,
  warn: (warning: WaterworksError) => void,
): Aspects | undefined {
  const node = manifest.nodes[id]
  if (node) return aspects(previous.nodes[id], nodeComparisons(node, warn), true)
  const unitTest = manifest.unit_tests[id]
  if (unitTest) {
    const contents = (then: { readonly checksum: string | null }) => unitTest.checksum === then.checksum
    return aspects(previous.unitTests[id], { contents }, true)
  }
  const source = manifest.sources[id]
  if (source) {
    return aspects(previous.sources[id], {
      contents: (then) => sameSource(source, then),
      configs: configs('source', source),
      relation: (then) => sameSourceRelation(source, then),
    })
  }
  const exposure = manifest.exposures[id]
  if (exposure) {
    return aspects(previous.exposures[id], {
      contents: (then) => sameExposure(exposure, then),
      configs: configs('exposure', exposure),
    })
  }
  const metric = manifest.metrics[id]
  if (metric) {
    return aspects(previous.metrics[id], {
      contents: (then) => sameMetric(metric, then),
      configs: configs('metric', metric),
    })
  }
  const model = manifest.semantic_models[id]
  if (model) {
    return aspects(previous.semanticModels[id], {
      contents: (then) => sameSemanticModel(model, then),
      configs: (then) => sameValue(model.config, then.config),
    })
  }
  const query = manifest.saved_queries[id]
  if (query) {
    return aspects(previous.savedQueries[id], {
      contents: (then) => sameSavedQuery(query, then),
      configs: (then) => sameValue(query.config, then.config),
    })
  }
  return undefined
}

function nodeComparisons(
  node: ManifestNode,
  warn: (warning: WaterworksError) => void,
): Comparisons<PreviousNode> {
  const sameContract = (then: PreviousNode): boolean => {
    if (node.resource_type !== 'model' || then.resource_type !== 'model') return true
    const { same, breaking } = compareContracts(node, then)
    if (breaking.length > 0) warn(breakingContract(node, breaking))
    return same
  }
  return {
    contents: (then) => {
      const contract = sameContract(then)
      return sameNode(node, then) && contract
    },
    body: (then) => sameBody(node, then),
    configs: configs(node.resource_type, node),
    persisted_descriptions: (then) => samePersistedDescriptions(node, then),
    relation: (then) => sameRelation(node, then),
    contract: sameContract,
  }
}

function configs(resourceType: string, { unrendered_config: now }: { readonly unrendered_config: Config }) {
  return ({ unrendered_config: then }: { readonly unrendered_config: Config }) =>
    sameConfig(resourceType, now, then)
}

function aspects<Then>(
  then: Then | undefined,
  comparisons: Comparisons<Then>,
  newIsModified = false,
): Aspects {
  return {
    isNew: then === undefined,
    newIsModified,
    has: (part) => comparisons[part] !== undefined,
    same: (part) => then !== undefined && comparisons[part]?.(then) === true,
  }
}
