import { selectNodes } from '../../graph/selection/select-nodes.ts'
import type { Command, Invocation } from '../command.ts'
import { compilationOf } from '../compose/compilation-of.ts'
import { compileInWarehouse } from '../compose/compile-in-warehouse.ts'
import { compileResults } from '../compose/compile-results.ts'
import { deferWorkspace } from '../compose/defer-workspace.ts'
import { writeRunArtifacts } from '../compose/run-artifacts.ts'
import { fullRefreshFlag } from '../compose/run-graph.ts'
import { selectionOf } from '../compose/selection-of.ts'
import { openWorkspace, type Workspace } from '../compose/workspace.ts'
import { selectionOptions } from '../global-options.ts'
import { deferOptions, emptyFlag } from '../reading-options.ts'
import { sayAmount } from '../say-number.ts'

export const compile: Command = {
  name: 'compile',
  summary: 'Write the SQL of nodes with their templates resolved',
  description: `Writes the SQL of models, tests, snapshots and analyses, with every template resolved, below target/compiled, and
target/manifest.json. Nothing is built. The warehouse is asked only for nodes whose templates ask it. A single selected
node is printed.`,
  options: [...selectionOptions, ...deferOptions, emptyFlag, fullRefreshFlag],
  examples: [
    { line: 'waterworks compile', says: 'Everything.' },
    { line: 'waterworks compile --select fct_orders', says: 'One model, printed as well.' },
    {
      line: 'waterworks compile --select fct_orders --defer --state prod',
      says: 'As it reads where its parents are in production, if they are not here.',
    },
  ],
  run,
}

async function run(invocation: Invocation): Promise<number> {
  const { output } = invocation
  const opened = await openWorkspace(invocation, { command: 'compile', fingerprints: false })
  const selection = selectionOf(invocation, opened, 'compile')
  const workspace = await deferWorkspace(opened, invocation, selection, { command: 'compile' })
  const { selected, warnings } = selectNodes(workspace.graph, selection)
  output.problems(warnings.map((error) => ({ severity: 'warning', error })))
  const compilation = new Map(compilationOf(workspace, selected))
  const waiting = [...selected].filter((id) => isWaiting(workspace, id))
  for (const [id, code] of await compileInWarehouse(workspace, waiting, output)) compilation.set(id, code)
  await writeRunArtifacts({
    root: workspace.project.root,
    manifest: workspace.graph.manifest,
    invocation: { id: workspace.runId, startedAt: new Date(workspace.now), env: workspace.env },
    adapterType: workspace.target.type,
    quoting: { ...workspace.parsed.renderer.settings.quoting },
    compilation,
    statements: new Map(),
    results: compileResults(workspace.graph, selected),
    elapsedTime: 0,
    args: { which: 'compile' },
  })
  const [only, ...others] = compilation
  if (only !== undefined && others.length === 0) output.print(only[1].code)
  else output.print(`Wrote the SQL of ${sayAmount(compilation.size, 'node')} below target/compiled.`)
  output.json({
    nodes: [...compilation].map(([unique_id, { code }]) => ({ unique_id, compiled_code: code })),
  })
  return 0
}

function isWaiting({ graph }: Workspace, id: string): boolean {
  const node = graph.nodes.get(id)
  return node !== undefined && 'waitsFor' in node && node.waitsFor !== undefined
}
