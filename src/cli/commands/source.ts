import { resolve } from 'node:path'
import { microsText } from '../../dbt/artifacts/moment-text.ts'
import { type FreshnessResult, sourcesArtifact } from '../../dbt/artifacts/sources-artifact.ts'
import { hasFreshness } from '../../dbt/freshness/judge-freshness.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { ago } from '../../plan/ago.ts'
import type { Command, Invocation } from '../command.ts'
import { withReader } from '../compose/open-reader.ts'
import { readerRows } from '../compose/reader-rows.ts'
import { writeManifest } from '../compose/run-artifacts.ts'
import { selectInManifest } from '../compose/select-in-manifest.ts'
import { checkSource } from '../compose/source-freshness.ts'
import { writeArtifact } from '../compose/target-files.ts'
import { openWorkspace } from '../compose/workspace.ts'
import { selectionOptions } from '../global-options.ts'
import type { Output } from '../output.ts'
import { renderTable } from '../render-table.ts'

export const source: Command = {
  name: 'source',
  summary: 'Tell how fresh the tables of sources are',
  description: `Looks at every selected table of a source that has \`freshness\` in its properties: when its newest row was
loaded, by loaded_at_field or loaded_at_query, and whether that is longer ago than warn_after or error_after
allow. Nothing is written to the warehouse, and it works while a build runs.

freshness the only thing it can be asked

The findings are printed and written to target/sources.json in dbt's form; tables whose freshness cannot be told
are in it with the error. The exit code is 1 when a table is older than its error_after, or when its freshness
cannot be told.`,
  positionals: 'freshness',
  options: [
    ...selectionOptions,
    {
      name: 'output',
      short: 'o',
      type: 'string',
      value: 'FILE',
      help: 'Write the findings to this file instead of target/sources.json.',
    },
  ],
  examples: [
    { line: 'waterworks source freshness', says: 'Every source that says how fresh it has to be.' },
    { line: 'waterworks source freshness --select source:shop', says: 'The tables of one source.' },
  ],
  run,
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, output, positionals } = invocation
  if (positionals.length !== 1 || positionals[0] !== 'freshness') {
    throw new WaterworksError('WW7001', {
      message: 'source takes one word, freshness',
      hint: 'Try `waterworks source freshness`.',
    })
  }
  const started = performance.now()
  const place = await openWorkspace(invocation)
  const selected = selectInManifest(place.graph.manifest, place.now, invocation, new Set(['source']))
  const sources = Object.values(place.graph.manifest.sources)
    .filter(({ unique_id, freshness }) => selected.has(unique_id) && hasFreshness(freshness))
    .sort((a, b) => (a.unique_id < b.unique_id ? -1 : 1))
  const results: FreshnessResult[] = []
  if (sources.length === 0) output.log('No selected source says how fresh it has to be.')
  else {
    await withReader(place, async (reader) => {
      const ask = readerRows(reader)
      for (const each of sources) results.push(await checkSource(each, place, ask))
    })
  }
  const options = {
    invocation: { id: place.runId, startedAt: new Date(place.now), env: place.env },
    generatedAt: new Date(),
    elapsedTime: (performance.now() - started) / 1000,
  }
  // dbt leaves out of its file what could not be asked for.
  const answered = results.filter(({ status }) => status !== 'runtime error')
  const given = flags.text('output')
  const { folder, writesJson } = place.artifacts
  const file = given === undefined ? resolve(place.project.root, folder, 'sources.json') : resolve(given)
  await writeManifest(place)
  if (writesJson) await writeArtifact(file, sourcesArtifact(answered, options))
  printResults(results, output)
  output.json(sourcesArtifact(results, options))
  return results.some(({ status }) => status === 'error' || status === 'runtime error') ? 1 : 0
}

function printResults(results: readonly FreshnessResult[], output: Output): void {
  if (results.length === 0) return
  const rows = results.map((result) => {
    const name = `${result.source.source_name}.${result.source.name}`
    if (result.status === 'runtime error') return [name, result.status, '', '']
    const loaded = microsText(result.maxLoadedAt)
    return [
      name,
      result.status,
      ago(loaded, microsText(result.snapshottedAt)),
      loaded.slice(0, 19).replace('T', ' '),
    ]
  })
  const columns = [
    { title: 'source' },
    { title: 'status' },
    { title: 'loaded' },
    { title: 'newest row (UTC)' },
  ]
  for (const line of renderTable(columns, rows, { width: output.width, heading: output.paint.faint })) {
    output.print(line)
  }
  for (const result of results) {
    if (result.status !== 'runtime error') continue
    output.print(`\n${result.source.source_name}.${result.source.name}: ${result.message}`)
  }
}
