import type { ExpectationDocument, ValidationResult } from '../expectations/validation-result.ts'
import type { Output } from './output.ts'
import { sayAmount, sayCount } from './say-number.ts'

/** The validation of a suite for people: a line for each expectation, those that are not met first. Shows no values of rows. */
export function printValidation(
  { results, statistics, suite_name: name }: ValidationResult,
  output: Output,
): void {
  const { paint } = output
  for (const result of results.toSorted((a, b) => Number(a.success) - Number(b.success))) {
    const isRefused = result.exception_info.raised_exception
    const word = result.success
      ? paint.success('met  ')
      : isRefused
        ? paint.warning('error')
        : paint.error('unmet')
    output.print(`  ${word} ${titleOf(result)}`)
    const told = isRefused ? result.exception_info.exception_message : countsOf(result)
    if (!result.success && told) output.print(`        ${told}`)
  }
  const { successful_expectations: met, evaluated_expectations: all } = statistics
  output.print(`${name === '' ? '' : `${name}: `}${met} of ${sayAmount(all, 'expectation')} met`)
}

function titleOf({ expectation_config: { type, kwargs } }: ExpectationDocument): string {
  const columns = ['column', 'column_A', 'column_B', 'column_list'].flatMap((key) => kwargs[key] ?? [])
  return columns.length === 0 ? type : `${type} (${columns.join(', ')})`
}

function countsOf({ result }: ExpectationDocument): string | undefined {
  const { unexpected_count: unexpected, element_count: elements } = result
  if (typeof unexpected !== 'number' || typeof elements !== 'number') return undefined
  return `${sayCount(unexpected)} of ${sayAmount(elements, 'row')} unexpected`
}
