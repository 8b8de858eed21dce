import { aggregateExpectations } from './aggregate-expectations.ts'
import { columnExpectations } from './column-expectations.ts'
import type { ExpectationTable } from './expectation-definition.ts'
import { recordExpectations } from './record-expectations.ts'
import { tableExpectations } from './table-expectations.ts'

/** Every expectation that is judged, by its type. */
export const expectationTable: ExpectationTable = {
  ...columnExpectations,
  ...recordExpectations,
  ...aggregateExpectations,
  ...tableExpectations,
}

/** Expectations of Great Expectations that are not judged, and why: each is refused by name. */
export const refusedExpectations: Readonly<Record<string, string>> = {
  expect_column_values_to_be_increasing: 'the rows of a relation have no order',
  expect_column_values_to_be_decreasing: 'the rows of a relation have no order',
  expect_column_values_to_be_dateutil_parseable: 'what Python’s dateutil can read is not known to an engine',
  expect_column_values_to_match_strftime_format: 'formats of Python’s strptime are not read yet',
  expect_column_values_to_be_json_parseable: 'texts are not parsed as JSON yet',
  expect_column_values_to_match_json_schema: 'JSON Schemas are not judged yet',
  expect_column_kl_divergence_to_be_less_than: 'divergences of distributions are not measured yet',
  expect_column_chisquare_test_p_value_to_be_greater_than: 'statistical tests are not made',
  expect_column_bootstrapped_ks_test_p_value_to_be_greater_than: 'statistical tests are not made',
  expect_column_parameterized_distribution_ks_test_p_value_to_be_greater_than:
    'statistical tests are not made',
  expect_column_pair_cramers_phi_value_to_be_less_than: 'statistical tests are not made',
  expect_query_results_to_match_comparison: 'only one source is asked',
}
