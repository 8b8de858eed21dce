import { WaterworksError } from '../errors/waterworks-error.ts'
import type { RunStatus, TaskFinished } from '../events/event.ts'
import type { PipelineNode, SourceNode, UnitTestNode } from '../graph/node.ts'
import type { CheckTask, NoOp, Plan, Reused, Task, UnitTestTask } from '../plan/plan.ts'
import { streamsOf } from '../project/pipeline.ts'
import type { CheckResult } from '../quality/check.ts'
import { attempt, type RetryPolicy } from './attempt.ts'
import { buildNode } from './dbt/build-node.ts'
import { endOfRun } from './dbt/end-of-run.ts'
import { judgeUnitTest } from './dbt/judge-unit-test.ts'
import { settleKeptFailures } from './dbt/kept-failures.ts'
import { runHooks } from './dbt/run-hooks.ts'
import type { Built, NodeReport } from './node-report.ts'
import { blocks } from './run-checks.ts'
import type { RunContext } from './run-context.ts'
import { runGates } from './run-gates.ts'
import { runPipeline } from './run-pipeline.ts'
import type { RunReport } from './run-report.ts'
import { Schedule, type Scheduled } from './schedule.ts'
import { tellChecks } from './tell-checks.ts'

export interface RunOptions {
  readonly command: string
  readonly threads: number
  readonly failFast: boolean
  /** Whether nothing is done once a hook of on-run-start failed. */
  readonly needsHooks: boolean
  readonly selection: { readonly select: readonly string[]; readonly exclude: readonly string[] }
}

interface Unit extends Scheduled {
  run(): Promise<Built>
  readonly fingerprint: string
  /** Takes its turn, and has nothing done to it. */
  readonly isNoOp?: true
}

/** What dbt says of nodes that were left out then. */
const FAIL_FAST = 'Skipping due to fail_fast'

/**
 * Does a plan: tasks run side by side as far as edges and `threads` allow; what is downstream of a failure is
 * skipped. Never throws for a task: its error becomes its report.
 */
export async function runPlan(plan: Plan, options: RunOptions, context: RunContext): Promise<RunReport> {
  const started = performance.now()
  const built = new Set(plan.tasks.map(({ node }) => node.uniqueId))
  const refuted = new Set<string>()
  const units = [
    ...plan.tasks.map((task) => taskUnit(task, context)),
    ...plan.unitTests.map((task) => unitTestUnit(task, built, refuted, context)),
    ...plan.checks.map((check) => checkUnit(check, context)),
  ]
  const noOps = plan.noOps.map(noOpUnit)
  context.events.emit({
    type: 'run-started',
    ...stamp(context),
    command: options.command,
    target: plan.target,
    tasks: [...plan.reused.map(({ node }) => node.uniqueId), ...units.map((unit) => unit.id)],
    selection: options.selection,
  })
  context.dbt.results.planned(plan)
  await context.events.flush()
  const reused = plan.reused.map((each) => reuse(each, context))
  // Pipelines are no business of dbt's hooks, nor is a run of nothing.
  const hooks = options.command !== 'ingest' && plan.selected.length > 0
  const begun = hooks ? await runHooks('on-run-start', {}, context) : []
  const goesOn = !options.needsHooks || begun.every((report) => report.status === 'success')
  const reports = goesOn
    ? await runUnits([...units, ...noOps], options, context)
    : new Map(units.map((unit) => [unit.id, skipped(unit, 'a hook of on-run-start failed', context)]))
  const worked = [...begun, ...reused, ...units.map((unit) => reports.get(unit.id)!)]
  const ended = hooks ? await runHooks('on-run-end', endOfRun(context.dbt), context) : []
  const nodes = [...worked, ...ended]
  const seconds = (performance.now() - started) / 1000
  const status = overall(nodes)
  context.events.emit({ type: 'run-finished', ...stamp(context), status, seconds })
  await context.events.flush()
  return { runId: context.runId, status, seconds, nodes }
}

