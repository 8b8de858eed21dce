import { asList } from '../../project/schema/fields.ts'
import type { ColumnEntry } from '../../project/schema/properties-file.ts'
import type { ManifestColumn, ManifestConstraint } from '../manifest/manifest-node.ts'
import { isRecord, listed } from './config-rules.ts'

const KNOWN: ReadonlySet<string> = new Set([
  ...['name', 'description', 'data_type', 'constraints', 'granularity', 'quote', 'docs'],
  ...['config', 'meta', 'tags', 'tests', 'data_tests'],
])

/** Columns of a properties file as a manifest has them, by name. */
export function columnInfo(columns: readonly ColumnEntry[]): Readonly<Record<string, ManifestColumn>> {
  return Object.fromEntries(columns.map((column) => [column.name, infoOf(column)]))
}

function infoOf(column: ColumnEntry): ManifestColumn {
  const meta = { ...recordOf(column.meta), ...recordOf(column.config?.['meta']) }
  const tags = [...new Set([...asList(column.tags), ...textsOf(column.config?.['tags'])])]
  return {
    name: column.name,
    description: column.description ?? '',
    meta,
    data_type: column.data_type ?? null,
    constraints: (column.constraints ?? []).map((constraint) => constraintInfo(constraint)),
    quote: typeof column.quote === 'boolean' ? column.quote : null,
    config: { meta, tags },
    tags,
    granularity: column.granularity ?? null,
    doc_blocks: [],
    ...otherKeys(column),
  }
}

/** What stands in a column's entry besides, be it of another warehouse or of somebody's own: kept as it is. */
function otherKeys(column: ColumnEntry): Readonly<Record<string, unknown>> | undefined {
  let others: Record<string, unknown> | undefined
  for (const [key, value] of Object.entries(column)) {
    if (KNOWN.has(key)) continue
    others ??= {}
    others[key] = value
  }
  return others
}

/** A constraint with everything that dbt takes for granted filled in. */
export function constraintInfo(given: Readonly<Record<string, unknown>>): ManifestConstraint {
  const { type, name, expression, warn_unenforced, warn_unsupported, to, to_columns } = given
  return {
    type: typeof type === 'string' ? type : '',
    name: textOf(name),
    expression: textOf(expression),
    warn_unenforced: warn_unenforced !== false,
    warn_unsupported: warn_unsupported !== false,
    to: textOf(to),
    to_columns: textsOf(to_columns),
  }
}

/** A constraint on a model as a whole. */
export function modelConstraintInfo(given: Readonly<Record<string, unknown>>): ManifestConstraint {
  return { ...constraintInfo(given), columns: textsOf(given['columns']) }
}

export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {}
}

export function textsOf(value: unknown): readonly string[] {
  return listed(value).filter((item) => typeof item === 'string')
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

/** A word of a fixed list, such as a metric's type: dbt reads it however its letters are written. */
export function termOf(value: unknown): string | null {
  return textOf(value)?.toLowerCase() ?? null
}
