import type { Scalar } from '../engines/dialect.ts'
import type { CheckRule } from '../quality/check.ts'
import type { Metric } from '../quality/metrics/metric.ts'
import type { RowRule } from '../quality/row-rule.ts'
import { type Confined, confineExpression, confineQuery, type QueryScope } from './confine-query.ts'
import type { ContractQuality, Demand } from './contract-quality.ts'
import { boundsOf } from './demand-bounds.ts'

/** Rules that a quality rule comes to, one for each of its demands; or why there are none. */
export type CompiledQuality = readonly CheckRule[] | { readonly problem: string; readonly isError?: boolean }

/**
 * A quality rule of a contract as rules of the check model. `columnOf` leads from a property's name to its column; undefined where the
 * object has no such property.
 */
export function compileQuality(
  quality: ContractQuality,
  scope: QueryScope,
  columnOf: (property: string) => string | undefined,
): CompiledQuality {
  switch (quality.type) {
    case 'text':
      return []
    case 'custom':
      return { problem: `is for ${quality.engine.slice(0, 60)}, which does not run here, and is not checked` }
    case 'expression': {
      const confined = confineExpression(quality.expression, scope)
      return refusal(confined) ?? [{ rule: 'expression', expression: sqlOf(confined) }]
    }
    case 'sql': {
      const confined = confineQuery(quality.query, scope)
      return refusal(confined) ?? quality.demands.map((demand) => measured(sqlOf(confined), demand, scope))
    }
    case 'library':
      return library(quality, scope, columnOf)
  }
}

function refusal(confined: Confined): CompiledQuality | undefined {
  if (!('problem' in confined)) return undefined
  return { problem: `has a query that may not be run: ${confined.problem}`, isError: true }
}

function sqlOf(confined: Confined): string {
  return 'sql' in confined ? confined.sql : ''
}

/** The one value of a query. What is no number is compared by the engine, and the answer is 1 or 0. */
function measured(sql: string, demand: Demand, { dialect }: QueryScope): CheckRule {
  const from = `(\n${sql}\n) as measured(value)`
  const bounds = boundsOf(demand)
  if (bounds !== undefined) {
    return {
      rule: 'metric',
      metric: { metric: 'aggregate', sql: 'max(value)', from },
      bounds,
      required: true,
    }
  }
  const { is, to = null } = demand as Extract<Demand, { is: 'equal' | 'not equal' }>
  const same = to === null ? 'value is null' : `value is not distinct from ${dialect.literal(to)}`
  const wanted = is === 'equal' ? same : `not (${same})`
  const metric: Metric = { metric: 'aggregate', sql: `min(case when ${wanted} then 1 else 0 end)`, from }
  return { rule: 'metric', metric, bounds: { min: 1, max: 1 }, required: true }
}

type Library = ContractQuality & { readonly type: 'library' }

function library(
  quality: Library,
  scope: QueryScope,
  columnOf: (property: string) => string | undefined,
): CompiledQuality {
  const { metric, demands, unit } = quality
  if (metric === 'rowCount') {
    return unit === 'percent'
      ? { problem: 'counts rows in percent, and of what is not said', isError: true }
      : demands.flatMap((demand) => bounded({ metric: 'row_count' }, demand, 1))
  }
  if (metric === 'duplicateValues') return duplicates(quality, scope, columnOf)
  const column = scope.property
  if (column === undefined)
    return { problem: `measures ${metric} of a property, and stands at an object`, isError: true }
  const rules = judged(quality, column)
  if ('problem' in rules) return rules
  const [only, ...more] = rules
  if (only === undefined) return { problem: `says of no value that it is one of ${metric}`, isError: true }
  return demands.flatMap((demand): readonly CheckRule[] => {
    // None may fail: a rule of single rows, whose failures are kept.
    if (demand.is === 'equal' && demand.to === 0) return rules
    const failing = more.length === 0 ? only : together(rules, scope)
    const measure: Metric =
      unit === 'percent'
        ? { metric: 'failing_share', rule: failing }
        : { metric: 'failing_count', rule: failing }
    return bounded(measure, demand, unit === 'percent' ? 100 : 1)
  })
}

