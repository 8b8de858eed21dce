import type { CompiledNode } from '../../dbt/artifacts/compiled-node.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { AnalysisNode } from '../../graph/node.ts'
import type { Invocation } from '../command.ts'
import { compileInWarehouse } from './compile-in-warehouse.ts'
import { compiledResult } from './compile-results.ts'
import { deferWorkspace } from './defer-workspace.ts'
import { artifactsOf, writeRunArtifacts } from './run-artifacts.ts'
import { compileOpened, openProject, type Workspace } from './workspace.ts'

const NAME = 'inline_query'

/** A query of the command line, in a project that has it for the time being as an analysis. */
export interface InlineQuery {
  readonly workspace: Workspace
  readonly node: AnalysisNode
  /** What dbt calls it in run_results.json. */
  readonly uniqueId: string
}

/** Parses a query with templates: they mean in it what they mean in a file of the project. Throws ProjectErrors. */
export async function openInline(
  text: string,
  invocation: Invocation,
  command: string,
): Promise<InlineQuery> {
  const opened = await openProject(invocation)
  const [root, ...others] = opened.project.packages
  if (root === undefined) throw new WaterworksError('WW9001', { message: 'the project is no package' })
  const path = '--inline'
  const file = { name: NAME, path, below: path, shown: path, text, firstLine: 1 }
  const packages = [{ ...root, analyses: [...root.analyses, file] }, ...others]
  const project = { ...opened.project, packages }
  const compiled = compileOpened({ ...opened, project }, invocation, { command, fingerprints: false })
  invocation.output.problems([...project.warnings, ...compiled.graph.warnings])
  const nothing = { select: [], exclude: [], resourceTypes: new Set<string>() }
  const workspace = await deferWorkspace({ ...opened, ...compiled, project }, invocation, nothing, {
    command,
    only: new Set(),
  })
  const node = workspace.graph.nodes.get(`analysis.${root.name}.${NAME}`)
  if (node?.kind !== 'analysis') {
    throw new WaterworksError('WW9001', { message: 'the inline query did not compile to an analysis' })
  }
  return { workspace, node, uniqueId: `sql_operation.${root.name}.${NAME}` }
}

/** The manifest of the project without the query, as artefacts have it. */
function withoutInline({ workspace, node }: InlineQuery): Workspace['graph']['manifest'] {
  const { manifest } = workspace.graph
  const { [node.uniqueId]: _query, ...nodes } = manifest.nodes
  const without = (map: Readonly<Record<string, readonly string[]>>) =>
    Object.fromEntries(
      Object.entries(map)
        .filter(([id]) => id !== node.uniqueId)
        .map(([id, ids]) => [id, ids.filter((each) => each !== node.uniqueId)]),
    )
  return {
    ...manifest,
    nodes,
    parent_map: without(manifest.parent_map),
    child_map: without(manifest.child_map),
  }
}

/** The query's code; where its templates ask the warehouse, that is asked. Throws WW7001 where it may not be. */
export async function inlineCode(
  { workspace, node }: InlineQuery,
  invocation: Invocation,
): Promise<{ readonly code: string; readonly compiled: CompiledNode | undefined }> {
  refuseQuestions(invocation, 'the query', node.waitsFor)
  if (node.waitsFor === undefined) {
    const compiled = workspace.queries.compiled(node.manifest)
    return { code: node.compiledSql, compiled }
  }
  const asked = await compileInWarehouse(workspace, [node.uniqueId], invocation.output)
  const compiled = asked.get(node.uniqueId)
  return { code: compiled?.code ?? '', compiled }
}

/** Leaves what dbt leaves of a query that was compiled: it has a result, and no place in the manifest. */
export async function leaveInline(
  query: InlineQuery,
  compiled: CompiledNode | undefined,
  args: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { uniqueId, workspace } = query
  await writeRunArtifacts({
    ...artifactsOf(workspace),
    manifest: withoutInline(query),
    compilation: compiled === undefined ? new Map() : new Map([[uniqueId, compiled]]),
    statements: new Map(),
    results: [compiledResult(uniqueId)],
    elapsedTime: 0,
    args,
  })
}

/** Throws WW7001 where a node asks the warehouse, and --no-introspect forbids it. */
export function refuseQuestions({ flags }: Invocation, name: string, waitsFor: string | undefined): void {
  if (waitsFor === undefined || flags.choice('introspect') !== false) return
  throw new WaterworksError('WW7001', {
    message: `${name} asks the warehouse while it is compiled (${waitsFor}), which --no-introspect forbids`,
  })
}
