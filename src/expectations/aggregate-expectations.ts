import type { Scalar } from '../engines/dialect.ts'
import { isWithin } from '../quality/bounds.ts'
import type { ColumnMetric, Metric } from '../quality/metrics/metric.ts'
import { bracketed } from '../quality/where.ts'
import { inclusiveOf } from './column-expectations.ts'
import { columnOf } from './column-of.ts'
import type { ExpectationDefinition, ExpectationTable } from './expectation-definition.ts'
import type { AggregatePlan, ExpectationContext, Judgement } from './expectation-plan.ts'
import { fittingValues } from './fitting-values.ts'
import { observed } from './observed.ts'
import { Refusal } from './refusal.ts'

/** Expectations on a number about a column. */
export const aggregateExpectations: ExpectationTable = {
  expect_column_min_to_be_between: bounded('min'),
  expect_column_max_to_be_between: bounded('max'),
  expect_column_mean_to_be_between: bounded('mean'),
  expect_column_median_to_be_between: bounded('median'),
  expect_column_stdev_to_be_between: bounded('stddev'),
  expect_column_sum_to_be_between: bounded('sum', (value) => value ?? 0),
  expect_column_unique_value_count_to_be_between: bounded('distinct_count'),
  // Of nothing, no part.
  expect_column_proportion_of_unique_values_to_be_between: bounded('distinct_share', (share) => share ?? 0),
  expect_column_proportion_of_non_null_values_to_be_between: bounded('null_share', (share) =>
    share === null ? 0 : 1 - Number(share),
  ),
  expect_column_quantile_values_to_be_between: { ours: 'metric quantile', compile: quantiles },
  expect_column_distinct_values_to_be_in_set: distinct((found, wanted) => isSubset(found, wanted)),
  expect_column_distinct_values_to_contain_set: distinct((found, wanted) => isSubset(wanted, found)),
  expect_column_distinct_values_to_equal_set: distinct(
    (found, wanted) => found.size === wanted.size && isSubset(found, wanted),
  ),
  expect_column_most_common_value_to_be_in_set: { ours: 'metric top_share', compile: mostCommon },
}

/** A metric of the column between `min_value` and `max_value`. */
function bounded(
  metric: ColumnMetric,
  adapt: (value: Scalar) => Scalar = (value) => value,
): ExpectationDefinition {
  return {
    ours: `metric ${metric}`,
    compile: (context) => {
      const { kwargs, where } = context
      const { name: column, type } = columnOf(context)
      const asked: Metric = { metric, column, ...(where === undefined ? {} : { where }) }
      const [min, max] = [kwargs.value('min_value'), kwargs.value('max_value')]
      const bounds = { min: min ?? null, max: max ?? null, inclusive: inclusiveOf(kwargs) }
      return {
        kind: 'aggregate',
        metrics: [asked],
        judge: ({ values: [value = null] }) => {
          const adapted = adapt(value)
          if (adapted === null || Number.isNaN(adapted))
            return { success: false, result: { observed_value: null } }
          const isOfColumn = metric === 'min' || metric === 'max' || metric === 'sum'
          const shown = isOfColumn ? observed(adapted, type) : observed(adapted, { kind: 'float64' })
          return { success: isWithin(adapted, bounds), result: { observed_value: shown } }
        },
      }
    },
  }
}

/** How often each value occurs, in the order of the values. */
function valueCounts({ from, dialect, where }: ExpectationContext, name: string): string {
  const column = dialect.identifier(name)
  const filter = where === undefined ? '' : ` and ${bracketed(where)}`
  return (
    `select ${column} as value, count(*) as occurrences from ${from}` +
    ` where ${column} is not null${filter} group by ${column} order by ${column}`
  )
}

function distinct(
  passes: (found: ReadonlySet<unknown>, wanted: ReadonlySet<unknown>) => boolean,
): ExpectationDefinition {
  return {
    ours: 'accepted_values',
    compile: (context): AggregatePlan => {
      const { name, type } = columnOf(context)
      const given = context.kwargs.values('value_set')
      const key = (value: unknown) => String(value)
      // What the column cannot hold is in no set of its values, but is a member of the set that is wanted.
      const fitting = new Set(fittingValues(given, type))
      const wanted = new Set(
        given.map((value) => (fitting.has(value) ? key(value) : `not a value: ${key(value)}`)),
      )
      return {
        kind: 'aggregate',
        metrics: [],
        query: valueCounts(context, name),
        judge: ({ rows }) => {
          const values = rows.map((row) => observed(row['value'] ?? null, type))
          const found = new Set(rows.map((row) => key(normal(row['value'] ?? null))))
          const counts = rows.map((row, index) => ({
            value: values[index],
            count: Number(row['occurrences']),
          }))
          return {
            success: passes(found, wanted),
            result: { observed_value: values, details: { value_counts: counts } },
          }
        },
      }
    },
  }
}

