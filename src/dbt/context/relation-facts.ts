import { toHost } from '../../jinja/values/convert.ts'
import { wrongCall } from './bind-arguments.ts'
import { type RelationName, type RelationPart, type RelationPolicy, relationParts } from './relation-name.ts'

/** The engine whose relation something is: some of them want a name for every subquery. */
export type RelationEngine = 'duckdb' | 'postgres'

/** What there is to say of a relation. */
export interface RelationFacts {
  readonly engine: RelationEngine
  readonly path: RelationName
  /** table, view, cte, materialized_view, external …; null when it is not known. */
  readonly type: string | null
  readonly quote: RelationPolicy
  readonly include: RelationPolicy
  /** Stands in the query instead of the name. */
  readonly instead?: string | undefined
  readonly limit?: number | undefined
  /** Only the rows of which this condition holds. */
  readonly where?: string | undefined
  /** Of `information_schema(view)`. */
  readonly informationSchemaView?: string | undefined
}

/** A relation's name as it stands in SQL. */
export function relationText(facts: RelationFacts): string {
  const { include, path, quote, instead, informationSchemaView } = facts
  if (instead !== undefined) return instead
  const parts = relationParts.flatMap((part) => {
    const text = path[part]
    if (!include[part] || text === null) return []
    return quote[part] ? `"${text.replaceAll('"', '""')}"` : text
  })
  return [...parts, ...(informationSchemaView ? [informationSchemaView] : [])].join('.')
}

/** As it stands in a query, rows left out where they are to be. */
export function limitedText(facts: RelationFacts): string {
  const { engine, limit, where, path } = facts
  const alias = (kind: string) => (engine === 'postgres' ? ` _dbt_${kind}_subq_${path.identifier ?? ''}` : '')
  let text = relationText(facts)
  if (limit === 0) text = `(select * from ${text} where false limit 0)${alias('limit')}`
  else if (limit !== undefined) text = `(select * from ${text} limit ${limit})${alias('limit')}`
  return where === undefined ? text : `(select * from ${text} where ${where})${alias('et_filter')}`
}

/** A policy with some of its parts changed; None changes nothing. */
export function changedPolicy(
  policy: RelationPolicy,
  changes: Partial<Record<RelationPart, unknown>>,
): RelationPolicy {
  const changed = { ...policy }
  for (const part of relationParts) {
    const value = changes[part]
    if (value !== undefined && value !== null) changed[part] = value === true
  }
  return changed
}

/** A name with changed parts; None takes a part away. Throws WW2102 for a part that is no text. */
export function changedPath(
  path: RelationName,
  changes: Partial<Record<RelationPart, unknown>>,
): RelationName {
  const changed: Record<RelationPart, string | null> = { ...path }
  for (const part of relationParts) {
    if (!(part in changes)) continue
    const value = toHost(changes[part]) ?? null
    if (value !== null && typeof value !== 'string') throw wrongCall(`A relation's ${part} must be a text.`)
    changed[part] = value
  }
  return changed
}

/** A mapping of parts, as a template gives it; nothing for what is no mapping. */
export function partsIn(value: unknown): Partial<Record<RelationPart, unknown>> {
  const given = toHost(value)
  return typeof given === 'object' && given !== null ? given : {}
}
