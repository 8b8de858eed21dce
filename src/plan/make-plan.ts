import type { Graph } from '../graph/graph.ts'
import type { CheckNode, Node, UnitTestNode } from '../graph/node.ts'
import { relationName } from '../graph/relation-name.ts'
import { explainTasks } from './explain-tasks.ts'
import { judgeDrift } from './judge-drift.ts'
import type { CheckTask, Plan, Task } from './plan.ts'
import type { PlanInput } from './plan-input.ts'
import { savedQueryNoOps } from './saved-query-no-ops.ts'
import { TaskAncestry } from './task-ancestry.ts'
import { isTaskNode, type TaskNode } from './task-node.ts'
import { unchangedOf } from './unchanged-of.ts'
import { waitForChecks } from './wait-for-checks.ts'

/**
 * What to do and why, in topological order. Pure: the same input gives the same plan.
 *
 * `build` runs the selected pipelines and models with their checks, `ingest` the pipelines and the checks of what they
 * fill, `test` only checks. With `retry` only what is in it is done, with the checks that gate it. Order between tasks holds
 * even where a node between them is not selected.
 *
 * With `publish: immediately` models are published before they are checked, as dbt does. What pipelines load is gated either
 * way. What is downstream of a check that gates nothing, as one of a source does, waits for it.
 *
 * With `reuse` what has neither new code nor new data is left out.
 */
export function makePlan(input: PlanInput): Plan {
  const all = planAll(input)
  if (input.reuse !== true) return all
  const reused = unchangedOf(all, input)
  const ids = new Set(reused.map(({ node }) => node.uniqueId))
  // Planned anew without them, so that a check which judged one of them gates another that it reads.
  const selection = new Set([...input.selection].filter((id) => !ids.has(id)))
  return { ...planAll({ ...input, selection }), reused, selected: all.selected }
}

function planAll(input: PlanInput): Plan {
  const { graph } = input
  const atOnce = input.publish === 'immediately'
  const selected = [...graph.nodes.values()].filter((node) => isWanted(node, input))
  const taskNodes = selected.filter(isTaskNode)
  const ancestry = new TaskAncestry(graph, new Set(taskNodes.map((node) => node.uniqueId)))
  // dbt gives ephemeral models turns of their own, for which others wait.
  const ephemeral: readonly Node[] = selected.filter(
    (node) => atOnce && node.kind === 'model' && !isTaskNode(node),
  )
  const turns = ephemeral.length === 0 ? ancestry : turnsOf([...taskNodes, ...ephemeral], graph)

  const gates = new Map<string, CheckNode[]>()
  const after = new Map(
    [...taskNodes, ...ephemeral].map((node) => [node.uniqueId, new Set(turns.above(node))]),
  )
  const checks: CheckTask[] = []
  for (const node of selected) {
    if (node.kind !== 'check') continue
    const gated = ancestry.makersOf(node).at(-1)
    if (gated === undefined || (atOnce && graph.nodes.get(gated)?.kind !== 'pipeline')) {
      checks.push({ check: node, after: turns.above(node) })
      continue
    }
    const list = gates.get(gated)
    if (list) list.push(node)
    else gates.set(gated, [node])
    // The check reads the others as well, so what it gates waits for them.
    for (const id of ancestry.above(node)) {
      if (ancestry.position(id) < ancestry.position(gated)) after.get(gated)!.add(id)
    }
  }

  waitForChecks(checks, after, graph)
  const unitTests = selected
    .filter((node) => node.kind === 'unit-test')
    .map((test) => ({ test, after: turnOf(test, after, ancestry) ?? readBy(test, graph, ancestry) }))
  for (const { test } of unitTests) {
    for (const id of ancestry.makersOf(test)) after.get(id)?.add(test.uniqueId)
  }
  const reasons = explainTasks(taskNodes, ancestry, input)
  const tasks = taskNodes.map((node): Task => {
    const drift = judgeDrift(node, input)
    return {
      node,
      gates: gates.get(node.uniqueId) ?? [],
      after: ancestry.inOrder(after.get(node.uniqueId)!),
      ...reasons.get(node.uniqueId)!,
      writes: writesOf(node, graph),
      ...(drift && { drift }),
    }
  })
  const exposures = selected.filter((node) => node.kind === 'exposure')
  const noOps = [
    ...ephemeral.map(({ uniqueId: id }) => ({ id, after: ancestry.inOrder(after.get(id)!) })),
    // What reads outside of the project waits for what it reads, and not for its checks.
    ...exposures.map((node) => ({ id: node.uniqueId, after: turns.above(node) })),
    ...savedQueryNoOps(input, turns),
  ]
  return { target: input.target, tasks, checks, unitTests, noOps, reused: [], selected }
}

