import type { RunReport } from '../../run/run-report.ts'
import { giveResult } from '../give-result.ts'
import type { Output } from '../output.ts'
import { withReader } from './open-reader.ts'
import type { Workspace } from './workspace.ts'

const SHOWN = 10

/** Prints the first rows of each seed that was loaded; nothing in JSON mode, which has one document. */
export async function showSeeds(workspace: Workspace, { nodes }: RunReport, output: Output): Promise<void> {
  if (output.options.json) return
  const { graph, dialect } = workspace
  const seeds = nodes.flatMap(({ node: id, status }) => {
    const node = graph.nodes.get(id)
    return node?.kind === 'seed' && status === 'success' ? [node] : []
  })
  if (seeds.length === 0) return
  await withReader(workspace, async (reader) => {
    for (const { name, relation } of seeds) {
      output.print(`\n${name}`)
      const given = { format: 'table', limit: SHOWN, file: undefined } as const
      await giveResult(reader, `select * from ${dialect.relation(relation)}`, given, output)
    }
  })
}
