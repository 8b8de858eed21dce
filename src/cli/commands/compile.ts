import { WaterworksError } from '../../errors/waterworks-error.ts'
import { selectNodes } from '../../graph/selection/select-nodes.ts'
import type { Command, Invocation } from '../command.ts'
import { compilationOf } from '../compose/compilation-of.ts'
import { compileInWarehouse } from '../compose/compile-in-warehouse.ts'
import { compileResults } from '../compose/compile-results.ts'
import { type DbtForm, dbtForm, printCompiled } from '../compose/dbt-preview.ts'
import { deferWorkspace } from '../compose/defer-workspace.ts'
import { inlineCode, leaveInline, openInline, refuseQuestions } from '../compose/inline-query.ts'
import { artifactsOf, writeRunArtifacts } from '../compose/run-artifacts.ts'
import { fullRefreshFlag } from '../compose/run-graph.ts'
import { selectionOf } from '../compose/selection-of.ts'
import { openWorkspace, type Workspace } from '../compose/workspace.ts'
import { selectionOptions } from '../global-options.ts'
import { deferOptions, emptyFlag, introspectFlag } from '../reading-options.ts'
import { sayAmount } from '../say-number.ts'

export const compile: Command = {
  name: 'compile',
  summary: 'Write the SQL of nodes with their templates resolved',
  description: `Writes the SQL of models, tests, snapshots and analyses, with every template resolved, below target/compiled, and
target/manifest.json. Nothing is built. The warehouse is asked only for nodes whose templates ask it. Nodes that are
named by the first word of --select are printed as well, and so is a query that --inline gives.`,
  options: [
    ...selectionOptions,
    ...deferOptions,
    emptyFlag,
    fullRefreshFlag,
    { name: 'inline', type: 'string', value: 'SQL', help: 'Compile this query instead, and print it.' },
    introspectFlag,
    {
      name: 'output',
      type: 'string',
      value: 'FORM',
      help: 'How nodes are printed: text (unless given) or json.',
    },
  ],
  examples: [
    { line: 'waterworks compile', says: 'Everything.' },
    { line: 'waterworks compile --select fct_orders', says: 'One model, printed as well.' },
    {
      line: `waterworks compile --quiet --inline "select * from {{ ref('fct_orders') }}"`,
      says: 'A query, and nothing else.',
    },
    {
      line: 'waterworks compile --select fct_orders --defer --state prod',
      says: 'As it reads where its parents are in production, if they are not here.',
    },
  ],
  run,
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, output } = invocation
  const form = dbtForm(flags.text('output'))
  const inline = flags.text('inline')
  if (inline !== undefined) return compileInline(inline, form, invocation)
  const opened = await openWorkspace(invocation, { command: 'compile', fingerprints: false })
  const selection = selectionOf(invocation, opened, 'compile')
  const workspace = await deferWorkspace(opened, invocation, selection, { command: 'compile' })
  const { selected, warnings } = selectNodes(workspace.graph, selection)
  output.problems(warnings.map((error) => ({ severity: 'warning', error })))
  const compilation = new Map(compilationOf(workspace, selected))
  const waiting = [...selected].filter((id) => isWaiting(workspace, id))
  for (const id of waiting) refuseQuestions(invocation, nameOf(workspace, id), waitsFor(workspace, id))
  for (const [id, code] of await compileInWarehouse(workspace, waiting, output)) compilation.set(id, code)
  await writeRunArtifacts({
    ...artifactsOf(workspace),
    compilation,
    statements: new Map(),
    results: compileResults(workspace.graph, selected),
    elapsedTime: 0,
    args: { which: 'compile' },
  })
  const named = (flags.texts('select')[0] ?? flags.texts('models')[0] ?? '').toString()
  const printed = [...compilation].filter(([id]) => named.includes(nameOf(workspace, id)))
  for (const [id, { code }] of printed) printCompiled(code, { name: nameOf(workspace, id), form }, output)
  if (printed.length === 0)
    output.print(
      `Wrote the SQL of ${sayAmount(compilation.size, 'node')} below ${workspace.artifacts.folder}/compiled.`,
    )
  output.json({
    nodes: [...compilation].map(([unique_id, { code }]) => ({ unique_id, compiled_code: code })),
  })
  return 0
}

async function compileInline(text: string, form: DbtForm, invocation: Invocation): Promise<number> {
  const { flags, output } = invocation
  if (flags.texts('select').length > 0) {
    throw new WaterworksError('WW7001', { message: '--inline and --select do not go together' })
  }
  const query = await openInline(text, invocation, 'compile')
  const { code, compiled } = await inlineCode(query, invocation)
  await leaveInline(query, compiled, { which: 'compile', inline: text })
  printCompiled(code, { name: undefined, form }, output)
  output.json({ nodes: [{ unique_id: query.uniqueId, compiled_code: code }] })
  return 0
}

function isWaiting(workspace: Workspace, id: string): boolean {
  return waitsFor(workspace, id) !== undefined
}

function waitsFor({ graph }: Workspace, id: string): string | undefined {
  const node = graph.nodes.get(id)
  return node !== undefined && 'waitsFor' in node ? node.waitsFor : undefined
}

function nameOf({ graph }: Workspace, id: string): string {
  return graph.manifest.nodes[id]?.name ?? id
}
