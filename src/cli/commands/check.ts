import type { Node } from '../../graph/node.ts'
import type { Command, Invocation } from '../command.ts'
import { openWorkspace, type Workspace } from '../compose/workspace.ts'
import { sayAmount } from '../say-number.ts'

export const check: Command = {
  name: 'check',
  summary: 'Report every mistake in the project’s files',
  description: `Reads and compiles every file of the project and reports all problems at once, each with its code, its place and
what to do about it. Nothing is connected to and nothing is run, so it is quick enough for every save and every
commit. The exit code is 2 when the project has an error; warnings do not change it.`,
  options: [],
  examples: [
    { line: 'waterworks check', says: 'The project in this folder.' },
    { line: 'waterworks check --target prod', says: 'As it compiles for another target.' },
    {
      line: `waterworks check --json | jq '.errors[].code'`,
      says: 'For scripts: problems with code, place and hint.',
    },
  ],
  run: report,
}

async function report(invocation: Invocation): Promise<number> {
  const { output } = invocation
  const workspace = await openWorkspace(invocation)
  const { pipelines, models, checks } = counts(workspace)
  const said = [
    sayAmount(pipelines, 'pipeline'),
    sayAmount(models, 'model'),
    sayAmount(checks, 'check'),
  ].join(', ')
  output.print(`${output.paint.success('ok')}: ${said}`)
  const warnings = [...workspace.project.warnings, ...workspace.graph.warnings]
  output.json({
    status: 'ok',
    project: workspace.project.name,
    target: workspace.targetName,
    pipelines,
    models,
    checks,
    warnings: warnings.map(({ error: { code, message, location, hint } }) => ({
      code,
      message,
      location,
      hint,
    })),
  })
  return 0
}

/** Gates of pipelines are checks as well, though no nodes. */
function counts({ graph, project }: Workspace) {
  const count = (kind: Node['kind']) => [...graph.nodes.values()].filter((node) => node.kind === kind).length
  const gates = project.pipelines.reduce(
    (sum, { gates: { preLoad, postLoad } }) => sum + preLoad.length + postLoad.length,
    0,
  )
  return { pipelines: count('pipeline'), models: count('model'), checks: count('check') + gates }
}
