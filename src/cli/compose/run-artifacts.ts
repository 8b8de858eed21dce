import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Compilation } from '../../dbt/artifacts/compiled-node.ts'
import { graphSummary } from '../../dbt/artifacts/graph-summary.ts'
import type { Invocation } from '../../dbt/artifacts/invocation.ts'
import { manifestText } from '../../dbt/artifacts/manifest-artifact.ts'
import type { NodeResult } from '../../dbt/artifacts/node-result.ts'
import { runResultsText } from '../../dbt/artifacts/run-results-artifact.ts'
import { semanticManifest } from '../../dbt/artifacts/semantic-manifest.ts'
import { targetPath } from '../../dbt/artifacts/target-path.ts'
import type { Manifest } from '../../dbt/manifest/manifest.ts'
import type { ManifestUnitTest } from '../../dbt/manifest/manifest-unit-test.ts'
import { writeArtifact, writeArtifactText } from './target-files.ts'
import type { OpenProject, Workspace } from './workspace.ts'

export interface RunArtifacts {
  /** The project folder, absolute. */
  readonly root: string
  /** The target folder, below it, and whether documents are written there. */
  readonly artifacts: OpenProject['artifacts']
  readonly manifest: Manifest
  readonly invocation: Invocation
  readonly adapterType: string
  readonly quoting: Readonly<Record<string, boolean>>
  readonly compilation: Compilation
  /** What was sent to the warehouse for a node, where that is known. */
  readonly statements: ReadonlyMap<string, string>
  /** Undefined for a command that runs nothing. */
  readonly results: readonly NodeResult[] | undefined
  /** Seconds. */
  readonly elapsedTime: number
  /** Flags of the command by dbt's names. */
  readonly args: Readonly<Record<string, unknown>>
}

/** What every command says of a workspace in its artefacts. */
export function artifactsOf({
  project,
  artifacts,
  graph,
  parsed,
  target,
  runId,
  now,
  env,
}: Workspace): Omit<RunArtifacts, 'compilation' | 'statements' | 'results' | 'elapsedTime' | 'args'> {
  return {
    root: project.root,
    artifacts,
    manifest: graph.manifest,
    invocation: { id: runId, startedAt: new Date(now), env },
    adapterType: target.type,
    quoting: { ...parsed.renderer.settings.quoting },
  }
}

/** Leaves what a command leaves that compiles and runs nothing: the manifest and what goes with it. */
export async function writeManifest(workspace: Workspace): Promise<void> {
  await writeRunArtifacts({
    ...artifactsOf(workspace),
    compilation: new Map(),
    statements: new Map(),
    results: undefined,
    elapsedTime: 0,
    args: {},
  })
}

/**
 * Writes what dbt leaves in the target folder after a command: manifest.json, run_results.json, graph_summary.json,
 * semantic_manifest.json, and the code of each node as it was compiled and as it was sent. Throws WW7012.
 */
export async function writeRunArtifacts(run: RunArtifacts): Promise<void> {
  const { root, manifest, invocation, compilation, statements, results } = run
  const { folder: target, writesJson } = run.artifacts
  const folder = resolve(root, target)
  const generatedAt = new Date()
  const text = manifestText(manifest, {
    invocation,
    generatedAt,
    adapterType: run.adapterType,
    quoting: { database: true, schema: true, identifier: true, ...run.quoting },
    target,
    compilation,
    ran: new Set(statements.keys()),
    told: new Set(results?.map(({ uniqueId }) => uniqueId)),
  })
  if (writesJson) {
    await writeArtifactText(join(folder, 'manifest.json'), text)
    await writeArtifact(join(folder, 'graph_summary.json'), graphSummary(manifest, invocation))
    await writeArtifact(join(folder, 'semantic_manifest.json'), semanticManifest(manifest))
  }
  writeCode(run, 'compiled', textsOf(compilation))
  writeCode(run, 'run', statements)
  if (results === undefined || !writesJson) return
  const { elapsedTime, args } = run
  const options = { invocation, generatedAt, compilation, elapsedTime, args }
  await writeArtifactText(join(folder, 'run_results.json'), runResultsText(manifest, results, options))
}

function* textsOf(compilation: Compilation): Iterable<readonly [id: string, text: string]> {
  for (const [id, { code }] of compilation) yield [id, code]
}

/** Synchronous on purpose: for thousands of small files, what promises cost is far more than the disk. */
function writeCode(
  { root, manifest, artifacts: { folder: target } }: RunArtifacts,
  folder: 'compiled' | 'run',
  texts: Iterable<readonly [id: string, text: string]>,
): void {
  const made = new Set<string>()
  for (const [id, text] of texts) {
    const node = manifest.nodes[id] ?? manifest.unit_tests[id]
    // dbt keeps no compiled file of a snapshot.
    if (node === undefined || (folder === 'compiled' && node.resource_type === 'snapshot')) continue
    const written = node.resource_type === 'unit_test' ? { ...node, path: unitTestFile(node) } : node
    const path = resolve(root, targetPath(written, folder, target))
    const parent = dirname(path)
    if (!made.has(parent)) mkdirSync(parent, { recursive: true })
    made.add(parent)
    if (!isSaid(path, text)) writeFileSync(path, text)
  }
}

/** What stands there already is left alone: a disk has far more to do for a file that is written over than for one that is read. */
function isSaid(path: string, text: string): boolean {
  const size = statSync(path, { throwIfNoEntry: false })?.size
  return size === Buffer.byteLength(text) && readFileSync(path, 'utf8') === text
}

/** dbt gives a unit test a file of its own beside the properties that describe it. */
function unitTestFile({ name, version, original_file_path: described }: ManifestUnitTest): string {
  return join(dirname(described), `${name}${version === null ? '' : `_v${version}`}.sql`)
}
