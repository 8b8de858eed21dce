import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { dbtWork } from '../../src/cli/compose/dbt-work.ts'
import { openConnector } from '../../src/cli/compose/open-connector.ts'
import { openPseudonyms } from '../../src/cli/compose/open-pseudonyms.ts'
import type { Connector } from '../../src/connectors/connector.ts'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import type { Engine, Row, Session } from '../../src/engines/engine.ts'
import type { Event } from '../../src/events/event.ts'
import { EventLog } from '../../src/events/event-log.ts'
import { uuidv7 } from '../../src/events/run-id.ts'
import { compileProject } from '../../src/graph/compile-project.ts'
import { selectNodes } from '../../src/graph/selection/select-nodes.ts'
import { LandingZone } from '../../src/landing/landing-zone.ts'
import { imbalance } from '../../src/ledger/imbalance.ts'
import { makePlan } from '../../src/plan/make-plan.ts'
import type { Plan } from '../../src/plan/plan.ts'
import { readEnvironment } from '../../src/project/environment/read-environment.ts'
import { loadProject } from '../../src/project/load-project.ts'
import type { Target } from '../../src/project/project.ts'
import { KnownLoads } from '../../src/run/load/known-loads.ts'
import { prepareWarehouse } from '../../src/run/load/warehouse-tables.ts'
import type { NodeReport } from '../../src/run/node-report.ts'
import type { QuarantineFilter } from '../../src/run/replay/quarantine-filter.ts'
import { replayQuarantine } from '../../src/run/replay/replay-quarantine.ts'
import type { RunContext } from '../../src/run/run-context.ts'
import { runPlan } from '../../src/run/run-plan.ts'
import type { RunReport } from '../../src/run/run-report.ts'
import { SessionPool } from '../../src/run/session-pool.ts'
import { openStateStore } from '../../src/state/open-state-store.ts'
import type { StateStore } from '../../src/state/state-store.ts'

/** A finished run: its report, and what was told meanwhile in the order it was told. */
export interface Ran extends RunReport {
  readonly events: readonly Event[]
  /** The folder of rows that failed gates. */
  readonly evidence: string
  /** The report of a node by the last part of its unique id. */
  node(name: string): NodeReport
}

export interface BuildOptions {
  readonly threads?: number
  readonly failFast?: boolean
  readonly select?: readonly string[]
  readonly publish?: 'after_tests' | 'immediately'
  /** What templates see as `flags`. */
  readonly flags?: Readonly<Record<string, unknown>>
  readonly signal?: AbortSignal
  readonly listener?: (event: Event) => void
  /** What of the run's context is to be another. */
  readonly change?: (context: RunContext) => Partial<RunContext>
}

/** A project in a folder of its own, built in this process on an engine that outlives its runs. */
export class RunProject {
  readonly root: string
  readonly engine: Engine
  readonly #reader: Engine

  private constructor(root: string, engine: Engine) {
    this.root = root
    this.engine = engine
    this.#reader = engine.capabilities.scansFiles ? engine : new DuckDbEngine({ path: ':memory:' })
  }

  /**
   * A project of these files (path and text) with an empty warehouse: what the last one left is dropped. It lasts as long
   * as the test that makes it.
   */
  static async create(
    engine: Engine,
    files: Readonly<Record<string, string | Uint8Array>>,
  ): Promise<RunProject> {
    const project = new RunProject(await mkdtemp(join(tmpdir(), 'waterworks-run-')), engine)
    onTestFinished(() => project.close())
    const session = await engine.connect()
    for (const schema of SCHEMAS) await session.execute(`drop schema if exists ${schema} cascade`)
    await session.close()
    await project.write({ 'waterworks.yml': WATERWORKS_YML, ...files })
    return project
  }

