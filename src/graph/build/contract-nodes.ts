import { type BoundObject, compileContract } from '../../contracts/compile-contract.ts'
import type { Contract, ContractObject } from '../../contracts/contract.ts'
import type { ContractCheck } from '../../contracts/contract-check.ts'
import type { ContractDialect } from '../../contracts/contract-dialect.ts'
import type { Manifest } from '../../dbt/manifest/manifest.ts'
import type { ManifestNode } from '../../dbt/manifest/manifest-node.ts'
import type { ManifestSource } from '../../dbt/manifest/manifest-source.ts'
import type { Diagnostics } from '../../errors/diagnostics.ts'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Project } from '../../project/project.ts'
import type { CheckRule } from '../../quality/check.ts'
import { isRowRule } from '../../quality/row-rule.ts'
import type { CheckNode, ContractNode } from '../node.ts'
import { relationName } from '../relation-name.ts'
import { enabledNodes } from './enabled-nodes.ts'
import { relationOf } from './relation-of.ts'
import { volatileRule } from './volatile-rule.ts'

export interface ContractMaterials {
  readonly project: Project
  /** The name of the root package. */
  readonly root: string
  readonly manifest: Manifest
  /** The database that is connected to. */
  readonly database: string
  readonly dialect: ContractDialect
  readonly diagnostics: Diagnostics
  readonly fingerprint: (deciding: () => unknown) => string
  readonly warningsFail: boolean
  /** Whether references read no rows, so that there are none to judge. */
  readonly empty: boolean
}

/**
 * The nodes of a project's contracts: each contract, below the datasets that it is bound to, and its checks. An object is bound to the one
 * model, seed, snapshot or source whose relation or name is its physical name, else its name; several that are so are told apart by
 * the schema of the contract's servers. Warns of objects that are nowhere (WW1804) and of what is not checked (WW1803); an object that
 * may be any of several (WW1805) and rules that cannot be run (WW1806) are errors.
 */
export function contractNodes(materials: ContractMaterials): ReadonlyMap<string, ContractNode | CheckNode> {
  const { project } = materials
  const made = new Map<string, ContractNode | CheckNode>()
  if (project.contracts.length === 0) return made
  const datasets = datasetsOf(materials)
  for (const contract of project.contracts) {
    for (const node of nodesOf(contract, datasets, materials)) made.set(node.uniqueId, node)
  }
  return made
}

type Table = ManifestNode | ManifestSource

interface Dataset {
  readonly table: Table
  readonly relation: BoundObject['relation']
  /** What it is called, in lower case: by the warehouse in full or in part, and in the project. */
  readonly names: ReadonlySet<string>
}

function datasetsOf({ manifest, database }: ContractMaterials): readonly Dataset[] {
  const kinds: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot'])
  const nodes = enabledNodes(manifest).filter(
    ({ resource_type: type, config }) => kinds.has(type) && config['materialized'] !== 'ephemeral',
  )
  return [...nodes, ...Object.values(manifest.sources)].map((table) => {
    const relation = relationOf(table, database)
    const source = table.resource_type === 'source' ? `${table.source_name}.${table.name}` : undefined
    const full = relationName(relation)
    const names = [
      relation.name,
      full,
      `${relation.schema}.${relation.name}`,
      table.name,
      ...(source ? [source] : []),
    ]
    return { table, relation, names: new Set(names.map((name) => name.toLowerCase())) }
  })
}

