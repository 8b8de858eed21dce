import type { Dialect } from '../../engines/dialect.ts'
import type { CheckTarget } from '../check-target.ts'
import { failingRowsCondition, lengthOf } from '../row-condition.ts'
import { bracketed } from '../where.ts'
import { derivationOf } from './derived-metric.ts'
import type { Metric } from './metric.ts'
import { orphansOf } from './orphans-of.ts'

/** A metric as SQL: an aggregate, and what it is taken of. Metrics of one `from` share a query. */
export interface MetricCode {
  readonly value: string
  /** Absent where it is the rows of the checked relation themselves. */
  readonly from?: string
  /** Whether the engine may know the answer without reading rows; such aggregates lose that beside others. */
  readonly fromStatistics?: boolean
}

/** The SQL of a metric that the engine answers; derived ones are made of others and have none. */
export function metricCode(metric: Metric, target: CheckTarget): MetricCode {
  const { dialect } = target
  if (metric.metric === 'aggregate') {
    return {
      value: metric.sql,
      ...(metric.from === undefined ? relationOf(metric, dialect) : { from: metric.from }),
    }
  }
  const rows = metric.relation === undefined ? target.from : dialect.relation(metric.relation)
  switch (metric.metric) {
    case 'orphan_count':
      return {
        value: 'count(*)',
        from: orphansOf(metric, dialect.identifier(metric.column), rows, dialect),
      }
    case 'duplicate_keys':
    case 'duplicate_count':
    case 'key_count':
      return keyed(metric, rows, dialect)
    case 'distinct_count':
    case 'unique_count':
    case 'top_count':
      return keyed({ ...metric, columns: [metric.column] }, rows, dialect)
    case 'failing_values': {
      const column = dialect.identifier(metric.rule.column)
      const fails = failingRowsCondition(metric.rule, metric.where, dialect)
      return { value: `count(distinct ${column}) filter (where ${fails})`, ...relationOf(metric, dialect) }
    }
    case 'skewness':
      return skewness(metric, rows, dialect)
    default:
      return { ...rowAggregate(metric, dialect), ...relationOf(metric, dialect) }
  }
}

function relationOf({ relation }: Metric, dialect: Dialect): Pick<MetricCode, 'from'> {
  return relation === undefined ? {} : { from: dialect.relation(relation) }
}

type Aggregated = Exclude<Metric, { readonly metric: 'aggregate' | 'orphan_count' | 'failing_values' }>

/** The metrics that one pass over the rows answers together with others. */
function rowAggregate(metric: Aggregated, dialect: Dialect): MetricCode {
  const filter = metric.where === undefined ? '' : ` filter (where ${bracketed(metric.where)})`
  const isPlain = filter === ''
  if (metric.metric === 'row_count') {
    return { value: metric.where === undefined ? 'count(*)' : dialect.countWhere(bracketed(metric.where)) }
  }
  if (metric.metric === 'failing_count') {
    const { rule } = metric
    // Engines answer a plain count from statistics, without reading the column.
    if (rule.rule === 'not_null') return { value: nulls(dialect.identifier(rule.column), filter) }
    return { value: dialect.countWhere(failingRowsCondition(rule, metric.where, dialect)) }
  }
  const column = 'column' in metric ? dialect.identifier(metric.column) : ''
  const plain = (value: string): MetricCode => ({ value, fromStatistics: isPlain })
  switch (metric.metric) {
    case 'value_count':
      return { value: `count(${column})${filter}` }
    case 'null_count':
      return { value: nulls(column, filter) }
    case 'min':
    case 'max':
      return plain(`${metric.metric}(${column})${filter}`)
    case 'newest': {
      const instant = dialect.typeName({ kind: 'timestamptz' })
      return { value: secondsOf(`cast(max(${column})${filter} as ${instant})`) }
    }
    case 'sum':
      return { value: `sum(${column})${filter}` }
    case 'mean':
      return { value: `cast(avg(${column})${filter} as double precision)` }
    case 'stddev':
      return { value: `stddev_samp(cast(${column} as double precision))${filter}` }
    case 'median':
    case 'quantile': {
      const at = 'at' in metric ? metric.at : 0.5
      const order = `order by cast(${column} as double precision)`
      return { value: `percentile_cont(${dialect.literal(at)}) within group (${order})${filter}` }
    }
    case 'min_length':
      return { value: `min(${lengthOf(column)})${filter}` }
    case 'max_length':
      return { value: `max(${lengthOf(column)})${filter}` }
    case 'mean_length':
      return { value: `cast(avg(${lengthOf(column)})${filter} as double precision)` }
    default: {
      const parts = derivationOf(metric)
        ?.needs.map((need) => need.metric)
        .join(', ')
      throw new Error(`the metric ${metric.metric} is made of ${parts ?? 'others'}`)
    }
  }
}

/** Seconds since 1970; of the infinities, numbers beyond every moment. */
function secondsOf(instant: string): string {
  return (
    `case when isfinite(${instant}) then cast(extract(epoch from ${instant}) as double precision)` +
    ` when ${instant} > '2000-01-01' then 1e300 when ${instant} is not null then -1e300 end`
  )
}

function nulls(column: string, filter: string): string {
  return `count(*)${filter} - count(${column})${filter}`
}

function keyed(
  {
    metric,
    columns,
    where,
  }: { readonly metric: string; readonly columns: readonly string[]; readonly where?: string },
  rows: string,
  dialect: Dialect,
): MetricCode {
  const names = columns.map((column) => dialect.identifier(column))
  const conditions = [
    ...(where === undefined ? [] : [bracketed(where)]),
    ...names.map((name) => `${name} is not null`),
  ].join(' and ')
  const groups = (having: string) =>
    `(select count(*) as occurrences from ${rows} where ${conditions} group by ${names.join(', ')}${having}) as keyed`
  // Duplicates are usually few: the engine then has little to hand on.
  switch (metric) {
    case 'duplicate_keys':
      return { value: 'count(*)', from: groups(' having count(*) > 1') }
    case 'duplicate_count':
      return { value: 'coalesce(sum(occurrences), 0)', from: groups(' having count(*) > 1') }
    case 'unique_count':
      return { value: dialect.countWhere('occurrences = 1'), from: groups('') }
    case 'top_count':
      return { value: 'coalesce(max(occurrences), 0)', from: groups('') }
    default:
      return { value: 'count(*)', from: groups('') }
  }
}

/** In two passes, about the mean: raw moments of large numbers would cancel out. */
function skewness(
  metric: Extract<Metric, { readonly column: string }>,
  rows: string,
  dialect: Dialect,
): MetricCode {
  const column = `cast(${dialect.identifier(metric.column)} as double precision)`
  const where = metric.where === undefined ? '' : ` where ${bracketed(metric.where)}`
  return {
    value: 'avg(power(deviation, 3)) / nullif(power(avg(power(deviation, 2)), 1.5), 0)',
    from: `(select ${column} - avg(${column}) over () as deviation from ${rows}${where}) as deviations`,
  }
}
