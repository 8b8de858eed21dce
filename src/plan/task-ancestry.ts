import type { Graph } from '../graph/graph.ts'
import type { Node } from '../graph/node.ts'
import { isTaskNode } from './task-node.ts'

/** Finds, for any node, the nearest of a set of tasks that come before it, through whatever lies between. */
export class TaskAncestry {
  readonly #position: ReadonlyMap<string, number>
  readonly #above = new Map<string, readonly string[]>()
  readonly #makers = new Map<string, readonly string[]>()

  constructor(graph: Graph, tasks: ReadonlySet<string>) {
    this.#position = new Map([...graph.nodes.keys()].map((id, index) => [id, index]))
    // The graph is in topological order, so every node finds its parents' answers ready.
    for (const node of graph.nodes.values()) {
      const id = node.uniqueId
      const above = this.#union(node.dependsOn, this.#above)
      const makers = this.#union(node.dependsOn, this.#makers)
      this.#above.set(id, tasks.has(id) ? [id] : above)
      this.#makers.set(id, tasks.has(id) ? [id] : isTaskNode(node) ? [] : makers)
    }
  }

  /** The nearest tasks above a node, in the graph's order. */
  above(node: Node): readonly string[] {
    return this.nearest(node.dependsOn)
  }

  /** The nearest tasks at or above some nodes, in the graph's order. */
  nearest(ids: readonly string[]): readonly string[] {
    return this.#union(ids, this.#above)
  }

  /**
   * The tasks that make what the node reads: its parents, and where a parent is a source or an ephemeral model, what
   * that is made of. Unlike `above`, models that are no task here end the search.
   */
  makersOf(node: Node): readonly string[] {
    return this.#union(node.dependsOn, this.#makers)
  }

  inOrder(ids: ReadonlySet<string>): readonly string[] {
    return [...ids].sort((a, b) => this.position(a) - this.position(b))
  }

  position(id: string): number {
    return this.#position.get(id) ?? -1
  }

  #union(ids: readonly string[], of: ReadonlyMap<string, readonly string[]>): readonly string[] {
    const [first, ...others] = ids
    if (first === undefined) return []
    if (others.length === 0) return of.get(first) ?? []
    return this.inOrder(new Set(ids.flatMap((id) => of.get(id) ?? [])))
  }
}
