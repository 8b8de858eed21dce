import { join, resolve } from 'node:path'
import type { ParsedPackages } from '../../dbt/parse/parse-packages.ts'
import type { Reading } from '../../dbt/reading/reading.ts'
import { manifestSelectors } from '../../dbt/selection/manifest-selectors.ts'
import { parseSelectors } from '../../dbt/selection/parse-selectors.ts'
import type { Dialect } from '../../engines/dialect.ts'
import type { Diagnostic } from '../../errors/diagnostics.ts'
import { uuidv7 } from '../../events/run-id.ts'
import type { BuildGraphOptions } from '../../graph/build-graph-options.ts'
import { type CompiledProject, compileProject } from '../../graph/compile-project.ts'
import type { Graph } from '../../graph/graph.ts'
import { parseProject } from '../../graph/parse-project.ts'
import { ENV_FILE, readEnvironment } from '../../project/environment/read-environment.ts'
import { findProjectRoot } from '../../project/find-project-root.ts'
import type { Environment } from '../../project/interpolate.ts'
import { loadProject } from '../../project/load-project.ts'
import type { Project, Target } from '../../project/project.ts'
import type { ReadingOptions } from '../../project/project-files.ts'
import type { ReadTrail } from '../../project/read-trail.ts'
import { unknownTarget } from '../../project/unknown-target.ts'
import type { Invocation } from '../command.ts'
import { requireTables, withKnownTables, withTablesOfNow } from './discover-tables.ts'
import { invocationArgs } from './invocation-args.ts'
import { KeptProject } from './parse-cache/kept-project.ts'
import { readingOf } from './reading-of.ts'
import { varsIn } from './render-texts.ts'
import { readSelectorsFile, SELECTORS_FILE } from './selectors-file.ts'
import { TARGET_FOLDER } from './target-files.ts'
import { targetFolder, writesJson } from './target-folder.ts'
import { templateFlags } from './template-flags.ts'

/** A project opened for one command, with a target chosen. Nothing is compiled or connected yet. */
export interface OpenProject {
  readonly project: Project
  readonly targetName: string
  readonly target: Target
  readonly dialect: Dialect
  readonly runId: string
  /** The command's clock, ISO 8601 UTC. */
  readonly now: string
  /** The variables of the process and of the project's `.env`. */
  readonly env: Environment
  /** The project's `.waterworks` folder, absolute. */
  readonly home: string
  /** Where artefacts go, below the project, and whether those in JSON are written. */
  readonly artifacts: { readonly folder: string; readonly writesJson: boolean }
}

export interface OpenOptions extends ReadingOptions {
  readonly allTargets?: boolean
  readonly look?: boolean
  /** Whether queries are compiled, as they are unless said. */
  readonly compiles?: boolean
  /** Whether nodes get fingerprints, as they do unless said. */
  readonly fingerprints?: boolean
  /** What templates see as `flags.WHICH`. */
  readonly command?: string
}

/** A project opened and compiled. */
export interface Workspace extends OpenProject, CompiledProject {}

/**
 * Loads the project that the flags mean; what is printed from then on is free of its secrets. With `allTargets` every
 * target is made usable that can be; with `look` sources are looked at for what patterns of tables match, where else an earlier look
 * is gone by. Throws ProjectErrors with all of its problems.
 */
export async function openProject(
  { flags, output }: Invocation,
  { allTargets = false, look = false, trail, only }: OpenOptions = {},
): Promise<OpenProject> {
  const start = flags.text('project-dir')
  const root = start === undefined ? findProjectRoot(process.cwd()) : findProjectRoot(resolve(start))
  const asked = flags.text('target')
  const outer = readEnvironment(root, process.env)
  trail?.note(join(root, ENV_FILE))
  const env = trail?.environment(outer) ?? outer
  const secrets = new Set<string>()
  output.protect(secrets)
  const named = flags.text('profiles-dir')
  const profilesDir = named === undefined ? undefined : resolve(named)
  const wanted = allTargets ? '*' : asked
  const profile = flags.text('profile')
  const project = await loadProject(root, { env, secrets, target: wanted, profile, profilesDir, trail, only })
  const home = homeOf(project)
  const known = look
    ? await withTablesOfNow(project, home, (message) => output.log(message))
    : withKnownTables(project, home)
  if (known !== project) trail?.spoil()
  const place = await placeOf(known, asked, env)
  return { ...place, artifacts: { folder: targetFolder(root, flags), writesJson: writesJson(flags) } }
}

/** A loaded project with a target chosen, its default unless one is named. Throws WW1013 for one it does not have. */
export async function placeOf(
  project: Project,
  asked: string | undefined,
  env: Environment,
): Promise<OpenProject> {
  const targetName = asked ?? project.defaultTarget
  const target = project.targets[targetName]
  if (target === undefined) throw unknownTarget(targetName, Object.keys(project.targets))
  const dialect = await dialectOf(target)
  const now = new Date().toISOString()
  const home = homeOf(project)
  const artifacts = { folder: TARGET_FOLDER, writesJson: true }
  return { project, targetName, target, dialect, runId: uuidv7(), now, env, home, artifacts }
}

