import type { AdapterConnection } from '../adapter/adapter-connection.ts'
import type { RelationName } from '../context/relation-name.ts'
import type { NodeInTemplate, Rendering, Resolved } from '../context/rendering.ts'
import type { Manifest } from '../manifest/manifest.ts'
import type { Config } from '../merge-configs.ts'
import type { Reference } from '../reference.ts'

/** What a node's templates are rendered with, from its compilation to its last hook. */
export interface NodeRequest {
  readonly node: NodeInTemplate & { readonly config: Config }
  /** Where its result will be; undefined for what has none. */
  readonly relation: RelationName | undefined
  /** Undefined while the warehouse is not to be asked: what asks throws NeedsWarehouse then. */
  readonly connection: AdapterConnection | undefined
  readonly manifest: Manifest | undefined
  readonly resolve: (reference: Reference) => Resolved
  readonly log: Rendering['log']
  readonly warn: Rendering['warn']
  readonly withoutClock?: boolean
}

/** The rendering of a node that was parsed: its configuration is settled, so config() changes nothing that is kept. */
export function nodeRendering(request: NodeRequest, given: Rendering['given'] = {}): Rendering {
  const { node, relation, connection, manifest, resolve, log, warn, withoutClock = false } = request
  let config = node.config
  return {
    phase: 'compile',
    node,
    packageName: node.package_name,
    relation,
    withoutClock,
    resolve,
    configure: (added) => {
      config = { ...config, ...added }
    },
    config: () => config,
    log,
    warn,
    connection,
    manifest,
    given,
  }
}
