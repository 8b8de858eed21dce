import type { Manifest } from '../dbt/manifest/manifest.ts'
import type { Diagnostic } from '../errors/diagnostics.ts'
import type { Node } from './node.ts'

/** The project compiled: nodes by unique id, in topological order. Frozen, printable, comparable. */
export interface Graph {
  readonly project: string
  readonly nodes: ReadonlyMap<string, Node>
  /** Unique ids of the nodes that read from a node, sorted. */
  readonly children: ReadonlyMap<string, readonly string[]>
  /** What of it comes from dbt's files. */
  readonly manifest: Manifest
  /** What was found while building it and does not stop anything. */
  readonly warnings: readonly Diagnostic[]
}
