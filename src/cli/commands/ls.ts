import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Graph } from '../../graph/graph.ts'
import { hasRelation } from '../../graph/has-relation.ts'
import type { Node } from '../../graph/node.ts'
import { relationName } from '../../graph/relation-name.ts'
import { selectNodes } from '../../graph/selection/select-nodes.ts'
import type { Command, Invocation } from '../command.ts'
import { openWorkspace } from '../compose/workspace.ts'
import { selectionOptions } from '../global-options.ts'
import { renderGraphTree } from '../render-graph-tree.ts'
import { renderTable } from '../render-table.ts'

/** What --resource-type takes: ours, and dbt's word for checks. */
const RESOURCE_TYPES: Readonly<Record<string, Node['kind']>> = {
  pipeline: 'pipeline',
  source: 'source',
  model: 'model',
  check: 'check',
  test: 'check',
}
const OUTPUTS = ['table', 'name', 'path', 'selector'] as const

export const ls: Command = {
  name: 'ls',
  summary: 'List the graph',
  description: `Shows pipelines, sources, models and checks in the order in which they would be built, with what each
reads and fills. Nothing is connected to.`,
  options: [
    ...selectionOptions,
    {
      name: 'resource-type',
      type: 'string',
      multiple: true,
      value: 'TYPE',
      help: 'Only nodes of this type: pipeline, source, model, check (or test).',
    },
    { name: 'tree', type: 'boolean', help: 'Draw what is made from what.' },
    {
      name: 'output',
      type: 'string',
      value: 'FORM',
      help: 'table (unless given), or one name, path or selector a line.',
    },
  ],
  examples: [
    { line: 'waterworks ls', says: 'Everything.' },
    { line: 'waterworks ls --tree', says: 'From sources down to marts.' },
    { line: 'waterworks ls --select +fct_flights --resource-type model', says: 'The models above one.' },
    { line: 'waterworks ls --select tag:daily --output name', says: 'Names only, for scripts.' },
  ],
  run: list,
}

async function list(invocation: Invocation): Promise<number> {
  const { flags, output } = invocation
  const form = formOf(flags.text('output'))
  const kinds = kindsOf(flags.texts('resource-type'))
  const { graph } = await openWorkspace(invocation)
  const selection = selectNodes(graph, { select: flags.texts('select'), exclude: flags.texts('exclude') })
  output.problems(selection.warnings.map((error) => ({ severity: 'warning', error })))
  const nodes = [...graph.nodes.values()].filter(
    (node) => selection.selected.has(node.uniqueId) && (kinds === undefined || kinds.has(node.kind)),
  )
  if (flags.isSet('tree')) {
    for (const line of renderGraphTree(graph, nodes, output.paint)) output.print(line)
  } else if (form === 'table') {
    for (const line of tableOf(nodes, invocation)) output.print(line)
  } else {
    for (const node of nodes) output.print(lineOf(node, form))
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
  return hasRelation(node) ? relationName(node.relation) : undefined
}

function lineOf(node: Node, form: (typeof OUTPUTS)[number]): string {
  if (form === 'path') return node.path
  if (form === 'name') return node.name
  return node.kind === 'source' ? `source:${node.fqn.join('.')}` : node.fqn.join('.')
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

function formOf(text: string | undefined): (typeof OUTPUTS)[number] {
  const form = OUTPUTS.find((each) => each === (text ?? 'table'))
  if (form !== undefined) return form
  throw new WaterworksError('WW7001', {
    message: `--output takes ${OUTPUTS.join(', ')}, not ${text}`,
    hint: 'For JSON use --json.',
  })
}

function kindsOf(names: readonly string[]): ReadonlySet<Node['kind']> | undefined {
  const kinds = new Set<Node['kind']>()
  for (const name of names) {
    if (name === 'all') return undefined
    const kind = Object.hasOwn(RESOURCE_TYPES, name) ? RESOURCE_TYPES[name] : undefined
    if (kind === undefined) {
      throw new WaterworksError('WW7001', {
        message: `--resource-type takes ${Object.keys(RESOURCE_TYPES).join(', ')}, not ${name}`,
      })
    }
    kinds.add(kind)
  }
  return kinds.size === 0 ? undefined : kinds
}
