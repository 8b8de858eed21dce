import { resolve } from 'node:path'
import { graphSummary } from '../../dbt/artifacts/graph-summary.ts'
import { manifestArtifact } from '../../dbt/artifacts/manifest-artifact.ts'
import { semanticManifest } from '../../dbt/artifacts/semantic-manifest.ts'
import { manifestSelectors } from '../../dbt/selection/manifest-selectors.ts'
import { parseSelectors } from '../../dbt/selection/parse-selectors.ts'
import type { Command, Invocation } from '../command.ts'
import { readSelectorsFile, SELECTORS_FILE } from '../compose/selectors-file.ts'
import { writeArtifact } from '../compose/target-files.ts'
import { targetFolder, targetPathFlag } from '../compose/target-folder.ts'
import { openWorkspace } from '../compose/workspace.ts'
import { sayAmount } from '../say-number.ts'

export const parse: Command = {
  name: 'parse',
  summary: 'Read the project, and write its manifest',
  description: `Reads and links every file of the project and its packages, and writes what it found to the target folder as dbt
does: manifest.json, semantic_manifest.json and graph_summary.json. Nothing is connected to, and nothing is built.`,
  options: [targetPathFlag],
  examples: [
    { line: 'waterworks parse', says: 'Into target/.' },
    {
      line: 'waterworks parse --target-path earlier && waterworks ls --state earlier --select state:modified',
      says: 'What has changed since.',
    },
  ],
  run: write,
}

async function write(invocation: Invocation): Promise<number> {
  const { flags, output } = invocation
  const workspace = await openWorkspace(invocation)
  const { project, graph, target, runId, env, now } = workspace
  const selectors = readSelectorsFile(workspace, flags.text('vars'))
  parseSelectors(selectors, SELECTORS_FILE, 'eager')
  const manifest = { ...graph.manifest, selectors: manifestSelectors(selectors) }
  const run = { id: runId, startedAt: new Date(now), env }
  const folder = targetFolder(project.root, flags)
  const documents: Readonly<Record<string, unknown>> = {
    'manifest.json': manifestArtifact(manifest, {
      invocation: run,
      generatedAt: new Date(),
      adapterType: target.type,
      quoting: { ...workspace.parsed.renderer.settings.quoting },
      target: folder,
      compilation: new Map(),
      ran: new Set(),
    }),
    'semantic_manifest.json': semanticManifest(manifest),
    'graph_summary.json': graphSummary(manifest, run),
  }
  const names = Object.keys(documents)
  for (const name of names) await writeArtifact(resolve(project.root, folder, name), documents[name])
  const nodes = sayAmount(Object.keys(manifest.nodes).length, 'node')
  output.print(`${output.paint.success('ok')}: ${nodes}, written to ${folder}/manifest.json`)
  output.json({ status: 'ok', nodes: Object.keys(manifest.nodes).length, folder, files: names })
  return 0
}
