import { join } from 'node:path'
import { manifestSelectors } from '../../dbt/selection/manifest-selectors.ts'
import { parseSelectors } from '../../dbt/selection/parse-selectors.ts'
import type { Command, Invocation } from '../command.ts'
import { PARSE_DOCUMENTS, writeParseArtifacts } from '../compose/parse-artifacts.ts'
import { ParseCache, type ParseOutcome } from '../compose/parse-cache/parse-cache.ts'
import { readSelectorsFile, SELECTORS_FILE } from '../compose/selectors-file.ts'
import { targetFolder, writesJson } from '../compose/target-folder.ts'
import { openParsed } from '../compose/workspace.ts'
import { sayAmount } from '../say-number.ts'

export const parse: Command = {
  name: 'parse',
  summary: 'Read the project, and write its manifest',
  description: `Reads and links every file of the project and its packages, and writes what it found to the target folder as dbt
does: manifest.json, semantic_manifest.json and graph_summary.json. Nothing is connected to, and nothing is built.`,
  options: [],
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
  // What is not to be written is not kept either.
  const isAnew = flags.choice('partial-parse') === false || !writesJson(flags)
  const cache = isAnew ? undefined : new ParseCache(invocation)
  const { nodes, folder } = (await cache?.answer()) ?? (await parseAnew(invocation, cache))
  const said = writesJson(flags) ? `, written to ${folder}/manifest.json` : ''
  output.print(`${output.paint.success('ok')}: ${sayAmount(nodes, 'node')}${said}`)
  output.json({ status: 'ok', nodes, folder, files: PARSE_DOCUMENTS })
  return 0
}

async function parseAnew(invocation: Invocation, cache: ParseCache | undefined): Promise<ParseOutcome> {
  const { flags } = invocation
  const opened = await openParsed(invocation, 'parse', cache?.trail)
  const { project, parsed, target, runId, env, now, logs, problems } = opened
  cache?.trail.note(join(project.root, SELECTORS_FILE))
  const selectors = readSelectorsFile(opened, flags.text('vars'))
  parseSelectors(selectors, SELECTORS_FILE, 'eager')
  const manifest = { ...parsed.manifest, selectors: manifestSelectors(selectors) }
  const folder = targetFolder(project.root, flags)
  const { looksAtClock, settings } = parsed.renderer
  const nodes = Object.keys(manifest.nodes).length
  if (!writesJson(flags)) return { nodes, folder }
  const { written, metadata } = await writeParseArtifacts({
    root: project.root,
    folder,
    manifest,
    invocation: { id: runId, startedAt: new Date(now), env },
    adapterType: target.type,
    quoting: { ...settings.quoting },
  })
  cache?.keep({ nodes, folder, project, manifest, written, metadata, logs, problems, looksAtClock })
  return { nodes, folder }
}