/** Loads and compiles the project that the flags mean, telling its warnings. Throws ProjectErrors as well. */
export async function openWorkspace(invocation: Invocation, options: OpenOptions = {}): Promise<Workspace> {
  const { opened, compiled } = await compileWorkspace(invocation, options)
  invocation.output.problems([...opened.project.warnings, ...compiled.graph.warnings])
  const graph = withSelectors(compiled.graph, readSelectorsFile(opened, invocation.flags.text('vars')))
  return { ...opened, ...compiled, graph }
}

async function compileWorkspace(
  invocation: Invocation,
  options: OpenOptions,
): Promise<{ readonly opened: OpenProject; readonly compiled: CompiledProject }> {
  const { command, compiles = true, fingerprints = true } = options
  const request = { command, compiles, fingerprints }
  const { flags } = invocation
  const isAnew = flags.choice('partial-parse') === false || !writesJson(flags) || options.allTargets === true
  const kept = isAnew ? undefined : new KeptProject(invocation, command)
  const restored = await kept?.restore({
    open: (only) => openProject(invocation, { ...options, only }),
    optionsOf: (opened) => optionsOf(opened, invocation, request),
  })
  if (restored !== undefined) {
    const { opened, parsed, found } = restored
    requireTables(opened.project)
    return { opened, compiled: compileOpened(opened, invocation, { ...request, parsed, found }) }
  }
  const opened = await openProject(invocation, { ...options, trail: kept?.trail })
  requireTables(opened.project)
  const logs: string[] = []
  const log = (message: string) => {
    logs.push(message)
    invocation.output.log(message)
  }
  const compiled = compileProject(opened.project, {
    ...optionsOf(opened, invocation, request),
    log,
    onParsed: (parsed, found) => kept?.keep({ project: opened.project, parsed, found, logs }),
  })
  return { opened, compiled }
}

/** The graph of a project with the selectors that its selectors.yml names. Throws WW1309, WW1301 and WW1302. */
function withSelectors(graph: Graph, document: unknown): Graph {
  if (document === undefined) return graph
  parseSelectors(document, SELECTORS_FILE, 'eager')
  return { ...graph, manifest: { ...graph.manifest, selectors: manifestSelectors(document) } }
}

/** A project opened and linked, with all that was said of it. */
export interface OpenParsed extends OpenProject {
  readonly parsed: ParsedPackages
  readonly logs: readonly string[]
  readonly problems: readonly Diagnostic[]
}

/** Loads the project that the flags mean and links its files, telling its warnings; no query is compiled. Throws ProjectErrors as well. */
export async function openParsed(
  invocation: Invocation,
  command: string,
  trail: ReadTrail | undefined,
): Promise<OpenParsed> {
  const opened = await openProject(invocation, { trail })
  requireTables(opened.project)
  const logs: string[] = []
  const options = optionsOf(opened, invocation, { command })
  const log = (message: string) => {
    logs.push(message)
    options.log?.(message)
  }
  const { parsed, diagnostics } = parseProject(opened.project, { ...options, log })
  const problems = [...opened.project.warnings, ...diagnostics.all()]
  invocation.output.problems(problems)
  return { ...opened, parsed, logs, problems }
}

/** Commands in which a node fails by itself. */
const RUNNING: ReadonlySet<string> = new Set(['build', 'run', 'seed', 'snapshot', 'test', 'retry'])

export interface CompileRequest {
  /** What templates see as `flags.WHICH`. */
  readonly command?: string | undefined
  readonly compiles?: boolean
  readonly fingerprints?: boolean
  /** Where nodes are read that are not to be read where the project builds them. */
  readonly elsewhere?: Reading['elsewhere']
  /** Of the same project, which is not parsed again then; it has said what it has to say. */
  readonly parsed?: ParsedPackages
  /** What `parsed` has to say where it has not said it. */
  readonly found?: readonly Diagnostic[]
}

/** Compiles an opened project, or one with something added to it. Throws ProjectErrors, and WW7001 for flags. */
export function compileOpened(
  opened: OpenProject,
  invocation: Invocation,
  request: CompileRequest = {},
): CompiledProject {
  return compileProject(opened.project, optionsOf(opened, invocation, request))
}

/** How an opened project is parsed and compiled by a command. Throws WW7001 for flags. */
export function optionsOf(
  { targetName, dialect, now, runId, env }: OpenProject,
  { flags, output }: Invocation,
  { command, compiles = true, fingerprints = true, elsewhere, parsed, found }: CompileRequest,
): BuildGraphOptions {
  const reading = readingOf(flags, now)
  return {
    target: targetName,
    vars: varsIn(flags.text('vars')),
    dialect,
    now,
    runId,
    env,
    flags: templateFlags(flags, command),
    args: invocationArgs(flags, command, now),
    reading: elsewhere === undefined ? reading : { ...reading, elsewhere },
    warningsFail: output.options.warnings?.failsTests ?? false,
    failsWhenRun: command !== undefined && RUNNING.has(command),
    compiles,
    fingerprints,
    ...(parsed === undefined || found !== undefined ? { log: (message) => output.log(message) } : {}),
    ...(parsed === undefined ? {} : { parsed }),
    ...(found === undefined ? {} : { found }),
  }
}

/** The project's `.waterworks` folder. */
function homeOf(project: Project): string {
  return join(project.root, '.waterworks')
}

async function dialectOf(target: Target): Promise<Dialect> {
  if (target.type === 'duckdb') return (await import('../../engines/duckdb/duckdb-dialect.ts')).duckDbDialect
  return (await import('../../engines/postgres/postgres-dialect.ts')).postgresDialect
}
