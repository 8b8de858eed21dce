import type { AdapterConnection } from '../../dbt/adapter/adapter-connection.ts'
import type { ManifestNode } from '../../dbt/manifest/manifest-node.ts'
import type { NodeRequest } from '../../dbt/runtime/node-rendering.ts'
import type { DbtWork } from './dbt-work.ts'

/** What a node's templates are rendered with while it is built. */
export function nodeRequest(node: ManifestNode, connection: AdapterConnection, work: DbtWork): NodeRequest {
  const { database, schema, alias: identifier } = node
  return {
    node: work.queries.asBuilt(node),
    relation: { database, schema, identifier },
    connection,
    manifest: work.parsed.manifest,
    resolve: work.queries.resolve(node),
    log: (message, level) => work.log(message, level),
    warn: (message) => work.warn(message),
  }
}
