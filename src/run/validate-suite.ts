import type { Field } from '../batch/logical-type.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { ExpectationPlan, MapPlan } from '../expectations/expectation-plan.ts'
import { expectationTable, refusedExpectations } from '../expectations/expectation-table.ts'
import { Kwargs } from '../expectations/kwargs.ts'
import { isMet, type MapCounts, mapResult, type UnexpectedRows } from '../expectations/map-result.ts'
import { Refusal } from '../expectations/refusal.ts'
import { type ResultFormat, resultFormat } from '../expectations/result-format.ts'
import { rowConditionOf } from '../expectations/row-condition.ts'
import type { Expectation, Suite } from '../expectations/suite.ts'
import { withParameters } from '../expectations/suite-parameters.ts'
import {
  type ExpectationResult,
  type ValidationResult,
  validationResult,
} from '../expectations/validation-result.ts'
import type { CheckTarget } from '../quality/check-target.ts'
import type { Metric } from '../quality/metrics/metric.ts'
import { metricKey } from '../quality/metrics/metric-key.ts'
import { planMetrics } from '../quality/plan/plan-metrics.ts'
import { type Answered, answerMetrics } from './answer-metrics.ts'
import { isInterrupt } from './is-interrupt.ts'
import type { Judging } from './run-checks.ts'

export interface SuiteRun {
  readonly suite: Suite
  readonly target: CheckTarget
  /** How much is told where an expectation does not say. */
  readonly format: ResultFormat
  /** Values for `$PARAMETER`, over those of the suite. */
  readonly parameters: Readonly<Record<string, unknown>>
  /** Told before each expectation is judged: how many are. */
  readonly onProgress?: (judged: number) => void
}

/**
 * Judges what is checked by a suite, and gives what Great Expectations gives. All numbers are asked for together, each once. What an
 * expectation asks for and cannot have is told in its result, and it does not succeed. Throws when a query is interrupted.
 */
export async function validateSuite(executor: Judging, run: SuiteRun): Promise<ValidationResult> {
  const { suite, target, onProgress } = run
  const parameters = { ...suite.parameters, ...run.parameters }
  const fields = await executor.describe(`select * from ${target.from}`)
  const compiled = suite.expectations.map((expectation) => compile(expectation, fields, parameters, run))
  const { steps } = planMetrics(
    compiled.flatMap((one) => ('plan' in one ? metricsOf(one.plan) : [])),
    target,
  )
  const answered = await answerMetrics(executor, steps, target)
  const results: ExpectationResult[] = []
  for (const [index, one] of compiled.entries()) {
    onProgress?.(index)
    results.push(await judge(executor, one, answered, fields))
  }
  return validationResult(suite, results, parameters)
}

type Compiled =
  | { readonly expectation: Expectation; readonly plan: ExpectationPlan; readonly format: ResultFormat }
  | { readonly expectation: Expectation; readonly refusal: string }

function compile(
  given: Expectation,
  fields: readonly Field[],
  parameters: Readonly<Record<string, unknown>>,
  { target, format }: SuiteRun,
): Compiled {
  try {
    const kwargs = withParameters(given.kwargs, parameters, target.now)
    const expectation = { ...given, kwargs }
    const own = kwargs['result_format']
    const read = own === undefined || own === null ? { data: format } : resultFormat.safeParse(own)
    if (read.data === undefined) throw new Refusal('the result_format of the expectation is not known')
    const where = rowConditionOf(kwargs['row_condition'], kwargs['condition_parser'], target.dialect)
    const definition = expectationTable[given.type]
    if (definition === undefined) {
      const why = refusedExpectations[given.type] ?? 'it is no expectation of Great Expectations’ own'
      throw new Refusal(`${given.type} is not supported: ${why}`)
    }
    const { from, dialect } = target
    const plan = definition.compile({ kwargs: new Kwargs(kwargs), from, dialect, fields, where })
    return { expectation, plan, format: read.data }
  } catch (error) {
    if (error instanceof Refusal) return { expectation: given, refusal: error.message }
    throw error
  }
}

function metricsOf(plan: ExpectationPlan): readonly Metric[] {
  if (plan.kind === 'aggregate') return plan.metrics
  const { elements, missing, unexpected } = plan
  return missing === undefined ? [elements, unexpected] : [elements, missing, unexpected]
}

async function judge(
  executor: Judging,
  compiled: Compiled,
  answered: Answered,
  fields: readonly Field[],
): Promise<ExpectationResult> {
  const { expectation } = compiled
  if (!('plan' in compiled)) return { expectation, success: false, result: {}, exception: compiled.refusal }
  const { plan, format } = compiled
  const keys = new Set(metricsOf(plan).map(metricKey))
  const refused = answered.refused.find(({ metric }) => keys.has(metricKey(metric)))
  if (refused) return { expectation, success: false, result: {}, exception: refused.error.message }
  try {
    if (plan.kind === 'map')
      return { expectation, ...(await judgeMap(executor, plan, answered, format, fields)) }
    const values = plan.metrics.map((metric) => answered.answers.get(metric))
    const { query } = plan
    const rows = query === undefined ? [] : await executor.tentatively(() => executor.rows(query))
    const { success, result } = plan.judge({ values, rows })
    return { expectation, success, result: format.level === 'BOOLEAN_ONLY' ? {} : result }
  } catch (error) {
    if (!(error instanceof WaterworksError) || error.code !== 'WW3001' || isInterrupt(error)) throw error
    return { expectation, success: false, result: {}, exception: error.message }
  }
}

async function judgeMap(
  executor: Judging,
  plan: MapPlan,
  { answers }: Answered,
  format: ResultFormat,
  fields: readonly Field[],
) {
  const counts: MapCounts = {
    elements: Number(answers.get(plan.elements)),
    missing: plan.missing === undefined ? undefined : Number(answers.get(plan.missing)),
    unexpected: Number(answers.get(plan.unexpected)),
  }
  const found = await unexpectedRows(executor, plan, counts, format)
  return { success: isMet(plan, counts), result: mapResult(plan, counts, found, format, fields) }
}

/** The unexpected rows, where there are any and the format tells of them. */
async function unexpectedRows(
  executor: Judging,
  { unexpectedRows: from, shown }: MapPlan,
  { unexpected }: MapCounts,
  format: ResultFormat,
): Promise<UnexpectedRows> {
  const name = (column: string) => `"${column.replaceAll('"', '""')}"`
  const columns = format.includeRows
    ? '*'
    : [...new Set([...shown, ...format.indexColumns])].map(name).join(', ')
  const query = `select ${columns} from ${from}`
  if (unexpected === 0 || format.level === 'BOOLEAN_ONLY') return { rows: [], counts: [], query }
  const limit = format.level === 'COMPLETE' ? '' : ` limit ${format.partialCount}`
  const rows = await executor.tentatively(() => executor.rows(`${query}${limit}`))
  if (format.level === 'BASIC' || format.partialCount === 0 || format.excludeValues) {
    return { rows, counts: [], query }
  }
  const keys = shown.map(name).join(', ')
  const common =
    `select ${keys}, count(*) as _ww_occurrences from ${from} group by ${keys}` +
    ` order by _ww_occurrences desc, ${keys} limit ${format.partialCount}`
  return { rows, counts: await executor.tentatively(() => executor.rows(common)), query }
}