function turnsOf(nodes: readonly Node[], graph: Graph): TaskAncestry {
  return new TaskAncestry(graph, new Set(nodes.map((node) => node.uniqueId)))
}

/** What the model of a unit test waits for, where it is built as well. */
function turnOf(
  test: UnitTestNode,
  after: ReadonlyMap<string, ReadonlySet<string>>,
  ancestry: TaskAncestry,
): readonly string[] | undefined {
  const waits = after.get(test.manifest.tested_node_unique_id ?? '')
  return waits && ancestry.inOrder(waits)
}

/** The tasks that make what the model of a unit test reads. */
function readBy(test: UnitTestNode, graph: Graph, ancestry: TaskAncestry): readonly string[] {
  const above = test.dependsOn.flatMap((id) => {
    const model = graph.nodes.get(id)
    return model === undefined ? [] : ancestry.above(model)
  })
  return ancestry.inOrder(new Set(above))
}

function isWanted(node: Node, input: PlanInput): boolean {
  const { mode, selection, graph } = input
  if (!selection.has(node.uniqueId) || !isRetried(node, input)) return false
  switch (mode) {
    case 'build':
    case 'retry':
      return true
    case 'test':
      return node.kind === 'check' || node.kind === 'unit-test'
    case 'run':
      return node.kind === 'model'
    case 'seed':
      return node.kind === 'seed'
    case 'snapshot':
      return node.kind === 'snapshot'
    case 'ingest':
      return (
        node.kind === 'pipeline' ||
        node.kind === 'source' ||
        (node.kind === 'check' && looksOnlyAtSources(node, graph))
      )
  }
}

function isRetried(node: Node, { mode, retry, graph, publish }: PlanInput): boolean {
  if (retry === undefined) return mode !== 'retry'
  if (retry.has(node.uniqueId)) return true
  const isGated = publish !== 'immediately' || mode === 'retry'
  return isGated && isTest(node) && gatesOneOf(retry, node, graph)
}

function isTest(node: Node): boolean {
  return node.kind === 'check' || node.kind === 'unit-test'
}

/** A task that is done again is gated again, by the checks that passed as well: its first build was rolled back. */
function gatesOneOf(tasks: ReadonlySet<string>, check: Node, graph: Graph): boolean {
  return check.dependsOn.some((id) => {
    const parent = graph.nodes.get(id)
    return (
      parent !== undefined && (tasks.has(id) || (!isTaskNode(parent) && gatesOneOf(tasks, parent, graph)))
    )
  })
}

function looksOnlyAtSources(check: CheckNode, graph: Graph): boolean {
  return check.dependsOn.length > 0 && check.dependsOn.every((id) => graph.nodes.get(id)?.kind === 'source')
}

function writesOf(node: TaskNode, graph: Graph): readonly string[] {
  if (node.kind !== 'pipeline') return [relationName(node.relation)]
  return (graph.children.get(node.uniqueId) ?? []).flatMap((id) => {
    const child = graph.nodes.get(id)
    return child?.kind === 'source' ? [relationName(child.relation)] : []
  })
}
