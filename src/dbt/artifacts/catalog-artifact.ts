import type { Manifest } from '../manifest/manifest.ts'
import { artifactMetadata } from './artifact-metadata.ts'
import type { Invocation } from './invocation.ts'

export interface CatalogColumnEntry {
  readonly name: string
  /** The warehouse's name for the type. */
  readonly type: string
  /** Counted from 1. */
  readonly index: number
  readonly comment: string | null
}

/** A relation of the warehouse as it is written to the catalogue. */
export interface CatalogTable {
  readonly database: string
  readonly schema: string
  readonly name: string
  /** As the warehouse's own catalogue writes it: `BASE TABLE`, `VIEW`. */
  readonly type: string
  readonly comment: string | null
  readonly owner: string | null
  readonly columns: readonly CatalogColumnEntry[]
}

export interface CatalogOptions {
  readonly invocation: Invocation
  readonly generatedAt: Date
  /** Nodes and sources that were selected; all when undefined. */
  readonly selected: ReadonlySet<string> | undefined
  readonly errors: readonly string[]
}

/**
 * The document of catalog.json, version 1 of dbt's schema: the relations that are there for the manifest's nodes and
 * sources. What the warehouse does not have is not in it, nor is what no node stands for.
 */
export function catalogArtifact(
  manifest: Manifest,
  tables: readonly CatalogTable[],
  options: CatalogOptions,
): Readonly<Record<string, unknown>> {
  const nodes = new Map<string, string>()
  for (const node of Object.values(manifest.nodes)) {
    if (node.relation_name !== null) nodes.set(keyOf({ ...node, name: node.alias }), node.unique_id)
  }
  const sources = Map.groupBy(Object.values(manifest.sources), (source) =>
    keyOf({ ...source, name: source.identifier }),
  )
  const isWanted = (id: string) => options.selected === undefined || options.selected.has(id)
  const found: { readonly nodes: Record<string, unknown>; readonly sources: Record<string, unknown> } = {
    nodes: {},
    sources: {},
  }
  for (const table of tables) {
    const key = keyOf(table)
    const node = nodes.get(key)
    if (node !== undefined && isWanted(node)) found.nodes[node] = tableEntry(table, node)
    for (const { unique_id } of sources.get(key) ?? []) {
      if (isWanted(unique_id)) found.sources[unique_id] = tableEntry(table, unique_id)
    }
  }
  return {
    metadata: artifactMetadata('catalog/v1', options.invocation, options.generatedAt),
    ...found,
    errors: options.errors.length === 0 ? null : options.errors,
  }
}

/** Names are compared without regard to case, as dbt does. */
function keyOf(relation: Pick<CatalogTable, 'database' | 'schema' | 'name'>): string {
  return JSON.stringify([relation.database, relation.schema, relation.name]).toLowerCase()
}

function tableEntry(table: CatalogTable, uniqueId: string): Readonly<Record<string, unknown>> {
  return {
    metadata: {
      type: table.type,
      schema: table.schema,
      name: table.name,
      database: table.database,
      comment: table.comment,
      owner: table.owner,
    },
    columns: Object.fromEntries(
      table.columns.map(({ name, type, index, comment }) => [name, { type, index, name, comment }]),
    ),
    stats: {
      // DuckDB's and Postgres's catalogues hold no statistics that dbt would show; this entry says just that.
      has_stats: {
        id: 'has_stats',
        label: 'Has Stats?',
        value: false,
        include: false,
        description: 'Indicates whether there are statistics for this table',
      },
    },
    unique_id: uniqueId,
  }
}