async function runUnits(
  units: readonly Unit[],
  options: RunOptions,
  context: RunContext,
): Promise<ReadonlyMap<string, NodeReport>> {
  const reports = new Map<string, NodeReport>()
  const schedule = new Schedule(units)
  const running = new Map<string, Promise<void>>()
  let stopped: string | undefined
  const byId = new Map(units.map((unit) => [unit.id, unit]))
  const fall = (unit: Unit, fellWith: string) => {
    // Of what has no turn of its own elsewhere, only ephemeral models have anything below them.
    if (byId.get(fellWith)?.isNoOp === true) {
      const cause = `caused by compilation error in referenced ephemeral model ${fellWith}`
      context.dbt.journal.leftOut(unit.id, `Compilation Error in ${unit.id}, ${cause}`)
    }
    skip(unit, `${fellWith} did not succeed`)
  }
  const skip = (unit: Unit, why: string) => {
    if (unit.isNoOp) leaveNoOp(unit, 'skipped', context)
    else reports.set(unit.id, skipped(unit, why, context))
  }
  const end = (unit: Unit, report: NodeReport) => {
    reports.set(unit.id, report)
    running.delete(unit.id)
    schedule.ended(unit.id, failed(report) ? 'badly' : 'well')
    if (!failed(report) || !options.failFast) return
    stopped = `${unit.id} failed, and --fail-fast was asked for`
    for (const { id } of units) if (!reports.has(id)) context.dbt.journal.leftOut(id, FAIL_FAST)
  }
  while (!schedule.isEmpty || running.size > 0) {
    if (context.signal.aborted) stopped = 'the run was stopped'
    if (stopped !== undefined) for (const unit of schedule.takeAll()) skip(unit, stopped)
    // What falls takes no time: those that are next to one another are gone at one moment.
    const fallen: string[] = []
    while (running.size < options.threads) {
      const turn = schedule.take()
      if (turn?.fellWith !== undefined) {
        fall(turn.unit, turn.fellWith)
        fallen.push(turn.unit.id)
        continue
      }
      if (fallen.length > 0) schedule.fell(fallen.splice(0))
      else if (turn === undefined) break
      if (turn === undefined) continue
      const { unit } = turn
      if (unit.isNoOp) {
        leaveNoOp(unit, 'no-op', context)
        schedule.ended(unit.id, 'well')
      } else {
        running.set(
          unit.id,
          runUnit(unit, context).then((report) => end(unit, report)),
        )
      }
    }
    if (running.size > 0) await Promise.race(running.values())
  }
  await context.events.flush()
  return reports
}

/** What has nothing done to it is told of in dbt's words alone, and of ephemeral models only that they are compiled. */
function leaveNoOp({ id }: Unit, status: 'no-op' | 'skipped', { graph, dbt }: RunContext): void {
  const kind = graph.nodes.get(id)?.kind
  if (kind === undefined || kind === 'exposure') dbt.results.leave(id, status)
  else if (status === 'no-op') dbt.journal.passed(id)
}

async function runUnit(unit: Unit, context: RunContext): Promise<NodeReport> {
  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1000
  let report: NodeReport
  try {
    report = { node: unit.id, ...(await unit.run()), seconds: seconds() }
  } catch (error) {
    context.dbt.journal.failed(unit.id, error)
    report = {
      node: unit.id,
      status: 'failed',
      seconds: seconds(),
      rows: 0,
      ledger: undefined,
      checks: [],
      published: [],
      message: describe(error),
    }
  }
  tellChecks(report.node, report.checks, context)
  finish(unit, report, context)
  await context.events.flush()
  return report
}

/** A model says nothing of retries: a lost connection or a conflict is tried again twice, soon. */
const MODEL_RETRIES: RetryPolicy = { maxRetries: 2, delaySeconds: 1, timeoutSeconds: undefined }

function taskUnit(task: Task, context: RunContext): Unit {
  const { node, gates } = task
  return {
    id: node.uniqueId,
    after: task.after,
    fingerprint: node.fingerprint,
    async run() {
      if (node.kind === 'pipeline') return runPipeline(node, sourcesOf(node, context), gates, context)
      const built = await attempt(
        MODEL_RETRIES,
        context.signal,
        (number) => {
          const started = { type: 'task-started', node: node.uniqueId, attempt: number } as const
          context.events.emit({ ...started, ...stamp(context) })
          return buildNode(node, gates, context)
        },
        () => context.sessions.interrupt(),
      )
      await settleKeptFailures(gates, built.status !== 'success', context)
      return built
    },
  }
}

