import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseManifest } from '../../../src/dbt/selection/comparison/parse-manifest.ts'
import { parseRunResults } from '../../../src/dbt/selection/comparison/parse-run-results.ts'
import { parseSources } from '../../../src/dbt/selection/comparison/parse-sources.ts'
import { graphOfManifest } from '../../../src/dbt/selection/selection-graph.ts'
import { changedManifest, type Golden, listing } from './dbt-listing.ts'

/** Made by list-with-dbt.py. */
const golden: Golden = JSON.parse(readFileSync(new URL('golden.json', import.meta.url), 'utf8'))
const given: {
  readonly state: Readonly<Record<string, unknown>>
  readonly current: Readonly<Record<string, unknown>>
} = JSON.parse(readFileSync(new URL('cases.json', import.meta.url), 'utf8'))

describe('lists what dbt lists', () => {
  const graph = graphOfManifest(golden.manifest)
  it.each(golden.cases.map((each) => [each.args.join(' ') || 'everything', each] as const))(
    '%s',
    (_, { args, listed }) => {
      expect(listing(graph, args)).toEqual(listed)
    },
  )
})

const previous = {
  manifest: parseManifest(JSON.stringify(golden.manifest), 'manifest.json'),
  runResults: parseRunResults(JSON.stringify(given.state['run_results.json']), 'run_results.json'),
  sources: parseSources(JSON.stringify(given.state['sources.json']), 'sources.json'),
  currentSources: parseSources(JSON.stringify(given.current['sources.json']), 'target/sources.json'),
}

describe.each(golden.changes)('compared with an earlier run, after a change of $name', (change) => {
  const graph = graphOfManifest(changedManifest(golden.manifest, change))
  it.each(change.cases.map((each) => [each.args.join(' '), each] as const))('%s', (_, { args, listed }) => {
    expect(listing(graph, args, previous)).toEqual(listed)
  })
})
