import type { Graph } from './graph.ts'
import { gray } from './gray.ts'
import type { Node } from './node.ts'
import { kindWord, type PrintOptions } from './print-graph.ts'

/**
 * A graph as a tree from what comes in to what is made of it. A node with several parents stands under each, its own
 * children only under the first. Checks are counted beside what they look at; those that look at nothing come last.
 */
export function printTree(graph: Graph, { color, selected }: PrintOptions): readonly string[] {
  const shown = (node: Node | undefined): node is Node =>
    node !== undefined && (!selected || selected.has(node.uniqueId))
  const childrenOf = (node: Node) =>
    (graph.children.get(node.uniqueId) ?? []).map((id) => graph.nodes.get(id)).filter(shown)
  const isRoot = (node: Node) => !node.dependsOn.some((id) => shown(graph.nodes.get(id)))

  const lines: string[] = []
  const expanded = new Set<string>()
  const roots = [...graph.nodes.values()].filter((node) => shown(node) && isRoot(node))
  const ordered = [
    ...roots.filter((node) => node.kind !== 'check'),
    ...roots.filter((node) => node.kind === 'check'),
  ]
  // A stack instead of recursion: a chain may be as long as the project is large.
  const stack = ordered.map((node) => ({ node, branch: '', indent: '' })).reverse()
  for (let item = stack.pop(); item; item = stack.pop()) {
    const { node, branch, indent } = item
    const children = childrenOf(node)
    const below = children.filter((child) => child.kind !== 'check')
    const again = expanded.has(node.uniqueId) && below.length > 0
    const notes = [
      kindWord(node),
      ...countOf(children.length - below.length),
      ...(again ? ['see above'] : []),
    ]
    lines.push(
      `${gray(indent + branch, color && branch !== '')}${node.name} ${gray(`(${notes.join(', ')})`, color)}`,
    )
    if (again) continue
    expanded.add(node.uniqueId)
    const inner = branch === '' ? indent : `${indent}${branch === '└─ ' ? '   ' : '│  '}`
    stack.push(
      ...below
        .map((child, index) => ({
          node: child,
          branch: index === below.length - 1 ? '└─ ' : '├─ ',
          indent: inner,
        }))
        .reverse(),
    )
  }
  return lines
}

function countOf(checks: number): readonly string[] {
  if (checks === 0) return []
  return [checks === 1 ? '1 check' : `${checks} checks`]
}