/** The tables that a pipeline's streams fill. */
function sourcesOf(node: PipelineNode, context: RunContext): readonly SourceNode[] {
  const streams = new Set(streamsOf(node.pipeline.extract))
  return (context.graph.children.get(node.uniqueId) ?? []).flatMap((id) => {
    const child = context.graph.nodes.get(id)
    return child?.kind === 'source' && streams.has(child.table) ? [child] : []
  })
}

/**
 * A unit test judges the model's query, over rows of its own. Before a model is published at once one that fails is enough, as
 * it is to dbt: the model is among `refuted` then, and its other unit tests are skipped.
 */
function unitTestUnit(
  { test, after }: UnitTestTask,
  built: ReadonlySet<string>,
  refuted: Set<string>,
  context: RunContext,
): Unit {
  const model = test.manifest.tested_node_unique_id ?? ''
  const oneIsEnough = context.dbt.publishesAtOnce && built.has(model)
  return {
    id: test.uniqueId,
    after,
    inTurnOf: built.has(model) ? model : undefined,
    fingerprint: test.fingerprint,
    async run() {
      if (oneIsEnough && refuted.has(model)) return judged([skippedCheck(test)])
      try {
        const result = await context.sessions.use((session) => judgeUnitTest(test, session, context))
        if (blocks(result)) refuted.add(model)
        return judged([result])
      } catch (error) {
        refuted.add(model)
        throw error
      }
    },
  }
}

function skippedCheck({ uniqueId: id, name }: UnitTestNode): CheckResult {
  const message = 'another unit test of the model failed'
  return { id, name, status: 'skipped', failures: 0, message, seconds: 0 }
}

/** A check of something this plan does not build: it judges what is published. */
function checkUnit({ check, after }: CheckTask, context: RunContext): Unit {
  return {
    id: check.uniqueId,
    after,
    fingerprint: check.fingerprint,
    async run() {
      return judged(await context.sessions.use((session) => runGates(session, [check], context, true)))
    },
  }
}

/** Never run, only given its turn. */
function noOpUnit({ id, after }: NoOp): Unit {
  return { id, after, fingerprint: '', isNoOp: true, run: async () => judged([]) }
}

function judged(checks: readonly CheckResult[]): Built {
  const bad = checks.find(blocks)
  return {
    ...UNTOUCHED,
    status: bad === undefined ? 'success' : 'failed',
    checks,
    message: bad?.message ?? '',
  }
}

/** Says of a node that its last result stands. */
function reuse({ node, because }: Reused, context: RunContext): NodeReport {
  const { uniqueId, fingerprint } = node
  const report = { ...UNTOUCHED, node: uniqueId, status: 'reused', message: because } as const
  finish({ id: uniqueId, fingerprint }, report, context)
  return report
}

const UNTOUCHED = { seconds: 0, rows: 0, ledger: undefined, checks: [], published: [] } as const

function skipped(unit: Unit, message: string, context: RunContext): NodeReport {
  const report: NodeReport = { ...UNTOUCHED, node: unit.id, status: 'skipped', message }
  finish(unit, report, context)
  return report
}

function finish(unit: Pick<Unit, 'id' | 'fingerprint'>, report: NodeReport, context: RunContext): void {
  const { node, status, seconds, rows, ledger, published, message } = report
  const event: TaskFinished = {
    type: 'task-finished',
    ...stamp(context),
    node,
    fingerprint: unit.fingerprint,
    status,
    seconds,
    rows,
    ledger,
    message,
    published,
  }
  context.events.emit(event)
}

function stamp(context: RunContext): { runId: string; at: string } {
  return { runId: context.runId, at: new Date().toISOString() }
}

/** A node that is `partial` (a skip-and-alert pipeline) leaves its last version in place, and work goes on. */
function failed(report: NodeReport | undefined): boolean {
  return report?.status === 'failed' || report?.status === 'skipped'
}

function overall(nodes: readonly NodeReport[]): RunStatus {
  const bad = nodes.filter(failed)
  if (bad.length === 0) return nodes.some((node) => node.status === 'partial') ? 'partial' : 'success'
  return bad.length === nodes.length ? 'failed' : 'partial'
}

function describe(error: unknown): string {
  if (error instanceof WaterworksError) return `${error.code} ${error.message}`
  return error instanceof Error ? error.message : String(error)
}
