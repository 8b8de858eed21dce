import { recordChange } from '../../drift/recorded-change.ts'
import { relationName } from '../../graph/relation-name.ts'
import type { Plan, PlannedChange } from '../../plan/plan.ts'
import { printPlan } from '../../plan/print-plan.ts'
import type { Command, Invocation } from '../command.ts'
import { planWorkspace } from '../compose/plan-workspace.ts'
import { selectionOf } from '../compose/selection-of.ts'
import { openWorkspace } from '../compose/workspace.ts'
import { selectionOptions } from '../global-options.ts'

export const plan: Command = {
  name: 'plan',
  summary: 'Show what a build would do, and why',
  description: `Lists the tasks of a build in their order, each with the tables it writes, the checks that gate it and the reason
it runs: it was never built, its code changed, its source or a parent brings new data, or it was only asked for. Looks
at recorded runs, at source files and at what the warehouse has loaded; changes nothing. Columns of source tables
and of waiting files that are other than those of their tables are listed, with the class of each change (safe, map,
assess or critical), the rows it concerns where files are short enough to look, and what loading will do about it.`,
  options: selectionOptions,
  examples: [
    { line: 'waterworks plan', says: 'Everything a build would do.' },
    { line: 'waterworks plan --select fct_flights+', says: 'One model and what is made from it.' },
    {
      line: `waterworks plan --json | jq '.tasks[] | select(.reason != "asked for") | .name'`,
      says: 'The nodes for which something is new.',
    },
  ],
  run: show,
}

async function show(invocation: Invocation): Promise<number> {
  const { output } = invocation
  const workspace = await openWorkspace(invocation, { look: true })
  const selection = selectionOf(invocation, workspace, 'build')
  const made = await planWorkspace(workspace, selection, {
    warning: (error) => output.problems([{ severity: 'warning', error }]),
    log: (message) => output.log(message),
  })
  for (const line of printPlan(made, output.paint)) output.print(line)
  output.json(jsonOf(made))
  return 0
}

function jsonOf(made: Plan) {
  return {
    target: made.target,
    tasks: made.tasks.map(({ node, gates, after, reason, because, writes, drift }) => ({
      unique_id: node.uniqueId,
      name: node.name,
      resource_type: node.kind,
      reason,
      because,
      writes,
      after,
      gates: gates.map((gate) => gate.uniqueId),
      ...(drift && { schema_changes: drift.map(changeJson) }),
    })),
    checks: made.checks.map(({ check, after }) => ({
      unique_id: check.uniqueId,
      name: check.name,
      severity: check.check.severity,
      relation: check.relation && relationName(check.relation),
      after,
    })),
  }
}

function changeJson({ stream, relation, change, class: asks, rows, effect }: PlannedChange) {
  const { column, change: kind, newName, from, to } = recordChange(change)
  return {
    stream,
    relation,
    column,
    change: kind,
    class: asks,
    new_name: newName,
    from,
    to,
    rows: rows ?? null,
    holds: effect.holds,
    does: effect.says,
  }
}
