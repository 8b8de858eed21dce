import fc from 'fast-check'
import { duckDbDialect } from '../../src/engines/duckdb/duckdb-dialect.ts'

/** A row of a generated table; `id` tells rows apart. */
export interface GeneratedRow {
  readonly n: number | null
  readonly m: number | null
  readonly f: number | null
  readonly s: string | null
  readonly u: string | null
}

const words = ['a', 'b', 'ab', '', 'Ä', 'äö🌊', ' a', "it's", 'B']
const numbers = fc.constantFrom(-3, -1, 0, 1, 2, 3, 7, 9_007_199_254_740_991)
const fractions = fc.constantFrom(-2.25, -0.5, 0, 0.1, 1.5, 2, 1e300, Number.POSITIVE_INFINITY)

/** Rows with NULLs, sometimes none at all, sometimes columns of nothing but NULLs. */
export const rowsOf: fc.Arbitrary<readonly GeneratedRow[]> = fc
  .tuple(fc.boolean(), fc.boolean(), fc.boolean())
  .chain(([n, f, s]) => {
    const option = <T>(value: fc.Arbitrary<T>, isEmpty: boolean) =>
      isEmpty ? fc.constant(null) : fc.option(value, { freq: 4 })
    return fc.array(
      fc.record({
        n: option(numbers, n && s),
        m: option(fc.integer({ min: -3, max: 3 }), false),
        f: option(fractions, f && s),
        s: option(fc.constantFrom(...words), s && n),
        u: option(fc.constantFrom('x', 'y'), false),
      }),
      { maxLength: 14 },
    )
  })

/** A query of the rows, with `id` from 0. */
export function tableSql(rows: readonly GeneratedRow[]): string {
  const literal = duckDbDialect.literal
  const values = rows.map(
    ({ n, m, f, s, u }, id) => `(${[id, n, m, f, s, u].map((value) => literal(value)).join(', ')})`,
  )
  const columns =
    'id::bigint as id, n::bigint as n, m::integer as m, f::double as f, s::varchar as s, u::varchar as u'
  const from = `(values ${values.length === 0 ? '(0, 0, 0, 0, null, null)' : values.join(', ')}) as t (id, n, m, f, s, u)`
  return `select ${columns} from ${from}${values.length === 0 ? ' where false' : ''}`
}

export interface GeneratedExpectation {
  readonly type: string
  readonly kwargs: Readonly<Record<string, unknown>>
}

const mostly = fc.constantFrom({}, { mostly: 0.5 }, { mostly: 0.9 }, { mostly: 0 })
const condition = fc.constantFrom(
  {},
  {},
  {},
  { row_condition: 'n > 0', condition_parser: 'pandas' },
  { row_condition: "s != 'a' and m in [0, 1, 2]", condition_parser: 'pandas' },
  { row_condition: 'not (m <= 0) or s == "b"', condition_parser: 'pandas' },
)
const strict = fc.record({ strict_min: fc.boolean(), strict_max: fc.boolean() }, { requiredKeys: [] })
const range = (bound: fc.Arbitrary<number>) =>
  fc
    .record({ min_value: bound, max_value: bound }, { requiredKeys: [] })
    .filter((bounds) => Object.keys(bounds).length > 0)
const small = fc.integer({ min: -3, max: 4 })
const anyColumn = fc.constantFrom('n', 'm', 'f', 's')
const number = fc.constantFrom('n', 'm')