function duplicates(
  { arguments: given, demands, unit }: Library,
  { property }: QueryScope,
  columnOf: (property: string) => string | undefined,
): CompiledQuality {
  const named = given['properties']
  const names = property === undefined ? (Array.isArray(named) ? named.map(String) : []) : [property]
  if (names.length === 0) return { problem: 'says of no properties that they are duplicates', isError: true }
  const columns = property === undefined ? names.map(columnOf) : names
  const unknown = names.find((_name, index) => columns[index] === undefined)
  if (unknown !== undefined)
    return {
      problem: `names the property "${unknown.slice(0, 60)}", which the object does not have`,
      isError: true,
    }
  const known = columns.filter((column) => column !== undefined)
  return demands.flatMap((demand): readonly CheckRule[] => {
    if (demand.is === 'equal' && demand.to === 0) return [{ rule: 'unique', columns: known }]
    const metric = unit === 'percent' ? 'duplicate_share' : 'duplicate_keys'
    return bounded({ metric, columns: known }, demand, unit === 'percent' ? 100 : 1)
  })
}

/** Row rules that all pass for values as they should be. */
function judged(
  { metric, arguments: given }: Library,
  column: string,
): readonly RowRule[] | { readonly problem: string; readonly isError: true } {
  if (metric === 'nullValues') return [{ rule: 'not_null', column }]
  if (metric === 'missingValues') {
    const values = scalarsOf(given['missingValues'] ?? [null])
    const rules: RowRule[] = values.includes(null) ? [{ rule: 'not_null', column }] : []
    const others = values.filter((value) => value !== null)
    return others.length === 0 ? rules : [...rules, { rule: 'rejected_values', column, values: others }]
  }
  const rules: RowRule[] = []
  const { validValues, pattern, minimum, maximum } = given
  if (validValues !== undefined)
    rules.push({ rule: 'accepted_values', column, values: scalarsOf(validValues) })
  if (typeof pattern === 'string') {
    if (!isPattern(pattern)) return { problem: 'has a pattern that is no regular expression', isError: true }
    rules.push({ rule: 'matches', column, pattern })
  }
  const [min, max] = [scalarsOf(minimum)[0], scalarsOf(maximum)[0]]
  if ((min ?? max) !== undefined) {
    rules.push({
      rule: 'accepted_range',
      column,
      inclusive: true,
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
    })
  }
  return rules
}

/** Several rules as one, for counting the rows that fail any of them. */
function together(rules: readonly RowRule[], { dialect }: QueryScope): RowRule {
  const conditions = rules.map((rule) => {
    const column = 'column' in rule ? dialect.identifier(rule.column) : ''
    switch (rule.rule) {
      case 'not_null':
        return `${column} is not null`
      case 'rejected_values':
      case 'accepted_values': {
        const list = rule.values.map((value) => dialect.literal(value)).join(', ')
        return `(${column} is null or ${column} ${rule.rule === 'accepted_values' ? 'in' : 'not in'} (${list}))`
      }
      case 'matches':
        return `(${column} is null or ${dialect.matches(column, rule.pattern)})`
      default:
        return 'true'
    }
  })
  return { rule: 'expression', expression: conditions.join(' and ') }
}

/** A share is between 0 and 1, and percentages are of 100. */
function bounded(metric: Metric, demand: Demand, scale: number): readonly CheckRule[] {
  const bounds = boundsOf(demand)
  if (bounds === undefined) return []
  const scaled = (bound: Scalar | undefined) =>
    scale === 1 || bound === undefined || bound === null ? bound : Number(bound) / scale
  const { min, max, ...rest } = bounds
  const [low, high] = [scaled(min), scaled(max)]
  const within = {
    ...rest,
    ...(low === undefined ? {} : { min: low }),
    ...(high === undefined ? {} : { max: high }),
  }
  return [{ rule: 'metric', metric, bounds: within }]
}

function scalarsOf(value: unknown): readonly Scalar[] {
  if (value === undefined) return []
  const items = Array.isArray(value) ? value : [value]
  return items.flatMap((item): readonly Scalar[] => {
    switch (typeof item) {
      case 'string':
      case 'number':
      case 'bigint':
      case 'boolean':
        return [item]
      default:
        return item === null ? [null] : []
    }
  })
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern).source !== ''
  } catch {
    return false
  }
}
