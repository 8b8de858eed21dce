import type { DbtPackage } from '../../project/package.ts'
import type { ManifestNode } from '../manifest/manifest-node.ts'
import { isRefable } from './node-lookup.ts'
import { parseGenericTests } from './parse-generic-tests.ts'
import type { ParseScope } from './parse-scope.ts'
import type { NodePlace, ParsedNodes } from './parsed-nodes.ts'
import type { ResourceProperties } from './resource-properties.ts'

/** Parses the tests that properties files put on models, seeds and snapshots into `nodes`. */
export function parseNodeTests(scope: ParseScope, nodes: ParsedNodes): void {
  const packages = new Map(scope.packages.map((one) => [one.name, one]))
  for (const node of [...nodes.enabled.values()]) testNode(node, packages, scope, nodes)
  for (const [first] of [...nodes.disabled.values()]) {
    // One entry of a properties file describes the enabled node and those beside it that are not: its tests are there once.
    const isDescribed = first && isRefable(first) && !nodes.enabled.has(first.unique_id)
    if (isDescribed) testNode(first, packages, scope, nodes)
  }
}

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
  const { columns, tests, dataTests, quoteColumns, origin, packageName, patchPath } = properties
  parseGenericTests(
    {
      subject: { kind: 'model', model: node.name, version },
      package: packages.get(packageName)!,
      path: patchPath.slice(patchPath.indexOf('://') + 3),
      fileKey: `${node.resource_type}s.${node.name}`,
      tags: [],
      columns,
      tests,
      dataTests,
      quoteColumns,
      attachedNode: node.unique_id,
      group: node.group,
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
