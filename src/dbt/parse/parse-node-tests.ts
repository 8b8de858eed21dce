import type { DbtPackage } from '../../project/package.ts'
import type { ManifestNode } from '../manifest/manifest-node.ts'
import { isRefable } from './node-lookup.ts'
import { parseGenericTests } from './parse-generic-tests.ts'
import type { ParseScope } from './parse-scope.ts'
import type { NodePlace, ParsedNodes } from './parsed-nodes.ts'
import { propertiesOf, type ResourceProperties } from './resource-properties.ts'

/** Parses the tests that properties files put on models, seeds and snapshots into `nodes`. */
export function parseNodeTests(scope: ParseScope, nodes: ParsedNodes): void {
  const packages = new Map(scope.packages.map((one) => [one.name, one]))
  for (const node of [...nodes.enabled.values()]) testNode(node, packages, scope, nodes)
  for (const [first] of [...nodes.disabled.values()]) {
    // One entry of a properties file describes the enabled node and those beside it that are not: its tests are there once.
    const isDescribed = first && isRefable(first) && !nodes.enabled.has(first.unique_id)
    if (isDescribed) testNode(first, packages, scope, nodes)
  }
  testWhatIsNotThere(packages, scope, nodes)
}

/** As dbt does, keeps the tests of what only a properties file knows, which was warned of: they are switched off. */
function testWhatIsNotThere(
  packages: ReadonlyMap<string, DbtPackage>,
  scope: ParseScope,
  nodes: ParsedNodes,
): void {
  const known = new Set([...nodes.places.values()].map(({ properties }) => properties?.origin))
  for (const section of ['models', 'seeds', 'snapshots'] as const) {
    for (const { entry, ...described } of scope.properties.all(section)) {
      const isVersioned = 'versions' in entry && (entry.versions ?? []).length > 0
      if (known.has(described.origin) || isVersioned || nodes.failed.has(entry.name)) continue
      nodes.absent.add(entry.name)
      const properties = propertiesOf<DescribedEntry>({ ...described, entry })
      // It may stand in a section of another kind.
      const attached = nodes.named(described.packageName, entry.name)
      const { unique_id: attachedNode = null, group = null } = attached ?? {}
      testAs({ name: entry.name, version: null, section, attachedNode, group }, properties, {
        packages,
        scope,
        nodes,
      })
    }
  }
}

type DescribedEntry = Parameters<typeof propertiesOf>[0]['entry']

function testNode(
  node: ManifestNode,
  packages: ReadonlyMap<string, DbtPackage>,
  scope: ParseScope,
  nodes: ParsedNodes,
): void {
  if (!isRefable(node)) return
  const properties = propertiesAt(nodes.places.get(node.unique_id))
  if (!properties) return
  const version = node.resource_type === 'model' ? node.version : null
  const { name } = node
  const section = `${node.resource_type}s`
  // A test of another package's node is attached to none.
  const attached = node.package_name === properties.packageName ? node : undefined
  const { unique_id: attachedNode = null, group = null } = attached ?? {}
  testAs({ name, version, section, attachedNode, group }, properties, { packages, scope, nodes })
}

/** What is tested: a node, or the name of none. */
interface Subject {
  readonly name: string
  readonly version: string | number | null
  /** Of the properties file. */
  readonly section: string
  readonly attachedNode: string | null
  readonly group: string | null
}

interface Surroundings {
  readonly packages: ReadonlyMap<string, DbtPackage>
  readonly scope: ParseScope
  readonly nodes: ParsedNodes
}

function testAs(
  { name, version, section, attachedNode, group }: Subject,
  properties: ResourceProperties,
  { packages, scope, nodes }: Surroundings,
): void {
  const { columns, tests, dataTests, quoteColumns, origin, packageName, patchPath } = properties
  parseGenericTests(
    {
      subject: { kind: 'model', model: name, version },
      package: packages.get(packageName)!,
      path: patchPath.slice(patchPath.indexOf('://') + 3),
      fileKey: `${section}.${name}`,
      tags: [],
      columns,
      tests,
      dataTests,
      quoteColumns,
      attachedNode,
      group,
      origin,
    },
    scope,
    nodes,
  )
}

function propertiesAt(place: NodePlace | undefined): ResourceProperties | undefined {
  const properties = place?.properties
  return properties && 'patchPath' in properties ? properties : undefined
}
