import type { Row } from '../engines/engine.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { CheckResult } from './check.ts'
import type { CompiledCheck } from './compile-checks.ts'
import { describeRule } from './describe-rule.ts'
import { verdictOf } from './verdict-of.ts'

/** A check's result from the row of the query that answers it. */
export function evaluate(compiled: CompiledCheck, row: Row): Omit<CheckResult, 'seconds'> {
  const { check, columns, verdict } = compiled
  const { failures, problem, verdict: own } = verdict(columns.map((column) => measured(row, column)))
  const { isError, isWarning } = own ?? { isError: failures !== 0, isWarning: failures !== 0 }
  const status = verdictOf(check, { isError, isWarning })
  return { name: check.name, status, failures, message: problem ?? describeRule(check.rule) }
}

/** Engines give counts as number, bigint or decimal text. */
function measured(row: Row, column: string): number {
  const value = row[column]
  const number = value === null || value === undefined || value === '' ? Number.NaN : Number(value)
  if (Number.isNaN(number)) {
    throw new WaterworksError('WW9001', { message: `a check's query gave no number in its column ${column}` })
  }
  return number
}