function nodesOf(
  contract: Contract,
  datasets: readonly Dataset[],
  materials: ContractMaterials,
): readonly (ContractNode | CheckNode)[] {
  const { root, project, diagnostics, dialect, fingerprint } = materials
  const bound = contract.objects.flatMap((object) => bind(object, contract, datasets, materials) ?? [])
  const { checks, unchecked } = compileContract(contract, bound, dialect)
  for (const { message, hint, origin, isError } of unchecked) {
    const told = new WaterworksError(isError ? 'WW1806' : 'WW1803', {
      message: `In the contract "${contract.name}" ${message}.`,
      location: project.locate(origin),
      hint,
    })
    if (isError) diagnostics.error(told)
    else diagnostics.warn(told)
  }
  const uniqueId = `contract.${root}.${contract.name}`
  const node: ContractNode = Object.freeze({
    kind: 'contract',
    uniqueId,
    name: contract.name,
    fqn: [root, 'contracts', contract.name],
    description: contract.description,
    tags: contract.tags,
    path: contract.origin.file,
    dependsOn: [...new Set(bound.map(({ dataset }) => dataset))].sort(),
    fingerprint: fingerprint(() => ({ kind: 'contract', objects: contract.objects, sla: contract.sla })),
    contract,
  })
  const relations = new Map(bound.map((each) => [each.dataset, each.relation]))
  const nodes = [...checks].flatMap(([dataset, list]) =>
    list
      .filter(({ check }) => !materials.empty || holdsOfNoRows(check.rule))
      .map((check) => checkNode(check, dataset, relations.get(dataset)!, node, materials)),
  )
  return [node, ...nodes]
}

/** Whether a rule judges rows, or columns: what is demanded of the number of rows cannot be asked of none. */
function holdsOfNoRows(rule: CheckRule): boolean {
  return isRowRule(rule) || rule.rule === 'unique' || rule.rule === 'relationships' || rule.rule === 'schema'
}

function checkNode(
  { check: made, column, others, description, origin }: ContractCheck,
  dataset: string,
  relation: BoundObject['relation'],
  contract: ContractNode,
  { root, fingerprint, warningsFail, empty }: ContractMaterials,
): CheckNode {
  const check = {
    ...made,
    ...(empty ? { where: 'false' } : {}),
    ...(warningsFail ? { warningsFail } : {}),
  }
  const kept = made.rule.rule === 'sql' ? undefined : relation
  return Object.freeze({
    kind: 'check',
    uniqueId: `check.${root}.${check.name}`,
    name: check.name,
    fqn: [root, 'contracts', contract.name, check.name],
    description: description || `of the contract ${contract.name}`,
    tags: contract.tags,
    path: origin.file,
    dependsOn: [...new Set([dataset, ...others])].sort(),
    fingerprint: fingerprint(() => ({ kind: 'check', relation, check: { ...check, name: '' } })),
    check,
    relation: kept,
    attachedTo: dataset,
    column,
    waitsFor: undefined,
    volatile: volatileRule(check),
    manifest: undefined,
    contract: contract.uniqueId,
  })
}

function bind(
  object: ContractObject,
  contract: Contract,
  datasets: readonly Dataset[],
  { diagnostics, project }: ContractMaterials,
): BoundObject | undefined {
  const wanted = (object.physicalName ?? object.name).toLowerCase()
  const found = datasets.filter(({ names }) => names.has(wanted))
  const schemas = new Set(contract.servers.flatMap(({ schema }) => schema?.toLowerCase() ?? []))
  const there = found.filter(({ relation }) => schemas.has(relation.schema?.toLowerCase() ?? ''))
  const [only, ...more] = there.length > 0 ? there : found
  const location = project.locate(object.origin)
  if (only !== undefined && more.length === 0) {
    return { object, dataset: only.table.unique_id, relation: only.relation }
  }
  if (only === undefined) {
    const near = suggest(wanted, new Set(datasets.map(({ relation }) => relation.name)))
    diagnostics.warn(
      new WaterworksError('WW1804', {
        message: `The contract "${contract.name}" is about ${wanted}, which nothing in the project makes.`,
        location,
        hint: near ? `Did you mean "${near}"?` : 'Give the name of its table as "physicalName".',
      }),
    )
  } else {
    diagnostics.error(
      new WaterworksError('WW1805', {
        message: `The contract "${contract.name}" may be about ${[only, ...more].map(({ relation }) => relationName(relation)).join(' or ')}.`,
        location,
        hint: 'Write the schema before "physicalName", as marts.orders.',
      }),
    )
  }
  return undefined
}