  /** Where the engine's relations are: templates write names in three parts. */
  async #target(): Promise<Target> {
    const session = await this.engine.connect()
    const [row] = await session.rows('select current_database() as name')
    await session.close()
    const database = String(row?.['name'])
    if (this.engine.dialect.name === 'duckdb')
      return { type: 'duckdb', path: ':memory:', schema: 'analytics' }
    const server = { host: '127.0.0.1', port: 5432, user: 'waterworks', password: undefined }
    return { type: 'postgres', ...server, database, schema: 'analytics' }
  }

  async write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
    for (const [path, text] of Object.entries(files)) {
      const place = join(this.root, path)
      await mkdir(dirname(place), { recursive: true })
      await writeFile(place, text)
    }
  }

  /** Plans and runs the project as `build` does. Throws when a ledger of the report does not balance. */
  build(options: BuildOptions = {}): Promise<Ran> {
    return this.#run(options, (plan, context) => {
      const { threads = 1, failFast = false } = options
      const selection = { select: options.select ?? [], exclude: [] }
      return runPlan(plan, { command: 'build', threads, failFast, needsHooks: true, selection }, context)
    })
  }

  /** Puts quarantined rows back as `quarantine replay` does. Throws when a ledger of the report does not balance. */
  replay(filter: QuarantineFilter = {}): Promise<Ran> {
    const folder = join(this.root, '.waterworks/replay')
    return this.#run({}, (_, context) =>
      replayQuarantine({ target: 'local', filter, folder, fingerprints: new Map() }, context),
    )
  }

  async #run(
    options: BuildOptions,
    work: (plan: Plan, context: RunContext) => Promise<RunReport>,
  ): Promise<Ran> {
    const runId = uuidv7()
    const now = new Date().toISOString()
    const loaded = await loadProject(this.root, { env: readEnvironment(this.root, {}) })
    const project = { ...loaded, targets: { local: await this.#target() } }
    const { dialect } = this.engine
    const compiled = compileProject(project, {
      target: 'local',
      dialect,
      now,
      runId,
      flags: options.flags ?? {},
      failsWhenRun: true,
    })
    const { graph } = compiled
    const selection = { select: options.select ?? [], exclude: [] }
    const plan = makePlan({
      graph,
      selection: selectNodes(graph, selection).selected,
      mode: 'build',
      target: 'local',
      successes: new Map(),
      sourceNews: new Map(),
      now,
      publish: options.publish ?? 'after_tests',
    })
    await prepareWarehouse(this.engine, SCHEMAS.slice(1))
    await using cleanup = new AsyncDisposableStack()
    const sessions = new SessionPool(this.engine)
    cleanup.defer(() => sessions.close())
    const looking = await this.#reader.connect()
    cleanup.defer(() => looking.close())
    const look = async (): Promise<Session> => looking
    const evidence = join(this.root, '.waterworks/evidence', runId)
    await mkdir(evidence, { recursive: true })
    const told: Event[] = []
    const events = new EventLog({ sink: { record: async () => undefined } })
    events.listen((event) => told.push(event))
    const dbt = dbtWork({ ...compiled, project, target: project.targets.local }, { publish: options.publish })
    events.listen((event) => dbt.results.event(event))
    if (options.listener) events.listen(options.listener)
    const signal = options.signal ?? new AbortController().signal
    const abort = () => void sessions.interrupt()
    signal.addEventListener('abort', abort)
    cleanup.defer(() => signal.removeEventListener('abort', abort))
    const connectors = new Map<string, Connector>()
    let state: Promise<StateStore> | undefined
    const tokens = () => {
      state ??= openStateStore({ kind: 'sqlite', path: join(this.root, '.waterworks/state.db') })
      return state
    }
    cleanup.defer(async () => (await state)?.close())
    const context: RunContext = {
      project,
      graph,
      engine: this.engine,
      dbt,
      sessions,
      reader: this.#reader,
      known: new KnownLoads(this.engine.dialect),
      pseudonyms: openPseudonyms(project, tokens),
      landing: new LandingZone({ directory: join(this.root, '.waterworks/landing') }),
      events,
      runId,
      now,
      signal,
      evidence,
      async connect(pipeline) {
        const opened = connectors.get(pipeline.name)
        if (opened !== undefined) return opened
        const connector = await openConnector(project, pipeline, { look, tokens, credentials: tokens })
        connectors.set(pipeline.name, connector)
        cleanup.defer(() => connector.close())
        return connector
      },
    }
    const report = await work(plan, { ...context, ...options.change?.(context) })
    for (const { node, ledger } of report.nodes) {
      const problem = ledger && imbalance(ledger)
      if (problem !== undefined) throw new Error(`${node}: ${problem}`)
    }
    return { ...report, events: told, evidence, node: (name) => nodeOf(report, name) }
  }

  /** Rows of a query on the warehouse. */
  async rows(sql: string): Promise<Row[]> {
    const session = await this.engine.connect()
    try {
      return await session.rows(sql)
    } finally {
      await session.close()
    }
  }

  async execute(sql: string): Promise<void> {
    const session = await this.engine.connect()
    try {
      await session.execute(sql)
    } finally {
      await session.close()
    }
  }

  /** Safe to repeat. */
  async close(): Promise<void> {
    if (this.#reader !== this.engine) await this.#reader.close()
    await rm(this.root, { recursive: true, force: true })
  }
}

/** The rows kept of a check that failed. */
export async function evidenceOf({ evidence }: Ran, name: string): Promise<readonly unknown[]> {
  const text = await readFile(join(evidence, `${name}.ndjson`), 'utf8')
  return text
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line))
}

/** A pipeline file over `in/<name>*.csv`; `more` are further lines of it, indented by two. */
export function csvPipeline(name: string, load: string, ...more: readonly string[]): string {
  const extract = more.find((line) => line.startsWith('extract:'))?.slice('extract:'.length) ?? ''
  const others = more.filter((line) => !line.startsWith('extract:'))
  return [
    'pipeline:',
    `  name: ${name}`,
    `  extract: {source_system: shop, strategy: full, files: in/${name}*.csv${extract}}`,
    `  load: {strategy: ${load}}`,
    ...others.map((line) => `  ${line}`),
    '',
  ].join('\n')
}

const SCHEMAS = ['_waterworks', 'analytics', 'raw']
/** Which engine it is comes with each project; the target only names the schema. */
const WATERWORKS_YML = 'name: shop\ntargets: {local: {type: duckdb, schema: analytics}}\n'

function nodeOf(report: RunReport, name: string): NodeReport {
  const found = report.nodes.find((node) => node.node.endsWith(`.${name}`))
  if (found === undefined) throw new Error(`no node ${name} in ${report.nodes.map((node) => node.node)}`)
  return found
}
