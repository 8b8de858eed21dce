import { LIST_FORMS, listLine } from '../../dbt/selection/list-line.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Graph } from '../../graph/graph.ts'
import { hasRelation } from '../../graph/has-relation.ts'
import type { Node } from '../../graph/node.ts'
import { relationName } from '../../graph/relation-name.ts'
import { selectNodes } from '../../graph/selection/select-nodes.ts'
import { selectionGraphOf } from '../../graph/selection/selection-graph-of.ts'
import type { Command, Invocation } from '../command.ts'
import { writeManifest } from '../compose/run-artifacts.ts'
import { selectionOf } from '../compose/selection-of.ts'
import { openWorkspace } from '../compose/workspace.ts'
import { selectionOptions } from '../global-options.ts'
import { renderGraphTree } from '../render-graph-tree.ts'
import { renderTable } from '../render-table.ts'

const FORMS = ['table', ...LIST_FORMS] as const

export const ls: Command = {
  name: 'ls',
  summary: 'List the graph',
  description: `Shows pipelines, sources, models and checks in the order in which they would be built, with what each
reads and fills; one a line, in the order of their ids, where a form of dbt’s is asked for. Nothing is connected to.`,
  options: [
    ...selectionOptions,
    { name: 'tree', type: 'boolean', help: 'Draw what is made from what.' },
    {
      name: 'output',
      type: 'string',
      value: 'FORM',
      help: 'table (unless given), or one selector, name, path or JSON document a line.',
    },
    {
      name: 'output-keys',
      type: 'string',
      multiple: true,
      value: 'KEY',
      help: 'Keys of the JSON documents, with dots into mappings: config.materialized.',
    },
  ],
  examples: [
    { line: 'waterworks ls', says: 'Everything.' },
    { line: 'waterworks ls --tree', says: 'From sources down to marts.' },
    { line: 'waterworks ls --select +fct_flights --resource-type model', says: 'The models above one.' },
    { line: 'waterworks ls --select tag:daily --output name', says: 'Names only, for scripts.' },
    {
      line: 'waterworks ls --output json --output-keys unique_id config.materialized',
      says: 'What dbt’s manifest says of each, one JSON document a line.',
    },
  ],
  run: list,
}

async function list(invocation: Invocation): Promise<number> {
  const { flags, output } = invocation
  const form = formOf(flags.text('output') === 'text' ? undefined : flags.text('output'))
  // The JSON document has fingerprints, which are made of what is compiled.
  const fingerprints = flags.isSet('json')
  const workspace = await openWorkspace(invocation, { command: 'ls', compiles: fingerprints, fingerprints })
  const { graph } = workspace
  const selection = selectNodes(graph, selectionOf(invocation, workspace, 'ls'))
  output.problems(selection.warnings.map((error) => ({ severity: 'warning', error })))
  const nodes = [...graph.nodes.values()].filter((node) => selection.selected.has(node.uniqueId))
  // dbt's ls leaves a manifest; for one that people look at it would be a wait.
  if (LIST_FORMS.some((each) => each === form)) await writeManifest(workspace)
  if (flags.isSet('tree')) {
    for (const line of renderGraphTree(graph, nodes, output.paint)) output.print(line)
  } else if (form === 'table') {
    for (const line of tableOf(nodes, invocation)) output.print(line)
  } else {
    const { members } = selectionGraphOf(graph)
    const keys = flags.texts('output-keys').flatMap((text) => text.split(/\s+/).filter((key) => key !== ''))
    // As dbt lists them: by code point.
    for (const id of [...selection.selected].sort()) {
      const member = members.get(id)
      if (member !== undefined) output.print(listLine(member, form, keys))
    }
  }
  output.json({ nodes: nodes.map((node) => jsonOf(node, graph)) })
  return 0
}

function tableOf(nodes: readonly Node[], { output }: Invocation): readonly string[] {
  if (nodes.length === 0) return []
  const rows = nodes.map((node) => [
    node.kind,
    node.name,
    node.kind === 'model' ? node.materialization : '',
    filled(node) ?? '',
    node.path,
  ])
  const columns = [
    { title: 'kind' },
    { title: 'name' },
    { title: 'as' },
    { title: 'relation' },
    { title: 'file' },
  ]
  return renderTable(columns, rows, { heading: output.paint.faint })
}

/** The relation that a node is, if it is one. */
function filled(node: Node): string | undefined {
  return hasRelation(node) || node.kind === 'function' ? relationName(node.relation) : undefined
}

function jsonOf(node: Node, graph: Graph) {
  return {
    unique_id: node.uniqueId,
    resource_type: node.kind,
    name: node.name,
    fqn: node.fqn,
    description: node.description,
    tags: node.tags,
    path: node.path,
    depends_on: node.dependsOn,
    children: graph.children.get(node.uniqueId) ?? [],
    fingerprint: node.fingerprint,
    relation: filled(node),
    materialized: node.kind === 'model' ? node.materialization : undefined,
    severity: node.kind === 'check' ? node.check.severity : undefined,
  }
}

function formOf(text: string | undefined): (typeof FORMS)[number] {
  const form = FORMS.find((each) => each === (text ?? 'table'))
  if (form !== undefined) return form
  throw new WaterworksError('WW7001', {
    message: `--output takes ${FORMS.join(', ')}, not ${text}`,
    hint: 'For one JSON document of all use --json.',
  })
}
