import { resolve } from 'node:path'
import { type CatalogTable, catalogArtifact } from '../../dbt/artifacts/catalog-artifact.ts'
import { catalogQuery, catalogTables, schemasInUse } from '../../dbt/catalog/catalog-query.ts'
import { databaseOf } from '../../dbt/context/target-values.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { readRows } from '../../owner/reader.ts'
import type { Command, Invocation } from '../command.ts'
import { compilationOf } from '../compose/compilation-of.ts'
import { compileResults } from '../compose/compile-results.ts'
import { withReader } from '../compose/open-reader.ts'
import { writeRunArtifacts } from '../compose/run-artifacts.ts'
import { selectInManifest } from '../compose/select-in-manifest.ts'
import { writeArtifact } from '../compose/target-files.ts'
import { openWorkspace, type Workspace } from '../compose/workspace.ts'
import { selectionOptions } from '../global-options.ts'

export const docs: Command = {
  name: 'docs',
  summary: 'Write what a documentation site is made of',
  description: `Writes target/manifest.json, all that the project says of itself, and target/catalog.json, the tables, views and
columns that the warehouse has for it, in dbt's form, and the compiled SQL to target/compiled. Tools that read
dbt's artifacts read these. It works while a build runs.

generate the only thing it can be asked; the site itself is not written

What has not been built is not in the catalogue, and is told.`,
  positionals: 'generate',
  options: [
    ...selectionOptions,
    {
      name: 'compile',
      negatable: true,
      type: 'boolean',
      help: 'Compile what is described, as is done anyway.',
    },
    { name: 'empty-catalog', type: 'boolean', help: 'Do not ask the warehouse: the catalogue stays empty.' },
  ],
  examples: [
    { line: 'waterworks docs generate', says: 'Manifest and catalogue.' },
    { line: 'waterworks docs generate --empty-catalog', says: 'Where there is no warehouse to ask.' },
  ],
  run,
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, output, positionals } = invocation
  if (positionals.length !== 1 || positionals[0] !== 'generate') {
    throw new WaterworksError('WW7001', {
      message: 'docs takes one word, generate',
      hint: 'Try `waterworks docs generate`.',
    })
  }
  const place = await openWorkspace(invocation)
  const { folder, writesJson } = place.artifacts
  const stamp = {
    invocation: { id: place.runId, startedAt: new Date(place.now), env: place.env },
    generatedAt: new Date(),
  }
  const isEmpty = flags.isSet('empty-catalog')
  const wanted = selectedOf(place, invocation)
  const compiles = flags.choice('compile') !== false
  // What was not compiled was not selected either: dbt then has all of it in the catalogue.
  const selected = isEmpty ? new Set<string>() : compiles ? wanted : undefined
  await writeRunArtifacts({
    root: place.project.root,
    artifacts: place.artifacts,
    manifest: place.graph.manifest,
    invocation: stamp.invocation,
    adapterType: place.target.type,
    quoting: quotingOf(place),
    compilation: compiles ? compilationOf(place, Object.keys(place.graph.manifest.nodes)) : new Map(),
    statements: new Map(),
    results: compiles ? compileResults(place.graph, wanted ?? everything(place)) : undefined,
    elapsedTime: 0,
    args: { which: 'generate' },
  })
  const { tables, errors } = isEmpty ? { tables: [], errors: [] } : await readCatalog(place)
  const catalog = catalogArtifact(place.graph.manifest, tables, { ...stamp, selected, errors })
  if (writesJson) await writeArtifact(resolve(place.project.root, folder, 'catalog.json'), catalog)
  for (const error of errors) output.log(error)
  const { found, missing } = isEmpty ? { found: 0, missing: [] } : compare(place, catalog, selected)
  output.print(
    writesJson
      ? `Wrote ${folder}/manifest.json, and ${folder}/catalog.json with ${found} relations.`
      : `The catalogue has ${found} relations.`,
  )
  if (missing.length > 0) output.print(`Not in the warehouse: ${missing.join(', ')}`)
  output.json(catalog)
  return errors.length === 0 ? 0 : 1
}

function everything({ graph }: Workspace): ReadonlySet<string> {
  return new Set(graph.nodes.keys())
}

function selectedOf(place: Workspace, invocation: Invocation): ReadonlySet<string> | undefined {
  const { flags } = invocation
  if (flags.texts('select').length === 0 && flags.texts('exclude').length === 0) return undefined
  return selectInManifest(place.graph.manifest, place.now, invocation, undefined)
}

async function readCatalog(
  place: Workspace,
): Promise<{ readonly tables: readonly CatalogTable[]; readonly errors: readonly string[] }> {
  const { target } = place
  const { manifest } = place.graph
  const places = schemasInUse(manifest)
  const query = catalogQuery(target.type, places)
  if (query === undefined) return { tables: [], errors: [] }
  const rows = await withReader(place, (reader) => readRows(reader, query.sql, query.params))
  const database = databaseOf(target)
  const unseen = places.filter(
    (each) => target.type === 'postgres' && each.database.toLowerCase() !== database.toLowerCase(),
  )
  return {
    tables: catalogTables(rows),
    errors: unseen.map(
      (each) => `Schema ${each.schema} of database ${each.database} cannot be seen from ${database}.`,
    ),
  }
}

/** How many relations are in the catalogue, and what the project has and the warehouse has not. */
function compare(
  { graph: { manifest } }: Workspace,
  catalog: Readonly<Record<string, unknown>>,
  selected: ReadonlySet<string> | undefined,
): { readonly found: number; readonly missing: readonly string[] } {
  const known = new Set(Object.values(catalog).flatMap((part) => (isRecord(part) ? Object.keys(part) : [])))
  const relations = Object.values(manifest.nodes).filter(
    ({ relation_name, resource_type }) => relation_name !== null && resource_type !== 'test',
  )
  const wanted = [...relations, ...Object.values(manifest.sources)].filter(
    ({ unique_id }) => selected === undefined || selected.has(unique_id),
  )
  const missing = wanted.filter(({ unique_id }) => !known.has(unique_id))
  return { found: wanted.length - missing.length, missing: missing.map(({ unique_id }) => unique_id) }
}

function quotingOf({ project }: Workspace): Readonly<Record<string, boolean>> {
  return project.packages.find(({ kind }) => kind === 'root')?.config.quoting ?? {}
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
