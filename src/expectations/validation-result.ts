import type { Expectation, Suite } from './suite.ts'

/** How one expectation went. */
export interface ExpectationResult {
  readonly expectation: Expectation
  readonly success: boolean
  readonly result: Readonly<Record<string, unknown>>
  /** Why it could not be judged. */
  readonly exception?: string
}

/** What Great Expectations' `ExpectationSuiteValidationResult.to_json_dict()` gives. */
export interface ValidationResult {
  readonly success: boolean
  readonly results: readonly ExpectationDocument[]
  readonly suite_name: string
  readonly suite_parameters: Readonly<Record<string, unknown>>
  readonly statistics: {
    readonly evaluated_expectations: number
    readonly successful_expectations: number
    readonly unsuccessful_expectations: number
    readonly success_percent: number | null
  }
  readonly meta: Readonly<Record<string, unknown>>
  readonly id: null
}

export interface ExpectationDocument {
  readonly success: boolean
  readonly expectation_config: {
    readonly type: string
    readonly kwargs: Readonly<Record<string, unknown>>
    readonly meta: Readonly<Record<string, unknown>>
    readonly id?: string
    readonly severity?: string
  }
  readonly result: Readonly<Record<string, unknown>>
  readonly meta: Readonly<Record<string, unknown>>
  readonly exception_info: {
    readonly raised_exception: boolean
    readonly exception_traceback: null
    readonly exception_message: string | null
  }
}

/** The validation result of a suite, from how its expectations went. */
export function validationResult(
  suite: Suite,
  results: readonly ExpectationResult[],
  parameters: Readonly<Record<string, unknown>>,
): ValidationResult {
  const successful = results.filter(({ success }) => success).length
  return {
    success: successful === results.length,
    results: results.map(expectationDocument),
    suite_name: suite.name,
    suite_parameters: parameters,
    statistics: {
      evaluated_expectations: results.length,
      successful_expectations: successful,
      unsuccessful_expectations: results.length - successful,
      success_percent: results.length === 0 ? null : (successful / results.length) * 100,
    },
    meta: suite.meta,
    id: null,
  }
}

function expectationDocument({
  expectation,
  success,
  result,
  exception,
}: ExpectationResult): ExpectationDocument {
  const { type, kwargs, meta, id, severity } = expectation
  return {
    success,
    expectation_config: {
      type,
      kwargs,
      meta,
      ...(id === undefined ? {} : { id }),
      ...(severity === undefined ? {} : { severity }),
    },
    result,
    meta: {},
    exception_info: {
      raised_exception: exception !== undefined,
      exception_traceback: null,
      exception_message: exception ?? null,
    },
  }
}
