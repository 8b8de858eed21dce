/** Asks when a table was loaded last, by the greatest value of an expression over its rows. */
export function loadedAtFieldSql(relation: string, field: string, filter: string | null): string {
  const where = filter === null || filter === '' ? '' : `\nwhere ${filter}`
  return `select
  max(${field}) as max_loaded_at,
  current_timestamp as snapshotted_at
from ${relation}${where}`
}

/** Asks the same with a query that gives one value. */
export function loadedAtQuerySql(query: string): string {
  return `with source_query as (
${query.trim().replace(/;$/, '')}
)
select
  (select * from source_query) as max_loaded_at,
  current_timestamp as snapshotted_at`
}
