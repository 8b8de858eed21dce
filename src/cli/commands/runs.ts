import type { Palette } from '../../errors/palette.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { ago } from '../../plan/ago.ts'
import type { CheckSummary, RunSummary, StateStore } from '../../state/state-store.ts'
import type { Command, Invocation } from '../command.ts'
import { openLineageOptions } from '../compose/open-lineage-options.ts'
import { withRecordedState } from '../compose/recorded-state.ts'
import { openProject } from '../compose/workspace.ts'
import { ledgerLine } from '../ledger-line.ts'
import type { Output } from '../output.ts'
import { rowLimit } from '../print-result.ts'
import { renderTable } from '../render-table.ts'
import { sayCount, saySeconds } from '../say-number.ts'

const SHOWN = 20
/** Among how many runs the beginning of an id is looked for. */
const REMEMBERED = 10_000

export const runs: Command = {
  name: 'runs',
  summary: 'Show past runs, or one in full',
  description: `Without an argument, the latest runs on the target, newest first. With the id of a run (its beginning will do, as
will \`last\`), that run in full: each task with its ledger, each check that did not pass. A run that was cut off shows
as interrupted. Works while a build runs.`,
  positionals: '[RUN_ID]',
  options: [
    {
      name: 'limit',
      type: 'string',
      value: 'N',
      help: `The most runs or records to show, ${SHOWN} unless given.`,
    },
    {
      name: 'records',
      type: 'boolean',
      help: 'Print the records of pipeline runs, one JSON object a line; of one run if its id is given.',
    },
    {
      name: 'events',
      type: 'boolean',
      help: 'Print the events of a run (the last unless its id is given) as OpenLineage, one JSON object a line.',
    },
  ],
  examples: [
    { line: 'waterworks runs', says: 'The latest runs.' },
    { line: 'waterworks runs last', says: 'The last run in full.' },
    { line: 'waterworks runs --records --limit 100', says: 'What pipelines did, for a log collector.' },
    { line: 'waterworks runs last --events', says: 'The last run as OpenLineage events.' },
  ],
  run: show,
}

async function show(invocation: Invocation): Promise<number> {
  const { flags, output, positionals } = invocation
  const limit = rowLimit(flags.text('limit'), SHOWN) ?? REMEMBERED
  if (flags.isSet('records') && flags.isSet('events')) {
    throw new WaterworksError('WW7001', { message: 'runs takes --records or --events, not both' })
  }
  if (positionals.length > 1) throw new WaterworksError('WW7001', { message: 'runs takes one run id' })
  const opened = await openProject(invocation)
  const found = await withRecordedState<Found>(opened, { runs: [], checks: [], lines: [] }, async (state) => {
    await state.closeInterrupted(opened.targetName)
    const id = positionals[0] ?? (flags.isSet('events') ? 'last' : undefined)
    const run = id === undefined ? undefined : await findRun(state, id, opened.targetName)
    if (flags.isSet('records')) return { runs: [], checks: [], lines: await recordsOf(state, run, limit) }
    if (flags.isSet('events')) {
      return { runs: [], checks: [], lines: await eventsOf(state, run!, invocation) }
    }
    if (run !== undefined) return { runs: [run], checks: await state.checks(run.runId), lines: [] }
    return { runs: await state.runs({ limit, target: opened.targetName }), checks: [], lines: [] }
  })
  if (flags.isSet('records') || flags.isSet('events')) {
    for (const line of found.lines) await output.write(`${JSON.stringify(line)}\n`)
    output.json(flags.isSet('records') ? { records: found.lines } : { events: found.lines })
    return 0
  }
  const [run] = found.runs
  if (positionals.length > 0 && run === undefined) throw noSuchRun(positionals[0]!)
  if (positionals.length > 0) printRun(run!, found.checks, output)
  else printRuns(found.runs, opened.now, output)
  output.json(
    positionals.length > 0
      ? { run: jsonOf(run!), checks: found.checks }
      : { target: opened.targetName, runs: found.runs.map(jsonOf) },
  )
  return 0
}

interface Found {
  readonly runs: readonly RunSummary[]
  readonly checks: readonly CheckSummary[]
  /** Records or events, a JSON value a line. */
  readonly lines: readonly object[]
}

async function findRun(state: StateStore, id: string, target: string): Promise<RunSummary> {
  if (id === 'last') {
    const [last] = await state.runs({ limit: 1, target })
    if (last !== undefined) return last
    throw new WaterworksError('WW7007', { message: `nothing has run on target ${target} yet` })
  }
  const exact = await state.run(id)
  if (exact !== undefined) return exact
  const all = await state.runs({ limit: REMEMBERED, tasks: false })
  const [first, second] = all.filter((run) => run.runId.startsWith(id) || run.runId.endsWith(id))
  if (first === undefined) throw noSuchRun(id)
  if (second !== undefined) throw new WaterworksError('WW7007', { message: `several runs fit ${id}` })
  return (await state.run(first.runId))!
}

function noSuchRun(id: string): WaterworksError {
  return new WaterworksError('WW7007', { message: `no run has the id ${id}` })
}

