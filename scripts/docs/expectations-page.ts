import { expectationTable, refusedExpectations } from '../../src/expectations/expectation-table.ts'

/** What other tools call the checks that we have under a rule. */
const peers: readonly (readonly [string, string, string, string])[] = [
  ['`not_null`', '`not_null`', '`missing`', '`isComplete`, `hasCompleteness`'],
  ['`unique`', '`unique`', '`duplicate`', '`isUnique`, `isPrimaryKey`'],
  ['`accepted_values`', '`accepted_values`', '`invalid` (valid_values)', '`isContainedIn`'],
  [
    '`accepted_range`',
    '`dbt_utils.accepted_range`',
    '`invalid` (valid_min, valid_max)',
    '`isNonNegative`, `hasMin`, `hasMax`',
  ],
  ['`matches`', '`dbt_expectations.…match_regex`', '`invalid` (valid_format)', '`hasPattern`'],
  ['`relationships`', '`relationships`', '`invalid` (valid_reference_data)', '`hasReferentialIntegrity`'],
  ['`expression`', '`dbt_utils.expression_is_true`', '`failed_rows` (expression)', '`satisfies`'],
  ['`recency`', '`dbt_utils.recency`', '`freshness`', ''],
  ['`row_count`', '`dbt_expectations.…row_count_to_be_between`', '`row_count`', '`hasSize`'],
  ['`sql`', 'a singular test', '`failed_rows` (query)', '`customSql`'],
]

/** docs/expectations.md: suites of Great Expectations, from the table of what is judged. */
export function expectationsPage(): string {
  const judged = Object.entries(expectationTable).map(([type, { ours }]) => `| \`${type}\` | \`${ours}\` |`)
  const refused = Object.entries(refusedExpectations).map(([type, why]) => `| \`${type}\` | ${why} |`)
  const tools = peers.map((row) => `| ${row.join(' | ')} |`)
  return `# Suites of expectations

\`waterworks check\` judges a relation or a file by a suite of Great Expectations, as it is: JSON of 0.x or 1.x. This page is generated from the
table of expectations in \`src/expectations/\` by \`npm run docs\`.

\`\`\`csv file=orders.csv
id,status,amount
1,paid,10
2,sent,12
3,,7
\`\`\`

\`\`\`json file=suite.json
{
  "name": "orders",
  "expectations": [
    {"type": "expect_column_values_to_be_unique", "kwargs": {"column": "id"}},
    {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "status", "mostly": 0.5}},
    {"type": "expect_column_values_to_be_between",
     "kwargs": {"column": "amount", "min_value": {"$PARAMETER": "least"}, "row_condition": "col(\\"status\\").notnull()"}}
  ]
}
\`\`\`

\`\`\`console
$ waterworks check orders.csv --suite suite.json --parameter least=5
  met   expect_column_values_to_be_unique (id)
  met   expect_column_values_to_not_be_null (status)
  met   expect_column_values_to_be_between (amount)
orders: 3 of 3 expectations met
\`\`\`

With \`--json\` it prints the validation result that Great Expectations gives (\`ExpectationSuiteValidationResult.to_json_dict()\`), as full as
\`--result-format\` says: \`BOOLEAN_ONLY\`, \`BASIC\`, \`SUMMARY\` or \`COMPLETE\`. \`--index COLUMN\` tells unexpected rows by these columns. The exit
code is 0 when every expectation is met, 1 when one is not, and 2 when nothing could be judged. What is printed for people
holds no values of rows; the JSON does, as that format has them.

Files (\`.parquet\`, \`.csv\`, \`.tsv\`, \`.json\`, \`.ndjson\`) are read by DuckDB, with the types that it finds. Everything else is a model, a source
(\`system.table\`) or a table of the warehouse (\`schema.table\`), on DuckDB or Postgres.

All numbers are asked for together and each once: of the footers of Parquet files where these are exact, in one pass over
the rows where they are not, and keys and values last. Unexpected rows are looked for only where there are some and
the result tells of them.

## Conditions and parameters

A \`row_condition\` is in the language of Great Expectations (\`col("n") > 5\`), a condition document of 1.x, pandas' \`query\` (\`condition_parser: pandas\`:
names, values, comparisons, \`in\`, \`and\`, \`or\`, \`not\`, \`isnull()\`, \`notnull()\`), or SQL (\`spark\`, \`duckdb\`, \`postgresql\`). \`{"$PARAMETER": …}\` takes the values of the suite's
\`suite_parameters\` and of \`--parameter\`, numbers, \`now()\`, \`datetime(…)\`, \`timedelta(…)\` and arithmetic. Times are UTC.

## What is judged

| expectation | our rule that demands the same |
|---|---|
${judged.join('\n')}

## What is refused

These are told by name in \`exception_info\` of their own result, and do not succeed; the others are judged.

| expectation | why |
|---|---|
${refused.join('\n')}

## Where results differ

A suite in the repository holds results to those of Great Expectations 1.9 on pandas, over generated tables and suites. Meant differences:

* NaN is a value, as in SQL; pandas takes it for missing.
* \`partial_unexpected_counts\` counts NULLs together and orders values as SQL does; Python counts each NULL apart.
* \`unexpected_index_query\` is SQL, and \`observed_value\` of a type is the engine's name for it.
* What readers of JSON have no number for (NaN, the infinities, whole numbers beyond 2^53) is a text.
* \`column_index: 0\` of \`expect_column_to_exist\` is judged; Great Expectations passes over it.
* Patterns are of RE2 (DuckDB) or POSIX (Postgres): one that they cannot read is refused.

## Checks of other tools

| ours | dbt | Soda | Deequ |
|---|---|---|---|
${tools.join('\n')}
`
}
