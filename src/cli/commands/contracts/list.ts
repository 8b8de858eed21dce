import type { Invocation } from '../../command.ts'
import { openWorkspace } from '../../compose/workspace.ts'
import { renderTable } from '../../render-table.ts'

/** Lists the contracts of the project, with what they are bound to. */
export async function listContracts(invocation: Invocation): Promise<number> {
  const { output } = invocation
  const { graph } = await openWorkspace(invocation, { compiles: false })
  const nodes = [...graph.nodes.values()]
  const listed = nodes
    .filter((node) => node.kind === 'contract')
    .map(({ uniqueId, contract, dependsOn, path }) => ({
      name: contract.name,
      version: contract.version,
      status: contract.status,
      owner: contract.owner ?? null,
      form: contract.form,
      datasets: dependsOn,
      checks: nodes.filter((node) => node.kind === 'check' && node.contract === uniqueId).length,
      path,
    }))
  const rows = listed.map(({ name, version, status, owner, datasets, checks, path }) => {
    const about = datasets.map((id) => graph.nodes.get(id)?.name ?? id).join(', ')
    return [name, version, status, owner ?? '', about, String(checks), path]
  })
  const titles = ['contract', 'version', 'status', 'owner', 'about', 'checks', 'file']
  const columns = titles.map((title) => ({ title }))
  if (rows.length === 0) output.print('The project has no contracts: they are files under contracts/.')
  else for (const line of renderTable(columns, rows, { heading: output.paint.faint })) output.print(line)
  output.json({ contracts: listed })
  return 0
}
