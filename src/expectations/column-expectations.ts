import { logicalTypeName } from '../batch/logical-type-name.ts'
import type { Scalar } from '../engines/dialect.ts'
import type { Inclusive } from '../quality/bounds.ts'
import { passingRows } from '../quality/row-condition.ts'
import type { RowRule } from '../quality/row-rule.ts'
import { columnOf } from './column-of.ts'
import type { ExpectationDefinition, ExpectationTable } from './expectation-definition.ts'
import type { ExpectationContext, MapPlan } from './expectation-plan.ts'
import { fittingValues } from './fitting-values.ts'
import type { Kwargs, Value } from './kwargs.ts'
import { mapPlan, uniquePlan } from './map-plan.ts'
import { Refusal } from './refusal.ts'
import { requireOrder } from './require-order.ts'

type MakeRules = (context: ExpectationContext, column: string) => readonly RowRule[]

/** Expectations on the values of one column; NULL is missing. */
export const columnExpectations: ExpectationTable = {
  expect_column_values_to_not_be_null: {
    ours: 'not_null',
    compile: (context) => nullity('is null', context),
  },
  expect_column_values_to_be_null: {
    ours: 'is_null',
    compile: (context) => nullity('is not null', context),
  },
  expect_column_values_to_be_unique: {
    ours: 'unique',
    compile: (context) => {
      const { name } = columnOf(context)
      return uniquePlan({ missing: `${context.dialect.identifier(name)} is null`, shown: [name] }, context)
    },
  },
  expect_column_values_to_be_in_set: ofRules('accepted_values', (context, column) => [
    { rule: 'accepted_values', column, values: setOf(context) },
  ]),
  expect_column_values_to_not_be_in_set: ofRules('rejected_values', (context, column) => [
    { rule: 'rejected_values', column, values: setOf(context) },
  ]),
  expect_column_values_to_be_between: ofRules('accepted_range', ({ kwargs }, column) => [
    { rule: 'accepted_range', column, ...rangeOf(kwargs) },
  ]),
  expect_column_value_lengths_to_be_between: ofRules('length', ({ kwargs }, column) => [
    { rule: 'length', column, ...boundsOf(kwargs, (name) => kwargs.optionalNumber(name)) },
  ]),
  expect_column_value_lengths_to_equal: ofRules('length', ({ kwargs }, column) => {
    const value = kwargs.number('value')
    return [{ rule: 'length', column, min: value, max: value }]
  }),
  expect_column_values_to_match_regex: ofRules('matches', ({ kwargs }, column) => [
    { rule: 'matches', column, pattern: kwargs.text('regex') },
  ]),
  expect_column_values_to_not_match_regex: ofRules('matches, not', ({ kwargs }, column) => [
    { rule: 'matches', column, pattern: kwargs.text('regex'), not: true },
  ]),
  expect_column_values_to_match_regex_list: ofAnyOrAll(({ kwargs }, column) =>
    kwargs.texts('regex_list').map((pattern) => ({ rule: 'matches', column, pattern })),
  ),
  expect_column_values_to_not_match_regex_list: ofRules('matches, not', ({ kwargs }, column) =>
    kwargs.texts('regex_list').map((pattern) => ({ rule: 'matches', column, pattern, not: true })),
  ),
  expect_column_values_to_match_like_pattern: ofRules('like', ({ kwargs }, column) => [
    { rule: 'like', column, pattern: kwargs.text('like_pattern') },
  ]),
  expect_column_values_to_not_match_like_pattern: ofRules('like, not', ({ kwargs }, column) => [
    { rule: 'like', column, pattern: kwargs.text('like_pattern'), not: true },
  ]),
  expect_column_values_to_match_like_pattern_list: ofAnyOrAll(({ kwargs }, column) =>
    kwargs.texts('like_pattern_list').map((pattern) => ({ rule: 'like', column, pattern })),
  ),
  expect_column_values_to_not_match_like_pattern_list: ofRules('like, not', ({ kwargs }, column) =>
    kwargs.texts('like_pattern_list').map((pattern) => ({ rule: 'like', column, pattern, not: true })),
  ),
  expect_column_value_z_scores_to_be_less_than: { ours: 'expression', compile: zScores },
  expect_column_values_to_be_of_type: {
    ours: 'schema',
    compile: (context) => ofType([context.kwargs.text('type_')], context),
  },
  expect_column_values_to_be_in_type_list: {
    ours: 'schema',
    compile: (context) => ofType(context.kwargs.texts('type_list'), context),
  },
}

function nullity(unexpected: string, context: ExpectationContext): MapPlan {
  const { name } = columnOf(context)
  const column = context.dialect.identifier(name)
  return mapPlan({ missing: undefined, unexpected: `${column} ${unexpected}`, shown: [name] }, context)
}

/** Every value passes every rule. */
function ofRules(ours: string, rules: MakeRules): ExpectationDefinition {
  return { ours, compile: (context) => judged(context, rules, ' and ') }
}

