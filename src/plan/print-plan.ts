import type { Plan } from './plan.ts'

/** A plan for people: a heading, a table of tasks in aligned columns with the reason for each, and the lone checks. */
export function printPlan(plan: Plan): readonly string[] {
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
    lines.push('', ...align([['node', 'kind', 'writes', 'gates', 'reason', 'because'], ...rows]))
  }
  if (plan.checks.length > 0) {
    const rows = plan.checks.map(({ check }) => [check.name, check.check.severity, check.path])
    lines.push('', 'Checks of what is already published:', ...align([['check', 'severity', 'file'], ...rows]))
  }
  if (plan.tasks.length + plan.checks.length === 0)
    lines.push('', 'Nothing to do: the selection holds no task and no check.')
  return lines
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
