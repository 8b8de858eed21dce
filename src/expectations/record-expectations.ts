import type { Field } from '../batch/logical-type.ts'
import { columnOf, columnsOf } from './column-of.ts'
import type { ExpectationTable } from './expectation-definition.ts'
import type { ExpectationContext } from './expectation-plan.ts'
import { isValue } from './kwargs.ts'
import { mapPlan, uniquePlan } from './map-plan.ts'
import { Refusal } from './refusal.ts'

/** Expectations on several columns of each row. */
export const recordExpectations: ExpectationTable = {
  expect_column_pair_values_a_to_be_greater_than_b: {
    ours: 'compare',
    compile: (context) => {
      const [a, b] = pairOf(context)
      const operator = context.kwargs.flag('or_equal') ? '>=' : '>'
      return mapPlan({ ...pair(context), unexpected: `not coalesce(${a} ${operator} ${b}, false)` }, context)
    },
  },
  expect_column_pair_values_to_be_equal: {
    ours: 'compare',
    compile: (context) => {
      const [a, b] = pairOf(context)
      return mapPlan({ ...pair(context), unexpected: `not coalesce(${a} = ${b}, false)` }, context)
    },
  },
  expect_column_pair_values_to_be_in_set: {
    ours: 'expression',
    compile: (context) => {
      const [a, b] = pairOf(context)
      const { dialect, kwargs } = context
      const given = kwargs.raw('value_pairs_set')
      if (!Array.isArray(given)) throw new Refusal('the expectation needs "value_pairs_set"')
      const accepted = given.map((item: unknown) => {
        if (!Array.isArray(item) || item.length !== 2 || !item.every(isValue)) {
          throw new Refusal('"value_pairs_set" of the expectation must be a list of pairs of values')
        }
        const [left, right] = item.map((value) => dialect.literal(value))
        return `(${a} is not distinct from ${left} and ${b} is not distinct from ${right})`
      })
      return mapPlan({ ...pair(context), unexpected: `not (${accepted.join(' or ') || 'false'})` }, context)
    },
  },
  expect_compound_columns_to_be_unique: { ours: 'unique', compile: compoundUnique },
  expect_multicolumn_values_to_be_unique: { ours: 'expression', compile: uniqueWithinRecord },
  expect_select_column_values_to_be_unique_within_record: { ours: 'expression', compile: uniqueWithinRecord },
  expect_multicolumn_sum_to_equal: {
    ours: 'expression',
    compile: (context) => {
      const { names, missing, shown } = several(context)
      const sum = names.join(' + ')
      const total = context.dialect.literal(context.kwargs.number('sum_total'))
      return mapPlan({ missing, unexpected: `not coalesce(${sum} = ${total}, false)`, shown }, context)
    },
  },
}

function compoundUnique(context: ExpectationContext) {
  return uniquePlan(several(context), context)
}

function uniqueWithinRecord(context: ExpectationContext) {
  const { names, missing, shown } = several(context)
  const equal = names.flatMap((left, index) =>
    names.slice(index + 1).map((right) => `${left} is not distinct from ${right}`),
  )
  return mapPlan({ missing, unexpected: `(${equal.join(' or ') || 'false'})`, shown }, context)
}

function pairOf(context: ExpectationContext): readonly [string, string] {
  const [a, b] = [columnOf(context, 'column_A'), columnOf(context, 'column_B')]
  return [context.dialect.identifier(a.name), context.dialect.identifier(b.name)]
}

function pair(context: ExpectationContext) {
  const [a, b] = pairOf(context)
  const ignored = context.kwargs.choice('ignore_row_if', [
    'both_values_are_missing',
    'either_value_is_missing',
    'neither',
  ])
  return {
    missing: {
      both_values_are_missing: `${a} is null and ${b} is null`,
      either_value_is_missing: `${a} is null or ${b} is null`,
      neither: 'false',
    }[ignored],
    shown: [columnOf(context, 'column_A').name, columnOf(context, 'column_B').name],
    isPair: true,
  }
}

function several(context: ExpectationContext) {
  const columns: readonly Field[] = columnsOf(context)
  if (columns.length < 2) throw new Refusal('"column_list" of the expectation must have two columns or more')
  const names = columns.map(({ name }) => context.dialect.identifier(name))
  const ignored = context.kwargs.choice('ignore_row_if', [
    'all_values_are_missing',
    'any_value_is_missing',
    'never',
  ])
  const nulls = names.map((name) => `${name} is null`)
  return {
    names,
    shown: columns.map(({ name }) => name),
    missing: {
      all_values_are_missing: `(${nulls.join(' and ')})`,
      any_value_is_missing: `(${nulls.join(' or ')})`,
      never: 'false',
    }[ignored],
  }
}
