import { relative } from 'node:path'
import type { Palette } from '../errors/palette.ts'
import { hasRelation, type RelationNode } from '../graph/has-relation.ts'
import type { FunctionNode, Node } from '../graph/node.ts'
import { relationName } from '../graph/relation-name.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { CheckResult } from '../quality/check.ts'
import type { NodeReport } from '../run/node-report.ts'
import type { RunReport } from '../run/run-report.ts'
import type { Workspace } from './compose/workspace.ts'
import { outcomeTerms } from './ledger-terms.ts'
import type { Output } from './output.ts'
import { programName } from './program-name.ts'
import { renderTable, type TableColumn } from './render-table.ts'
import { sayAmount, sayCount, saySeconds } from './say-number.ts'

/** The summary fits this many columns also where the terminal is wider: it is pasted into messages. */
const WIDEST = 100

/**
 * What a person wants to read after a run: where the rows of each dataset went, what was built, which checks did not
 * pass and why, what was published, and how to look at it.
 */
export function renderSummary(report: RunReport, workspace: Workspace, output: Output): string {
  const { paint } = output
  const reports = report.nodes.map((node) => ({ ...node, of: workspace.graph.nodes.get(node.node) }))
  const blocks = [
    pipelineTable(reports, paint),
    modelTable(reports, paint),
    failedChecks(reports, paint),
    failures(reports, paint),
    [totals(report, paint), ...published(reports, workspace)],
    nextSteps(reports, workspace),
  ]
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

type Reported = NodeReport & { readonly of: Node | undefined }

function pipelineTable(reports: readonly Reported[], paint: Palette): readonly string[] {
  const loads = reports.filter((report) => report.of?.kind === 'pipeline' && wasDone(report))
  if (loads.length === 0) return []
  // A term gets a column when some dataset has rows of it.
  const terms = outcomeTerms.filter(([key]) => loads.some((load) => (load.ledger?.[key] ?? 0) > 0))
  const rows = loads.map(({ node, of, ledger, checks, seconds }) => [
    of?.name ?? node,
    sayCount(ledger?.extracted ?? 0),
    ...terms.map(([key]) => sayCount(ledger?.[key] ?? 0)),
    passed(checks),
    saySeconds(seconds),
  ])
  const columns = ['loaded', 'rows in', ...terms.map(([, title]) => title), 'checks', 'took']
  return renderTable(rightAligned(columns), rows, { width: WIDEST, heading: paint.faint })
}

function modelTable(reports: readonly Reported[], paint: Palette): readonly string[] {
  const models = reports.filter((report) => isNamed(report.of) && wasDone(report))
  if (models.length === 0) return []
  const rows = models.map(({ node, of, status, rows: count, checks, seconds }) => [
    of?.name ?? node,
    of?.kind === 'model' ? of.materialization : (of?.kind ?? ''),
    status === 'success'
      ? of?.kind === 'function' || (of?.kind === 'model' && of.materialization === 'view')
        ? ''
        : sayCount(count)
      : status,
    passed(checks),
    saySeconds(seconds),
  ])
  const [name, ...others] = rightAligned(['built', 'as', 'rows', 'checks', 'took'])
  const columns = [name!, { title: 'as' }, ...others.slice(1)]
  return renderTable(columns, rows, { width: WIDEST, heading: paint.faint })
}

/** What has a name in the warehouse. */
function isNamed(node: Node | undefined): node is RelationNode | FunctionNode {
  return node?.kind === 'function' || hasRelation(node)
}

function wasDone({ status }: Reported): boolean {
  return status !== 'skipped' && status !== 'reused'
}

function rightAligned([first, ...others]: readonly string[]): readonly TableColumn[] {
  return [{ title: first! }, ...others.map((title) => ({ title, align: 'right' as const }))]
}

function passed(checks: readonly CheckResult[]): string {
  if (checks.length === 0) return '-'
  return `${sayCount(checks.filter((check) => check.status === 'pass').length)}/${sayCount(checks.length)}`
}

function failedChecks(reports: readonly Reported[], paint: Palette): readonly string[] {
  const lines = reports.flatMap(({ checks, of, node }) =>
    checks
      .filter((check) => check.status !== 'pass')
      .map((check) => {
        const color = check.status === 'warn' ? paint.warning : paint.error
        const about = of?.kind === 'check' ? '' : ` (${of?.name ?? node})`
        return [`  ${color(check.status.padEnd(5))} ${check.name}${about}`, `        ${check.message}`]
      }),
  )
  return lines.length === 0 ? [] : [paint.faint('checks that did not pass'), ...lines.flat()]
}

function failures(reports: readonly Reported[], paint: Palette): readonly string[] {
  const bad = reports.filter(
    ({ status, of }) => (status === 'failed' || status === 'partial') && of?.kind !== 'check',
  )
  const skipped = reports.filter(({ status }) => status === 'skipped')
  const lines = bad.map(({ node, of, status, message }) => {
    const color = status === 'failed' ? paint.error : paint.warning
    return `  ${color(status)} ${of?.name ?? node}: ${message}`
  })
  if (lines.length > 0) lines.unshift(paint.faint('what went wrong'))
  if (skipped.length > 0) {
    lines.push(`${sayAmount(skipped.length, 'node')} skipped because of it: ${someOf(skipped.map(nameOf))}`)
  }
  return lines
}

const NAMED = 6

function someOf(names: readonly string[]): string {
  const more = names.length - NAMED
  return more > 1 ? `${names.slice(0, NAMED).join(', ')} and ${more} more` : names.join(', ')
}

function nameOf({ of, node }: Reported): string {
  return of?.name ?? node
}

function totals({ status, seconds, nodes }: RunReport, paint: Palette): string {
  const color = status === 'success' ? paint.success : status === 'failed' ? paint.error : paint.warning
  const sum = (key: keyof Ledger) => nodes.reduce((total, node) => total + (node.ledger?.[key] ?? 0), 0)
  const applied = sum('inserted') + sum('updated') + sum('unchanged') + sum('deleted')
  const checks = nodes.flatMap((node) => node.checks)
  const count = (...statuses: readonly string[]) =>
    checks.filter((check) => statuses.includes(check.status)).length
  const reused = nodes.filter((node) => node.status === 'reused').length
  const said = [
    `${sayAmount(nodes.length - reused, 'node')} in ${saySeconds(seconds)}`,
    reused > 0 ? `${sayCount(reused)} unchanged and reused` : '',
    sum('extracted') > 0 ? `${sayAmount(sum('extracted'), 'row')} in, ${sayCount(applied)} applied` : '',
    sum('rejected') > 0 ? `${sayCount(sum('rejected'))} rejected` : '',
    sum('held') > 0 ? `${sayCount(sum('held'))} held` : '',
    checks.length > 0 ? `${sayAmount(count('pass'), 'check')} passed` : '',
    count('warn') > 0 ? `${sayCount(count('warn'))} warned` : '',
    count('fail', 'error') > 0 ? `${sayCount(count('fail', 'error'))} failed` : '',
  ]
  return `${color(paint.strong(status))}: ${said.filter(Boolean).join(', ')}`
}

function published(reports: readonly Reported[], workspace: Workspace): readonly string[] {
  const relations = reports
    .filter((report) => report.published.length > 0)
    .flatMap((report) => names(report, workspace))
  if (relations.length === 0) return []
  return [`published on ${workspace.targetName}: ${someOf(relations)}`]
}

/** Relations as people write them; the reports have them quoted. */
function names({ of, published: quoted }: Reported, { graph, dialect }: Workspace): readonly string[] {
  const candidates =
    of === undefined ? [] : [of, ...(graph.children.get(of.uniqueId) ?? []).map((id) => graph.nodes.get(id))]
  const known = new Map(
    candidates.flatMap((node) =>
      isNamed(node) ? [[dialect.relation(node.relation), relationName(node.relation)] as const] : [],
    ),
  )
  return quoted.map((name) => known.get(name) ?? name)
}

function nextSteps(reports: readonly Reported[], workspace: Workspace): readonly string[] {
  const flags = flagsOf(workspace)
  const built = reports.filter(({ published, of }) => published.length > 0 && of?.kind !== 'function')
  const best =
    built.findLast(({ of }) => of?.kind === 'model' && of.materialization === 'table') ?? built.at(-1)
  const steps: (readonly [string, string])[] = []
  if (best?.of !== undefined) {
    const [relation] = names(best, workspace)
    steps.push([`show ${best.of.name}${flags}`, 'its first rows'])
    steps.push([`sql${flags} "select count(*) from ${relation}"`, 'any query'])
  }
  if (reports.some((report) => (report.ledger?.rejected ?? 0) + (report.ledger?.held ?? 0) > 0)) {
    steps.push([`quarantine list${flags}`, 'what was rejected or held, and why'])
  }
  if (reports.some(({ status }) => status === 'failed' || status === 'skipped')) {
    steps.push([`retry${flags}`, 'once the cause is mended'])
  }
  const width = Math.max(0, ...steps.map(([line]) => line.length))
  return steps.map(([line, says]) => `  ${programName()} ${line.padEnd(width)}  ${says}`)
}

/** What a command needs to find the same project and target from here. */
function flagsOf({ project, targetName }: Workspace): string {
  const path = relative(process.cwd(), project.root)
  const isBelowHere = path !== '' && !path.startsWith('..')
  const dir = isBelowHere ? ` --project-dir ${/\s/.test(path) ? `"${path}"` : path}` : ''
  return `${dir}${targetName === project.defaultTarget ? '' : ` --target ${targetName}`}`
}