function isSubset(part: ReadonlySet<unknown>, whole: ReadonlySet<unknown>): boolean {
  return [...part].every((item) => whole.has(item))
}

/** A decimal as the number it is, so that 1.50 is 1.5. */
function normal(value: Scalar): Scalar {
  return typeof value === 'string' && /^-?\d+\.\d+$/.test(value) ? Number(value) : value
}

function mostCommon(context: ExpectationContext): AggregatePlan {
  const { kwargs } = context
  const { name, type } = columnOf(context)
  const wanted = new Set(fittingValues(kwargs.values('value_set'), type).map(String))
  const counts = `(${valueCounts(context, name)}) as counts`
  return {
    kind: 'aggregate',
    metrics: [],
    query:
      `select value from ${counts} where occurrences = (select max(occurrences) from ${counts.replace(/counts$/, 'all_counts')})` +
      ' order by value',
    judge: ({ rows }) => {
      const values = rows.map((row) => row['value'] ?? null)
      const within = values.filter((value) => wanted.has(String(normal(value)))).length
      return {
        success: kwargs.flag('ties_okay') ? within > 0 : values.length === 1 && within === 1,
        result: { observed_value: values.map((value) => observed(value, type)) },
      }
    },
  }
}

/** The nearest of the values, by rank; of two that are as near the one at the even place, as NumPy rounds. */
function quantiles(context: ExpectationContext): AggregatePlan {
  const { kwargs, dialect, from, where } = context
  const { name, type } = columnOf(context)
  if (kwargs.raw('allow_relative_error') !== undefined && kwargs.raw('allow_relative_error') !== false) {
    throw new Refusal('allow_relative_error is not supported: quantiles are exact')
  }
  const { shares, ranges } = rangesOf(kwargs.raw('quantile_ranges'))
  const column = dialect.identifier(name)
  const filter = where === undefined ? '' : ` and ${bracketed(where)}`
  const ranked =
    `(select ${column} as value, row_number() over (order by ${column}) - 1 as place, count(*) over () as n` +
    ` from ${from} where ${column} is not null${filter}) as ranked`
  const at = (share: number) => {
    const place = `cast(${dialect.literal(share)} as double precision) * (n - 1)`
    const [low, rest] = [`floor(${place})`, `${place} - floor(${place})`]
    const isOdd = `${low} - 2 * floor(${low} / 2) = 1`
    return `max(case when place = ${low} + case when ${rest} > 0.5 or (${rest} = 0.5 and ${isOdd}) then 1 else 0 end then value end)`
  }
  return {
    kind: 'aggregate',
    metrics: [],
    query: `select ${shares.map((share, index) => `${at(share)} as q${index}`).join(', ')} from ${ranked}`,
    judge: ({ rows: [row] }): Judgement => {
      const values = shares.map((_, index) => row?.[`q${index}`] ?? null)
      const details = values.map((value, index) => value !== null && isNear(value, ranges[index]!))
      const result = {
        observed_value: {
          quantiles: shares,
          values: values.map((value) => observed(value, type)),
        },
        details: { success_details: details },
      }
      return { success: details.every(Boolean), result }
    },
  }
}

type Range = readonly [number | null, number | null]

const RELATIVE_TOLERANCE = 1e-4
const ABSOLUTE_TOLERANCE = 1e-8

/** Within the range, or as near to one of its ends as Great Expectations takes for equal. */
function isNear(value: Exclude<Scalar, null>, [min, max]: Range): boolean {
  const near = (end: number | null) =>
    end !== null && Math.abs(Number(value) - end) <= ABSOLUTE_TOLERANCE + RELATIVE_TOLERANCE * Math.abs(end)
  return near(min) || near(max) || isWithin(value, { min, max })
}

function rangesOf(given: unknown): { readonly shares: readonly number[]; readonly ranges: readonly Range[] } {
  const { quantiles: shares, value_ranges: ranges } = (given ?? {}) as Record<string, unknown>
  const isBound = (bound: unknown) => bound === null || typeof bound === 'number'
  const isRange = (range: unknown): range is Range =>
    Array.isArray(range) && range.length === 2 && range.every(isBound)
  const isShare = (share: unknown): share is number => typeof share === 'number' && share >= 0 && share <= 1
  if (
    !Array.isArray(shares) ||
    !shares.every(isShare) ||
    !Array.isArray(ranges) ||
    !ranges.every(isRange) ||
    shares.length !== ranges.length
  ) {
    throw new Refusal('"quantile_ranges" of the expectation must have "quantiles" and as many "value_ranges"')
  }
  return { shares, ranges }
}