function made(type: string, ...parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<GeneratedExpectation> {
  return fc
    .tuple(...parts, condition)
    .map((given) => ({ type, kwargs: Object.assign({}, ...given) as Record<string, unknown> }))
}

const on = (column: fc.Arbitrary<string>) => column.map((name) => ({ column: name }))
const setOf = (item: fc.Arbitrary<unknown>) =>
  fc.array(item, { minLength: 1, maxLength: 4 }).map((value_set) => ({ value_set }))
const patterns = fc.constantFrom('^a', 'b$', '^[a-z]+$', '^$', 'ä|B')
const columnList = fc.constantFrom({ column_list: ['n', 'm'] }, { column_list: ['s', 'u'] })
const ignored = (...words: readonly string[]) =>
  fc.constantFrom({}, ...words.map((ignore_row_if) => ({ ignore_row_if })))

/** An expectation on the columns of a generated table. */
export const expectationOf: fc.Arbitrary<GeneratedExpectation> = fc.oneof(
  made('expect_column_values_to_not_be_null', on(anyColumn), mostly),
  made('expect_column_values_to_be_null', on(anyColumn), mostly),
  made('expect_column_values_to_be_unique', on(anyColumn), mostly),
  made('expect_column_values_to_be_in_set', on(number), setOf(small), mostly),
  made('expect_column_values_to_be_in_set', on(fc.constant('s')), setOf(fc.constantFrom(...words)), mostly),
  made(
    'expect_column_values_to_not_be_in_set',
    on(fc.constant('s')),
    setOf(fc.constantFrom(...words)),
    mostly,
  ),
  made(
    'expect_column_values_to_be_between',
    on(fc.constantFrom('n', 'm', 'f')),
    range(small),
    strict,
    mostly,
  ),
  made(
    'expect_column_value_lengths_to_be_between',
    on(fc.constant('s')),
    range(fc.integer({ min: 0, max: 3 })),
    mostly,
  ),
  made(
    'expect_column_value_lengths_to_equal',
    on(fc.constant('s')),
    fc.nat({ max: 3 }).map((value) => ({ value })),
    mostly,
  ),
  made(
    'expect_column_values_to_match_regex',
    on(fc.constant('s')),
    patterns.map((regex) => ({ regex })),
    mostly,
  ),
  made(
    'expect_column_values_to_not_match_regex',
    on(fc.constant('s')),
    patterns.map((regex) => ({ regex })),
    mostly,
  ),
  made(
    'expect_column_values_to_match_regex_list',
    on(fc.constant('s')),
    fc.array(patterns, { minLength: 1, maxLength: 3 }).map((regex_list) => ({ regex_list })),
    fc.constantFrom({}, { match_on: 'any' }, { match_on: 'all' }),
    mostly,
  ),
  made(
    'expect_column_values_to_not_match_regex_list',
    on(fc.constant('s')),
    fc.array(patterns, { minLength: 1, maxLength: 3 }).map((regex_list) => ({ regex_list })),
    mostly,
  ),
  made(
    'expect_column_value_z_scores_to_be_less_than',
    on(fc.constant('m')),
    fc.constantFrom({ threshold: 1, double_sided: true }, { threshold: 0.5, double_sided: false }),
    mostly,
  ),
  ...['min', 'max', 'mean', 'median', 'stdev', 'sum'].map((what) =>
    made(`expect_column_${what}_to_be_between`, on(fc.constant('m')), range(small), strict),
  ),
  ...['unique_value_count', 'proportion_of_unique_values', 'proportion_of_non_null_values'].map((what) =>
    made(
      `expect_column_${what}_to_be_between`,
      on(fc.constantFrom('m', 's')),
      range(fc.constantFrom(0, 1, 2)),
    ),
  ),
  ...['be_in_set', 'contain_set', 'equal_set'].flatMap((what) => [
    made(`expect_column_distinct_values_to_${what}`, on(fc.constant('m')), setOf(small)),
    made(
      `expect_column_distinct_values_to_${what}`,
      on(fc.constant('u')),
      setOf(fc.constantFrom('x', 'y', 'z')),
    ),
  ]),
  made(
    'expect_column_most_common_value_to_be_in_set',
    on(fc.constantFrom('s', 'u')),
    setOf(fc.constantFrom(...words, 'x', 'y')),
    fc.constantFrom({}, { ties_okay: true }),
  ),
  made(
    'expect_column_quantile_values_to_be_between',
    on(fc.constant('m')),
    fc.constantFrom(
      {
        quantile_ranges: {
          quantiles: [0.25, 0.5],
          value_ranges: [
            [-1, 1],
            [null, 2],
          ],
        },
      },
      {
        quantile_ranges: {
          quantiles: [0, 0.9, 1],
          value_ranges: [
            [-3, 0],
            [0, null],
            [1, 3],
          ],
        },
      },
    ),
  ),
  made(
    'expect_column_pair_values_a_to_be_greater_than_b',
    fc.constant({ column_A: 'n', column_B: 'm' }),
    fc.constantFrom({}, { or_equal: true }),
    ignored('both_values_are_missing', 'either_value_is_missing', 'neither'),
    mostly,
  ),
  made(
    'expect_column_pair_values_to_be_equal',
    fc.constant({ column_A: 'n', column_B: 'm' }),
    ignored('both_values_are_missing', 'either_value_is_missing', 'neither'),
    mostly,
  ),
  made(
    'expect_compound_columns_to_be_unique',
    columnList,
    ignored('all_values_are_missing', 'any_value_is_missing', 'never'),
    mostly,
  ),
  made(
    'expect_select_column_values_to_be_unique_within_record',
    columnList,
    ignored('all_values_are_missing', 'any_value_is_missing', 'never'),
    mostly,
  ),
  made(
    'expect_multicolumn_sum_to_equal',
    fc.constant({ column_list: ['n', 'm'] }),
    small.map((sum_total) => ({ sum_total })),
    ignored('all_values_are_missing', 'any_value_is_missing', 'never'),
    mostly,
  ),
  made('expect_table_row_count_to_be_between', range(fc.nat({ max: 12 }))),
  made(
    'expect_table_row_count_to_equal',
    fc.nat({ max: 12 }).map((value) => ({ value })),
  ),
  fc.constantFrom<GeneratedExpectation>(
    { type: 'expect_table_column_count_to_equal', kwargs: { value: 6 } },
    { type: 'expect_table_column_count_to_be_between', kwargs: { min_value: 7 } },
    { type: 'expect_column_to_exist', kwargs: { column: 's' } },
    { type: 'expect_column_to_exist', kwargs: { column: 'zz' } },
    { type: 'expect_column_to_exist', kwargs: { column: 'n', column_index: 2 } },
    { type: 'expect_table_columns_to_match_ordered_list', kwargs: { column_list: ['id', 'n', 's'] } },
    {
      type: 'expect_table_columns_to_match_set',
      kwargs: { column_set: ['id', 's', 'zz'], exact_match: true },
    },
    { type: 'expect_table_columns_to_match_set', kwargs: { column_set: ['id', 's'], exact_match: false } },
  ),
)
