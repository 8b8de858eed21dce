import type { FixtureDialect } from './fixture-sql.ts'

/** The column that tells the rows of the model from those that are expected. */
export const SIDE_COLUMN = 'actual_or_expected'

/** The query that gives a model's rows and the expected ones, one below the other, each with the side it is of. */
export function unitTestSql(
  model: string,
  expected: string,
  columns: readonly string[],
  dialect: FixtureDialect,
): string {
  const names = columns.map((column) => dialect.identifier(column))
  const side = (value: string) => `${dialect.literal(value)} as ${dialect.identifier(SIDE_COLUMN)}`
  return `
    -- Build actual result given inputs
with dbt_internal_unit_test_actual as (
  select
    ${names.join(',')}, ${side('actual')}
  from (
    ${model}
  ) _dbt_internal_unit_test_actual
),
-- Build expected result
dbt_internal_unit_test_expected as (
  select
    ${names.join(', ')}, ${side('expected')}
  from (
    ${expected}
  ) _dbt_internal_unit_test_expected
)
-- Union actual and expected results
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected`
}
