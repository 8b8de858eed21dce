import type { CompiledNode } from '../../dbt/artifacts/compiled-node.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { hasRelation } from '../../graph/has-relation.ts'
import { selectNodes } from '../../graph/selection/select-nodes.ts'
import type { Invocation } from '../command.ts'
import { compileInWarehouse } from './compile-in-warehouse.ts'
import { compiledResult } from './compile-results.ts'
import { type DbtForm, previewRows, printPreview } from './dbt-preview.ts'
import { inlineCode, leaveInline, openInline, refuseQuestions } from './inline-query.ts'
import { artifactsOf, writeRunArtifacts } from './run-artifacts.ts'
import { selectionOf } from './selection-of.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

const SHOWN = 5

/**
 * dbt's `show`: runs the query of what is selected, or one of the command line, prints what it gives, and leaves artefacts. Throws WW7001
 * where there is nothing to show, and what the query throws.
 */
export async function showAsDbt(form: DbtForm, invocation: Invocation): Promise<number> {
  const { flags } = invocation
  const limit = limitOf(flags.text('limit'))
  const inline = flags.text('inline')
  if (inline !== undefined) {
    const query = await openInline(inline, invocation, 'show')
    const { code, compiled } = await inlineCode(query, invocation)
    const rows = await previewRows(query.workspace, query.uniqueId, code, limit)
    await leaveInline(query, compiled, { which: 'show', inline })
    await printPreview(rows, { name: undefined, form }, invocation.output)
    return 0
  }
  const words = [...flags.texts('select'), ...flags.texts('models'), ...invocation.positionals]
  const [first] = words
  if (first === undefined) {
    throw new WaterworksError('WW7001', { message: 'show takes --select or --inline' })
  }
  const workspace = await openWorkspace(invocation, { command: 'show' })
  const request = { ...selectionOf(invocation, workspace, 'compile'), select: words }
  const { selected } = selectNodes(workspace.graph, request)
  const compilation = new Map<string, CompiledNode>()
  for (const id of selected) {
    const node = workspace.graph.manifest.nodes[id]
    if (node === undefined || !first.includes(node.name) || !SHOWABLE.has(node.resource_type)) continue
    const compiled = await codeOf(workspace, id, invocation)
    const rows = await previewRows(workspace, id, compiled.code, limit)
    compilation.set(id, compiled)
    await printPreview(rows, { name: node.name, form }, invocation.output)
  }
  await writeRunArtifacts({
    ...artifactsOf(workspace),
    compilation,
    statements: new Map(),
    results: [...compilation.keys()].map(compiledResult),
    elapsedTime: 0,
    args: { which: 'show', select: words },
  })
  return 0
}

const SHOWABLE: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot', 'analysis', 'test'])

async function codeOf(workspace: Workspace, id: string, invocation: Invocation): Promise<CompiledNode> {
  const node = workspace.graph.nodes.get(id)
  // Seeds have no query; what shows them is their table.
  if (node?.kind === 'seed' && hasRelation(node)) {
    return { code: `select * from ${workspace.dialect.relation(node.relation)}`, extraCtes: [], macros: [] }
  }
  const manifest = workspace.graph.manifest.nodes[id]
  const waitsFor = node !== undefined && 'waitsFor' in node ? node.waitsFor : undefined
  refuseQuestions(invocation, node?.name ?? id, waitsFor)
  const known = manifest && waitsFor === undefined ? workspace.queries.compiled(manifest) : undefined
  if (known !== undefined) return known
  const asked = await compileInWarehouse(workspace, [id], invocation.output)
  const compiled = asked.get(id)
  if (compiled !== undefined) return compiled
  throw new WaterworksError('WW7001', { message: `${node?.name ?? id} has no query to show` })
}

/** Rows to show: undefined for all, which a negative number asks for. */
function limitOf(text: string | undefined): number | undefined {
  const limit = text === undefined ? SHOWN : Number(text)
  if (!Number.isSafeInteger(limit)) {
    throw new WaterworksError('WW7001', { message: `--limit takes a whole number, not ${text}` })
  }
  return limit < 0 ? undefined : limit
}