async function recordsOf(
  state: StateStore,
  run: RunSummary | undefined,
  limit: number,
): Promise<readonly object[]> {
  if (run === undefined) return state.records({ limit })
  const events = await state.events(run.runId)
  return events.flatMap((event) => (event.type === 'pipeline-recorded' ? [event.record] : [])).slice(0, limit)
}

async function eventsOf(
  state: StateStore,
  run: RunSummary,
  invocation: Invocation,
): Promise<readonly object[]> {
  const { toOpenLineage } = await import('../../events/to-open-lineage.ts')
  const options = await openLineageOptions(invocation)
  return (await state.events(run.runId)).flatMap((event) => toOpenLineage(event, options))
}

function printRuns(list: readonly RunSummary[], now: string, output: Output): void {
  if (list.length === 0) {
    output.print('Nothing has run on this target yet: `waterworks build` is the first run.')
    return
  }
  const rows = list.map((run) => {
    const count = (...statuses: string[]) => run.tasks.filter((task) => statuses.includes(task.status)).length
    return [
      run.runId,
      run.command,
      run.status,
      ago(run.startedAt, now),
      run.seconds === undefined ? '' : saySeconds(run.seconds),
      sayCount(count('success', 'reused')),
      sayCount(count('failed', 'partial')),
      sayCount(count('skipped', 'pending')),
    ]
  })
  const columns = [
    { title: 'run' },
    { title: 'command' },
    { title: 'status' },
    { title: 'started' },
    { title: 'took', align: 'right' as const },
    { title: 'done', align: 'right' as const },
    { title: 'failed', align: 'right' as const },
    { title: 'not run', align: 'right' as const },
  ]
  for (const line of renderTable(columns, rows, { heading: output.paint.faint })) output.print(line)
}

function printRun(run: RunSummary, checks: readonly CheckSummary[], output: Output): void {
  const { paint } = output
  output.print(`${paint.strong(run.runId)}  ${run.command} on ${run.target}: ${painted(run.status, paint)}`)
  const took = run.seconds === undefined ? '' : `, took ${saySeconds(run.seconds)}`
  output.print(`started ${run.startedAt}${took}`)
  const selected = [
    run.selection.select.length > 0 ? `--select ${run.selection.select.join(' ')}` : '',
    run.selection.exclude.length > 0 ? `--exclude ${run.selection.exclude.join(' ')}` : '',
  ].filter(Boolean)
  if (selected.length > 0) output.print(selected.join(' '))
  output.print('')
  const rows = run.tasks.map((task) => [
    shortName(task.node),
    task.status,
    task.seconds === undefined ? '' : saySeconds(task.seconds),
    task.rows === undefined ? '' : sayCount(task.rows),
    task.attempts > 1 ? `${task.attempts} attempts` : '',
  ])
  const columns = [
    { title: 'task' },
    { title: 'status' },
    { title: 'took', align: 'right' as const },
    { title: 'rows', align: 'right' as const },
    { title: '' },
  ]
  const lines = renderTable(columns, rows, { heading: paint.faint })
  output.print(lines[0]!)
  for (const [index, task] of run.tasks.entries()) {
    output.print(lines[index + 1]!)
    if (task.ledger !== undefined) output.print(`    ${ledgerLine(task.ledger)}`)
    if (task.message !== '') output.print(`    ${task.message}`)
  }
  const bad = checks.filter((each) => each.status !== 'pass')
  output.print('')
  output.print(`${sayCount(checks.length - bad.length)} of ${sayCount(checks.length)} checks passed`)
  for (const { check, node, status, message } of bad) {
    output.print(`  ${painted(status, paint)}  ${checkName(check)} on ${shortName(node)}: ${message}`)
  }
}

/** The part of a unique id that a person knows: the kind and the project are plain from elsewhere. */
function shortName(uniqueId: string): string {
  return uniqueId.split('.').slice(2).join('.') || uniqueId
}

/** Of a check's unique id, without the hash that dbt gives a generic test, or of `<pipeline id>/<gate>`. */
function checkName(id: string): string {
  const gate = id.indexOf('/')
  return gate >= 0 ? id.slice(gate + 1) : shortName(id).replace(/\.[0-9a-f]{10}$/, '')
}

function painted(status: string, paint: Palette): string {
  if (status === 'success' || status === 'pass') return paint.success(status)
  return status === 'failed' || status === 'fail' || status === 'error'
    ? paint.error(status)
    : paint.warning(status)
}

function jsonOf(run: RunSummary) {
  return {
    run_id: run.runId,
    command: run.command,
    target: run.target,
    status: run.status,
    started_at: run.startedAt,
    finished_at: run.finishedAt,
    elapsed_seconds: run.seconds,
    selection: run.selection,
    nodes: run.tasks.map((task) => ({
      unique_id: task.node,
      status: task.status,
      attempts: task.attempts,
      seconds: task.seconds,
      rows: task.rows,
      ledger: task.ledger,
      message: task.message,
    })),
  }
}
