import type { Relation } from '../../engines/relation.ts'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Graph } from '../../graph/graph.ts'
import { hasRelation } from '../../graph/has-relation.ts'
import type { Node } from '../../graph/node.ts'
import type { Command, Invocation } from '../command.ts'
import { findNode } from '../compose/find-node.ts'
import { inlineCode, openInline } from '../compose/inline-query.ts'
import { withReader } from '../compose/open-reader.ts'
import { relationExists } from '../compose/relation-exists.ts'
import { fullRefreshFlag } from '../compose/run-graph.ts'
import { showAsDbt } from '../compose/show-as-dbt.ts'
import { type OpenProject, openWorkspace, type Workspace } from '../compose/workspace.ts'
import { formatFor, giveResult, resultOptions } from '../give-result.ts'
import { selectionOptions } from '../global-options.ts'
import { rowLimit } from '../print-result.ts'
import { introspectFlag } from '../reading-options.ts'

const SHOWN = 20

export const show: Command = {
  name: 'show',
  summary: 'Show the first rows of a table or model',
  description: `Prints the first rows of what is published under a name: a model, a source (system.table), a pipeline that fills one
table, or any table or view of the warehouse (schema.name). An ephemeral model is queried as it compiles. With --inline
a query with templates is compiled and run, such as "select * from {{ ref('fct_flights') }}". Works while a build runs.

With --output json or --output text it does and prints what dbt's show does: the query of what --select takes is run, of
what the first word of it names, five rows unless --limit says otherwise (-1 for all), and artefacts are written.`,
  positionals: '[NAME]',
  options: [
    {
      name: 'limit',
      type: 'string',
      value: 'N',
      help: `The most rows to print, ${SHOWN} unless given; 0 for all.`,
    },
    { name: 'inline', type: 'string', value: 'SQL', help: 'Compile and run this query instead.' },
    { name: 'compiled', type: 'boolean', help: 'Print the SQL a model compiles to instead of its rows.' },
    ...resultOptions,
    ...selectionOptions,
    introspectFlag,
    fullRefreshFlag,
  ],
  examples: [
    { line: 'waterworks show fct_flights', says: 'A model.' },
    { line: 'waterworks show vega.flights --limit 5', says: 'A source.' },
    { line: 'waterworks show fct_flights --compiled', says: 'The SQL behind a model.' },
    {
      line: `waterworks show --inline "select count(*) from {{ ref('fct_flights') }}"`,
      says: 'A query with templates.',
    },
  ],
  run,
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, output, positionals } = invocation
  const form = flags.text('output')
  if (form === 'json' || form === 'text') return showAsDbt(form, invocation)
  const file = flags.text('output')
  const given = {
    format: formatFor(flags.text('format'), file),
    limit: rowLimit(flags.text('limit'), SHOWN),
    file,
  }
  const inline = flags.text('inline')
  const name = positionals[0] ?? flags.texts('select')[0]
  if ((inline === undefined) === (name === undefined) || positionals.length > 1) {
    throw new WaterworksError('WW7001', { message: 'show takes one name, or a query with --inline' })
  }
  if (flags.isSet('compiled')) return printCompiled(name, invocation)
  const query = inline === undefined ? await ofName(name!, invocation) : await ofInline(inline, invocation)
  await withReader(query.place, async (reader) => {
    for (const { relation, error } of query.needs) {
      if (!(await relationExists(reader, relation))) throw error
    }
    const bound = given.limit === undefined ? '' : ` limit ${given.limit + 1}`
    await giveResult(reader, `select * from ${query.from}${bound}`, given, output)
  })
  return 0
}

async function printCompiled(name: string | undefined, invocation: Invocation): Promise<number> {
  const { graph } = await openWorkspace(invocation)
  const model = [...graph.nodes.values()].find((node) => node.kind === 'model' && node.name === name)
  if (model?.kind !== 'model') {
    const models = [...graph.nodes.values()].filter((node) => node.kind === 'model').map((node) => node.name)
    const nearest = name === undefined ? undefined : suggest(name, models)
    throw new WaterworksError('WW7001', {
      message: `--compiled takes the name of a model${name === undefined ? '' : `, and ${name} is none`}`,
      hint: nearest === undefined ? 'See `waterworks ls`.' : `Did you mean ${nearest}?`,
    })
  }
  const sql = model.compiledSql.trim()
  invocation.output.print(sql)
  invocation.output.json({ unique_id: model.uniqueId, compiled_sql: sql })
  return 0
}

interface ShownQuery {
  readonly place: OpenProject
  /** SQL that may stand in FROM. */
  readonly from: string
  /** What must be in the warehouse, with the error for when it is not. */
  readonly needs: readonly { readonly relation: Relation; readonly error: WaterworksError }[]
}

async function ofName(name: string, invocation: Invocation): Promise<ShownQuery> {
  const workspace = await openWorkspace(invocation)
  const { graph, dialect } = workspace
  const node = findNode(graph, name)
  if (node?.kind === 'model' && node.materialization === 'ephemeral') {
    return { place: workspace, from: `(${node.compiledSql}\n) as _ww_shown`, needs: needsOf(node, workspace) }
  }
  const relation = hasRelation(node) ? node.relation : relationOf(name)
  const error = node === undefined ? unknownName(name, graph) : notBuilt(node, workspace)
  return { place: workspace, from: dialect.relation(relation), needs: [{ relation, error }] }
}

async function ofInline(text: string, invocation: Invocation): Promise<ShownQuery> {
  const query = await openInline(text, invocation, 'show')
  const { code } = await inlineCode(query, invocation)
  const { workspace, node } = query
  return { place: workspace, from: `(${code}\n) as _ww_shown`, needs: needsOf(node, workspace) }
}

/** What a query reads: models that are ephemeral themselves are part of it already. */
function needsOf(node: Node, workspace: Workspace): ShownQuery['needs'] {
  return node.dependsOn.flatMap((id) => {
    const parent = workspace.graph.nodes.get(id)
    if (parent?.kind === 'model' && parent.materialization === 'ephemeral') return needsOf(parent, workspace)
    if (!hasRelation(parent)) return []
    return [{ relation: parent.relation, error: notBuilt(parent, workspace) }]
  })
}

function relationOf(name: string): Relation {
  const parts = name.split('.')
  return parts.length === 2 ? { schema: parts[0]!, name: parts[1]! } : { name }
}

function notBuilt(node: Node, place: Workspace): WaterworksError {
  const filler = node.dependsOn
    .map((id) => place.graph.nodes.get(id))
    .find((each) => each?.kind === 'pipeline')
  const maker = node.kind === 'source' ? filler : node
  return new WaterworksError('WW7006', {
    message: `${node.kind} ${node.kind === 'source' ? `${node.source}.${node.table}` : node.name} has not been built on target ${place.targetName} yet`,
    hint:
      maker === undefined
        ? 'No pipeline of the project fills it: it is expected to be there.'
        : `Build it: waterworks build --select ${maker.kind === 'model' ? '+' : ''}${maker.name}`,
  })
}

function unknownName(name: string, graph: Graph): WaterworksError {
  const names = [...graph.nodes.values()].flatMap((node) => {
    if (node.kind === 'check') return []
    return node.kind === 'source' ? [`${node.source}.${node.table}`, node.table] : [node.name]
  })
  const nearest = suggest(name, names)
  return new WaterworksError('WW7005', {
    message: `neither the project nor the warehouse has ${name}`,
    hint: nearest === undefined ? undefined : `Did you mean ${nearest}?`,
  })
}
