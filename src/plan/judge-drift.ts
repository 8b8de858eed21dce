import { changeClass } from '../drift/change-class.ts'
import { changeRules } from '../drift/change-rules.ts'
import { isReal } from '../drift/column-change.ts'
import { effectOfChange } from '../drift/effect-of-change.ts'
import type { PlannedChange } from './plan.ts'
import type { PlanInput } from './plan-input.ts'
import type { TaskNode } from './task-node.ts'

/** What has changed at the sources of a task, and what its pipeline will do; undefined where nothing was compared. */
export function judgeDrift(node: TaskNode, { drift }: PlanInput): readonly PlannedChange[] | undefined {
  if (node.kind !== 'pipeline') return undefined
  return drift?.get(node.uniqueId)?.flatMap(({ stream, relation, changes, rows }) => {
    const rules = changeRules(node.pipeline, stream)
    return changes.filter(isReal).map((change) => ({
      stream,
      relation,
      change,
      class: changeClass(change),
      rows: rows?.get(change.kind === 'renamed' ? change.newName : change.column),
      effect: effectOfChange(change, rules),
    }))
  })
}
