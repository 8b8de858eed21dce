import type { DbtPackage } from '../../project/package.ts'
import type { ManifestOperation } from '../manifest/manifest-node.ts'
import { attempt } from './attempt.ts'
import { nodeDefaults } from './config-rules.ts'
import type { ParseScope } from './parse-scope.ts'
import type { ParsedNodes } from './parsed-nodes.ts'
import { readSqlNode } from './sql-node.ts'

/** Parses the hooks of every package that run before and after everything else into `nodes`. */
export function parseOperations(scope: ParseScope, nodes: ParsedNodes): void {
  for (const one of scope.packages) {
    parseHooks(one, 'on-run-start', one.config.onRunStart, scope, nodes)
    parseHooks(one, 'on-run-end', one.config.onRunEnd, scope, nodes)
  }
}

function parseHooks(
  one: DbtPackage,
  when: 'on-run-start' | 'on-run-end',
  hooks: readonly string[],
  scope: ParseScope,
  nodes: ParsedNodes,
): void {
  hooks.forEach((sql, index) => {
    const name = `${one.name}-${when}-${index}`
    const shown = one.kind === 'root' ? 'dbt_project.yml' : `dbt_packages/${one.name}/dbt_project.yml`
    const parsed = attempt(scope.diagnostics, () =>
      readSqlNode(
        {
          package: one,
          resourceType: 'operation',
          kind: 'models',
          defaults: nodeDefaults,
          name,
          uniqueId: `operation.${one.name}.${name}`,
          fqn: [one.name, 'hooks', name],
          path: `hooks/${name}.sql`,
          originalFilePath: './dbt_project.yml',
          text: { text: sql, shown, firstLine: 1 },
          checksum: { name: 'sha256', checksum: one.config.checksum },
          properties: undefined,
        },
        scope,
      ),
    )
    if (!parsed) return
    const node: ManifestOperation = {
      ...parsed.base,
      resource_type: 'operation',
      relation_name: null,
      tags: [...new Set([when, ...parsed.base.tags])],
      index,
    }
    const key = when === 'on-run-start' ? 'on-run-start' : 'on-run-end'
    nodes.add(node, { properties: { origin: { file: shown, path: [key, index] } } }, parsed.enabled)
  })
}
