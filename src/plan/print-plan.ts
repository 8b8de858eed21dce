import { describeChange } from '../drift/describe-change.ts'
import type { Palette } from '../errors/palette.ts'
import type { Plan, PlannedChange, Reason } from './plan.ts'

/**
 * A plan for people: a heading, a table of tasks in aligned columns with the reason for each, and the lone checks. What
 * runs because something is new stands out from what was only asked for.
 */
export function printPlan(plan: Plan, paint: Palette): readonly string[] {
  const gates = plan.tasks.reduce((sum, task) => sum + task.gates.length, 0)
  const lines = [
    `Plan for target ${plan.target}: ${count(plan.tasks.length, 'task')}, ${count(gates + plan.checks.length, 'check')}`,
  ]
  if (plan.tasks.length > 0) {
    const rows = plan.tasks.map(({ node, reason, because, writes, gates }) => [
      node.name,
      node.kind === 'model' ? node.materialization : node.kind,
      briefly(writes),
      gates.length === 0 ? '-' : String(gates.length),
      reason,
      because,
    ])
    const [heading, ...tasks] = align([['node', 'kind', 'writes', 'gates', 'reason', 'because'], ...rows])
    lines.push(
      '',
      paint.faint(heading!),
      ...tasks.map((line, index) => emphasis(plan.tasks[index]!.reason, paint)(line)),
    )
    const news = plan.tasks.filter((task) => task.reason !== 'asked for').length
    if (news < plan.tasks.length) lines.push('', paint.faint(`${sayNews(news, plan.tasks.length)}`))
  }
  const drift = plan.tasks.flatMap((task) => task.drift ?? [])
  if (drift.length > 0) lines.push('', ...sayDrift(drift, paint))
  if (plan.checks.length > 0) {
    const rows = plan.checks.map(({ check }) => [check.name, check.check.severity, check.path])
    const [heading, ...checks] = align([['check', 'severity', 'file'], ...rows])
    lines.push('', 'Checks of what is already published:', paint.faint(heading!), ...checks)
  }
  if (plan.tasks.length + plan.checks.length === 0)
    lines.push('', 'Nothing to do: the selection holds no task and no check.')
  return lines
}

/** How a task's line is told from the others, by why it runs. */
function emphasis(reason: Reason, paint: Palette): (text: string) => string {
  switch (reason) {
    case 'asked for':
      return paint.faint
    case 'new data':
      return paint.success
    case 'retry':
      return paint.warning
    default:
      return paint.place
  }
}

function sayNews(news: number, all: number): string {
  if (news === 0) return 'Nothing is new: all of it runs only because it was asked for.'
  return `Something is new for ${news} of ${all} tasks; the others run only because they were asked for.`
}

/** One line a change; what holds a load stands out. */
function sayDrift(drift: readonly PlannedChange[], paint: Palette): readonly string[] {
  const rows = drift.map(({ relation, change, class: asks, rows: concerned, effect }) => [
    relation,
    asks,
    describeChange(change),
    concerned === undefined ? '-' : String(concerned),
    effect.says,
  ])
  const heads = ['table', 'class', 'change', 'rows', 'what loading does']
  const [heading, ...changes] = align([heads, ...rows])
  return [
    'Changed at the sources:',
    paint.faint(heading!),
    ...changes.map((line, index) => (drift[index]!.effect.holds === 'always' ? paint.warning(line) : line)),
  ]
}

/** A pipeline may fill many tables; the first two tell where they are. */
function briefly(names: readonly string[]): string {
  const [first, second, ...others] = names
  return others.length < 2 ? names.join(', ') : `${first}, ${second} and ${others.length} more`
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`
}

function align(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')}`.trimEnd(),
  )
}
