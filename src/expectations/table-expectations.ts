import { isWithin } from '../quality/bounds.ts'
import type { Metric } from '../quality/metrics/metric.ts'
import { inclusiveOf } from './column-expectations.ts'
import type { ExpectationTable } from './expectation-definition.ts'
import type { AggregatePlan, ExpectationContext, Judgement } from './expectation-plan.ts'
import { Refusal } from './refusal.ts'
import { requireOrder } from './require-order.ts'

/** Expectations on a table: its rows, its columns, and what a query finds in it. */
export const tableExpectations: ExpectationTable = {
  expect_table_row_count_to_be_between: {
    ours: 'row_count',
    compile: (context) => {
      const bounds = boundsOf(context)
      return rowCount(context, (rows) => isWithin(rows, bounds))
    },
  },
  expect_table_row_count_to_equal: {
    ours: 'row_count',
    compile: (context) => {
      const value = context.kwargs.number('value')
      return rowCount(context, (rows) => rows === value)
    },
  },
  expect_table_row_count_to_equal_other_table: { ours: 'agrees', compile: otherTable },
  expect_table_column_count_to_be_between: {
    ours: 'schema count',
    compile: (context) => {
      const bounds = boundsOf(context)
      return ofColumns(context, ({ length }) => ({
        success: isWithin(length, bounds),
        result: { observed_value: length },
      }))
    },
  },
  expect_table_column_count_to_equal: {
    ours: 'schema count',
    compile: (context) => {
      const value = context.kwargs.number('value')
      return ofColumns(context, ({ length }) => ({
        success: length === value,
        result: { observed_value: length },
      }))
    },
  },
  expect_column_to_exist: {
    ours: 'schema columns',
    compile: (context) => {
      const { kwargs } = context
      const column = kwargs.text('column')
      const place = kwargs.optionalNumber('column_index')
      return ofColumns(context, (names) => ({
        success: place === undefined ? names.includes(column) : names[place] === column,
        result: {},
      }))
    },
  },
  expect_table_columns_to_match_ordered_list: { ours: 'schema ordered', compile: orderedList },
  expect_table_columns_to_match_set: { ours: 'schema columns', compile: columnSet },
  unexpected_rows_expectation: { ours: 'sql', compile: unexpectedRows },
}

function boundsOf({ kwargs }: ExpectationContext) {
  return {
    ...requireOrder(kwargs.optionalNumber('min_value'), kwargs.optionalNumber('max_value')),
    inclusive: inclusiveOf(kwargs),
  }
}

function ofColumns(
  { fields }: ExpectationContext,
  judge: (names: readonly string[]) => Judgement,
): AggregatePlan {
  return { kind: 'aggregate', metrics: [], judge: () => judge(fields.map(({ name }) => name)) }
}

function rowCount({ where }: ExpectationContext, passes: (rows: number) => boolean): AggregatePlan {
  const rows: Metric = { metric: 'row_count', ...(where === undefined ? {} : { where }) }
  return {
    kind: 'aggregate',
    metrics: [rows],
    judge: ({ values: [value] }) => ({
      success: passes(Number(value)),
      result: { observed_value: Number(value) },
    }),
  }
}

function otherTable({ kwargs }: ExpectationContext): AggregatePlan {
  const [name, schema, ...more] = kwargs.text('other_table_name').split('.').toReversed()
  if (name === undefined || more.length > 0)
    throw new Refusal('"other_table_name" must be table or schema.table')
  return {
    kind: 'aggregate',
    metrics: [
      { metric: 'row_count' },
      { metric: 'row_count', relation: { name, ...(schema === undefined ? {} : { schema }) } },
    ],
    judge: ({ values }) => {
      const [self, other] = values.map(Number)
      return { success: self === other, result: { observed_value: { self, other } } }
    },
  }
}

function orderedList(context: ExpectationContext): AggregatePlan {
  const wanted = context.kwargs.texts('column_list')
  return ofColumns(context, (names) => {
    const places = Array.from({ length: Math.max(names.length, wanted.length) }, (_, place) => place)
    const mismatched = places
      .filter((place) => names[place] !== wanted[place])
      .map((place) => ({
        'Expected Column Position': place,
        Expected: wanted[place] ?? null,
        Found: names[place] ?? null,
      }))
    if (mismatched.length === 0) return { success: true, result: { observed_value: names } }
    return { success: false, result: { observed_value: names, details: { mismatched } } }
  })
}

function columnSet(context: ExpectationContext): AggregatePlan {
  const { kwargs } = context
  const wanted = new Set(kwargs.texts('column_set'))
  const isExact = kwargs.raw('exact_match') === undefined || kwargs.flag('exact_match')
  return ofColumns(context, (names) => {
    const found = new Set(names)
    const unexpected = [...found].filter((name) => !wanted.has(name)).sort()
    const missing = [...wanted].filter((name) => !found.has(name)).sort()
    const mismatched = {
      ...(unexpected.length === 0 ? {} : { unexpected }),
      ...(missing.length === 0 ? {} : { missing }),
    }
    const result = { observed_value: [...found].sort() }
    if (unexpected.length === 0 && missing.length === 0) return { success: true, result }
    return {
      success: !isExact && missing.length === 0,
      result: { ...result, details: { mismatched } },
    }
  })
}

const SHOWN_ROWS = 200

/** A query whose rows are unexpected; `{batch}` in it stands for what is checked. */
function unexpectedRows({ kwargs, from, where }: ExpectationContext): AggregatePlan {
  const batch = where === undefined ? `(select * from ${from})` : `(select * from ${from} where ${where})`
  const query = kwargs
    .text('unexpected_rows_query')
    .trim()
    .replace(/;$/, '')
    .replaceAll('{batch}', `${batch} as batch`)
  return {
    kind: 'aggregate',
    metrics: [{ metric: 'aggregate', sql: 'count(*)', from: `(\n${query}\n) as unexpected` }],
    query: `select * from (\n${query}\n) as unexpected limit ${SHOWN_ROWS}`,
    judge: ({ values: [value], rows }) => ({
      success: Number(value) === 0,
      result: { observed_value: Number(value), details: { unexpected_rows: rows } },
    }),
  }
}