/** Every value passes any of the rules, or all of them, as `match_on` says. */
function ofAnyOrAll(rules: MakeRules): ExpectationDefinition {
  return {
    ours: 'expression',
    compile: (context) =>
      judged(context, rules, context.kwargs.choice('match_on', ['any', 'all']) === 'any' ? ' or ' : ' and '),
  }
}

function judged(context: ExpectationContext, rules: MakeRules, joined: string): MapPlan {
  const { name } = columnOf(context)
  const conditions = rules(context, name).map((rule) => passingRows(rule, undefined, context.dialect))
  if (conditions.length === 0) throw new Refusal('the list of patterns of the expectation is empty')
  return mapPlan(
    {
      missing: `${context.dialect.identifier(name)} is null`,
      unexpected: `not (${conditions.join(joined)})`,
      shown: [name],
    },
    context,
  )
}

function setOf(context: ExpectationContext): readonly Scalar[] {
  return fittingValues(context.kwargs.values('value_set'), columnOf(context).type)
}

/** Bounds between which something may lie. */
function rangeOf(kwargs: Kwargs) {
  requireOrder(kwargs.value('min_value'), kwargs.value('max_value'))
  return boundsOf(kwargs, (name) => kwargs.value(name))
}

/** `min_value` and `max_value`, of which one may be missing. */
function boundsOf<T extends Value>(kwargs: Kwargs, read: (name: string) => T | undefined) {
  const [min, max] = [read('min_value'), read('max_value')]
  if (min === undefined && max === undefined) {
    throw new Refusal('min_value and max_value cannot both be None')
  }
  return {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    inclusive: inclusiveOf(kwargs),
  }
}

/** Which bounds `strict_min` and `strict_max` leave in. */
export function inclusiveOf(kwargs: Kwargs): Inclusive {
  const [strictMin, strictMax] = [kwargs.flag('strict_min'), kwargs.flag('strict_max')]
  if (strictMin) return strictMax ? false : 'max'
  return strictMax ? 'min' : true
}

function zScores(context: ExpectationContext): MapPlan {
  const { kwargs, dialect, from, where } = context
  const { name } = columnOf(context)
  const column = dialect.identifier(name)
  const isDouble = kwargs.raw('double_sided') === undefined || kwargs.flag('double_sided')
  const threshold = kwargs.number('threshold')
  const number = `cast(${column} as double precision)`
  const rows = where === undefined ? from : `${from} where ${where}`
  const of = (aggregate: string) => `(select ${aggregate}(${number}) from ${rows})`
  const score = `(${number} - ${of('avg')}) / nullif(${of('stddev_samp')}, 0)`
  const under = isDouble
    ? `abs(${score}) < ${dialect.literal(Math.abs(threshold))}`
    : `${score} < ${dialect.literal(threshold)}`
  return mapPlan(
    { missing: `${column} is null`, unexpected: `not coalesce(${under}, false)`, shown: [name] },
    context,
  )
}

function ofType(wanted: readonly string[], context: ExpectationContext) {
  const { dialect } = context
  const { type } = columnOf(context)
  const own = dialect.typeName(type)
  const names = new Set(
    [own, own.replace(/\(.*/, ''), logicalTypeName(type), ...(PYTHON_NAMES[type.kind] ?? [])].map((name) =>
      name.toLowerCase(),
    ),
  )
  const success = wanted.some((name) => names.has(name.toLowerCase().replace(/^.*\./, '')))
  return {
    kind: 'aggregate' as const,
    metrics: [],
    judge: () => ({ success, result: { observed_value: own } }),
  }
}

/** What pandas, NumPy, Spark and SQLAlchemy call the types, so that suites made for them go on to work. */
const PYTHON_NAMES: Readonly<Partial<Record<string, readonly string[]>>> = {
  boolean: ['bool', 'bool_', 'boolean', 'BooleanType'],
  int8: ['int8', 'ByteType', 'int', 'integer'],
  int16: ['int16', 'ShortType', 'int', 'integer', 'SmallInteger'],
  int32: ['int32', 'IntegerType', 'int', 'integer', 'int4'],
  int64: ['int64', 'LongType', 'int', 'integer', 'BigInteger', 'int8'],
  float32: ['float32', 'FloatType', 'float', 'real'],
  float64: ['float64', 'DoubleType', 'float', 'double', 'double_precision'],
  decimal: ['decimal', 'DecimalType', 'numeric'],
  text: ['str', 'str_', 'string', 'object', 'object_', 'StringType', 'varchar', 'text'],
  date: ['date', 'DateType'],
  timestamp: ['datetime64', 'datetime64[ns]', 'Timestamp', 'TimestampType', 'datetime', 'timestamp'],
  timestamptz: ['DatetimeTZDtype', 'Timestamp', 'TimestampType', 'datetime', 'timestamp', 'timestamptz'],
}
