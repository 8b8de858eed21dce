import { recordOf, termOf, textOf } from './column-info.ts'
import { isRecord } from './config-rules.ts'

type Values = Readonly<Record<string, unknown>>

/** A metric's parameters with everything that dbt takes for granted filled in. */
export function metricParams(type: string, params: Values): Values {
  const cumulative = recordOf(params['cumulative_type_params'])
  return {
    measure: measureInput(params['measure']),
    input_measures: [],
    numerator: metricInput(params['numerator']),
    denominator: metricInput(params['denominator']),
    expr: params['expr'] === undefined || params['expr'] === null ? null : String(params['expr']),
    window: timeWindow(params['window']),
    grain_to_date: termOf(params['grain_to_date']),
    metrics: Array.isArray(params['metrics']) ? params['metrics'].map(metricInput) : [],
    conversion_type_params: conversion(params['conversion_type_params']),
    cumulative_type_params:
      type === 'cumulative'
        ? {
            window: timeWindow(cumulative['window'] ?? params['window']),
            grain_to_date: cumulative['grain_to_date'] ?? params['grain_to_date'] ?? null,
            period_agg: termOf(cumulative['period_agg']) ?? 'first',
          }
        : null,
  }
}

/** One or several conditions, as dbt keeps them. */
export function whereFilter(given: unknown): Values | null {
  const conditions = Array.isArray(given) ? given : given === undefined || given === null ? [] : [given]
  if (conditions.length === 0) return null
  return { where_filters: conditions.map((where) => ({ where_sql_template: String(where) })) }
}

function measureInput(given: unknown): Values | null {
  if (given === undefined || given === null) return null
  const input = isRecord(given) ? given : { name: given }
  return {
    name: input['name'],
    filter: whereFilter(input['filter']),
    alias: input['alias'] ?? null,
    join_to_timespine: input['join_to_timespine'] ?? false,
    fill_nulls_with: input['fill_nulls_with'] ?? null,
  }
}

function metricInput(given: unknown): Values | null {
  if (given === undefined || given === null) return null
  const input = isRecord(given) ? given : { name: given }
  return {
    name: input['name'],
    filter: whereFilter(input['filter']),
    alias: input['alias'] ?? null,
    offset_window: timeWindow(input['offset_window']),
    offset_to_grain: input['offset_to_grain'] ?? null,
  }
}

function conversion(given: unknown): Values | null {
  if (!isRecord(given)) return null
  return {
    base_measure: measureInput(given['base_measure']),
    conversion_measure: measureInput(given['conversion_measure']),
    entity: given['entity'],
    calculation: termOf(given['calculation']) ?? 'conversion_rate',
    window: timeWindow(given['window']),
    constant_properties: given['constant_properties'] ?? null,
  }
}

const GRAINS: ReadonlySet<string> = new Set([
  ...['nanosecond', 'microsecond', 'millisecond', 'second', 'minute', 'hour'],
  ...['day', 'week', 'month', 'quarter', 'year'],
])

/** `28 days` as a count and a grain. */
function timeWindow(given: unknown): Values | null {
  const text = textOf(given)
  const match = text === null ? null : /^(\d+) (\S+)$/.exec(text.toLowerCase())
  if (!match) return null
  const [, count, written] = match
  const single = written!.replace(/s$/, '')
  return { count: Number(count), granularity: GRAINS.has(single) ? single : written }
}
