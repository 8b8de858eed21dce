import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { parseManifest } from '../../src/dbt/selection/comparison/parse-manifest.ts'
import type { SelectionGraph } from '../../src/dbt/selection/selection-graph.ts'
import { duckDbDialect } from '../../src/engines/duckdb/duckdb-dialect.ts'
import { buildGraph } from '../../src/graph/build-graph.ts'
import { selectionGraphOf } from '../../src/graph/selection/selection-graph-of.ts'
import { loadProject } from '../../src/project/load-project.ts'
import { type Golden, listing, projectFolder } from '../dbt/selection/dbt-listing.ts'

/** What real dbt lists for the very project that is read here. */
const golden: Golden = JSON.parse(
  readFileSync(new URL('../dbt/selection/golden.json', import.meta.url), 'utf8'),
)
const folder = mkdtempSync(join(tmpdir(), 'waterworks-selection-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function graphOfProject(): Promise<SelectionGraph> {
  cpSync(projectFolder, folder, { recursive: true })
  mkdirSync(join(folder, 'dbt_packages'))
  symlinkSync('../local', join(folder, 'dbt_packages/helpers'))
  const project = await loadProject(folder, { env: {}, profilesDir: folder })
  const options = { target: project.defaultTarget, dialect: duckDbDialect, now: '2026-01-01T00:00:00Z' }
  return selectionGraphOf(buildGraph(project, options))
}
const graph = await graphOfProject()

it('a project read, parsed and linked lists what dbt lists', () => {
  const unlike = golden.cases.flatMap(({ args, listed }) => {
    const ours = listing(graph, args)
    return JSON.stringify(ours) === JSON.stringify(listed) ? [] : [{ args, listed, ours }]
  })
  expect(unlike).toEqual([])
})

it('it is no other than it was when dbt wrote its manifest', () => {
  const manifest = parseManifest(JSON.stringify(golden.manifest), 'manifest.json')
  const modified = listing(graph, ['--select', 'state:modified', 'state:new'], { manifest })
  // Unit tests are compared by a hash of their own.
  expect(modified?.filter((id) => !id.startsWith('unit_test.'))).toEqual([])
  expect(listing(graph, ['--select', 'state:old'], { manifest })).toEqual(listing(graph, []))
})
