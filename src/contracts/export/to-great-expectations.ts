import { type ContractObject, type ContractProperty, columnOf, primaryKeyOf } from '../contract.ts'
import type { ContractQuality, Demand } from '../contract-quality.ts'
import type { Exporter } from './exported.ts'

interface Expectation {
  readonly type: string
  readonly kwargs: Readonly<Record<string, unknown>>
}

/** A suite of Great Expectations (1.x) of the contract's object, which is to have but one. */
export const toGreatExpectations: Exporter = (contract) => {
  const lost = new Set<string>()
  const [object, ...more] = contract.objects
  for (const { name } of more) lost.add(`the object ${name}: a suite is about one`)
  const expectations = object === undefined ? [] : ofObject(object, lost)
  if (contract.sla.length > 0) lost.add('service levels')
  const suite = { name: contract.name, expectations, meta: { contract_version: contract.version } }
  const asNumber = (_key: string, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)
  return { text: `${JSON.stringify(suite, asNumber, 2)}\n`, lost: [...lost] }
}

function ofObject(object: ContractObject, lost: Set<string>): readonly Expectation[] {
  const key = primaryKeyOf(object).map(columnOf)
  const compound: readonly Expectation[] =
    key.length > 1 ? [{ type: 'expect_compound_columns_to_be_unique', kwargs: { column_list: key } }] : []
  if (object.relationships.length > 0) lost.add('references')
  return [
    ...object.properties.flatMap((property) =>
      ofProperty(property, key.length === 1 && key[0] === columnOf(property), object.name, lost),
    ),
    ...compound,
    ...object.quality.flatMap((rule) => ofRowCount(rule) ?? leave(rule, object.name, lost)),
  ]
}

function ofProperty(
  property: ContractProperty,
  isKey: boolean,
  object: string,
  lost: Set<string>,
): readonly Expectation[] {
  const column = columnOf(property)
  const expect = (type: string, kwargs: object = {}): Expectation => ({ type, kwargs: { column, ...kwargs } })
  const { required, primaryKey, unique, options } = property
  const { minLength, maxLength, pattern, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = options
  const given = (kwargs: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(Object.entries(kwargs).filter(([, value]) => value !== undefined))
  const low = exclusiveMinimum ?? minimum
  const high = exclusiveMaximum ?? maximum
  const range = given({
    min_value: low,
    max_value: high,
    strict_min: exclusiveMinimum === undefined ? undefined : true,
    strict_max: exclusiveMaximum === undefined ? undefined : true,
  })
  const lengths = given({ min_value: minLength, max_value: maxLength })
  return [
    expect('expect_column_to_exist'),
    ...(required || primaryKey ? [expect('expect_column_values_to_not_be_null')] : []),
    ...(unique || isKey ? [expect('expect_column_values_to_be_unique')] : []),
    ...(Object.keys(lengths).length === 0
      ? []
      : [expect('expect_column_value_lengths_to_be_between', lengths)]),
    ...(pattern === undefined
      ? []
      : [expect('expect_column_values_to_match_regex', { regex: searched(pattern) })]),
    ...(low === undefined && high === undefined ? [] : [expect('expect_column_values_to_be_between', range)]),
    ...property.quality.flatMap(
      (rule) => ofValues(rule, expect) ?? leave(rule, `${object}.${property.name}`, lost),
    ),
  ]
}

/** Great Expectations matches from the beginning of a text, a contract anywhere. */
function searched(pattern: string): string {
  return pattern.startsWith('^') ? pattern : `.*(?:${pattern})`
}

function ofValues(
  rule: ContractQuality,
  expect: (type: string, kwargs?: object) => Expectation,
): readonly Expectation[] | undefined {
  const mostly = rule.type === 'library' ? mostlyOf(rule) : undefined
  if (rule.type !== 'library' || mostly === undefined) return undefined
  const kwargs = mostly === 1 ? {} : { mostly }
  if (rule.metric === 'nullValues') return [expect('expect_column_values_to_not_be_null', kwargs)]
  if (rule.metric === 'duplicateValues' && mostly === 1) return [expect('expect_column_values_to_be_unique')]
  const { validValues, pattern } = rule.arguments
  if (rule.metric !== 'invalidValues' || (validValues !== undefined && pattern !== undefined))
    return undefined
  if (Array.isArray(validValues))
    return [expect('expect_column_values_to_be_in_set', { value_set: validValues, ...kwargs })]
  if (typeof pattern !== 'string') return undefined
  return [expect('expect_column_values_to_match_regex', { regex: searched(pattern), ...kwargs })]
}

/** The share that must pass, where a demand is one of Great Expectations'. */
function mostlyOf({ demands, unit }: ContractQuality & { readonly type: 'library' }): number | undefined {
  const [demand, ...more] = demands
  if (demand === undefined || more.length > 0) return undefined
  if (demand.is === 'equal' && demand.to === 0) return 1
  return demand.is === 'less or equal' && unit === 'percent' ? 1 - Number(demand.to) / 100 : undefined
}

function ofRowCount(rule: ContractQuality): readonly Expectation[] | undefined {
  if (rule.type !== 'library' || rule.metric !== 'rowCount' || rule.demands.length !== 1) return undefined
  const bounds = wholeBounds(rule.demands[0]!)
  return bounds && [{ type: 'expect_table_row_count_to_be_between', kwargs: bounds }]
}

/** Counts are whole, so that "more than" is "at least one more". */
function wholeBounds(demand: Demand): Readonly<Record<string, number>> | undefined {
  switch (demand.is) {
    case 'equal':
      return typeof demand.to === 'number' ? { min_value: demand.to, max_value: demand.to } : undefined
    case 'greater':
      return { min_value: Math.floor(Number(demand.to)) + 1 }
    case 'greater or equal':
      return { min_value: Number(demand.to) }
    case 'less':
      return { max_value: Math.ceil(Number(demand.to)) - 1 }
    case 'less or equal':
      return { max_value: Number(demand.to) }
    case 'between':
      return { min_value: Number(demand.low), max_value: Number(demand.high) }
    default:
      return undefined
  }
}

function leave(rule: ContractQuality, at: string, lost: Set<string>): readonly Expectation[] {
  const name = rule.name ?? (rule.type === 'library' ? rule.metric : rule.type)
  if (rule.type !== 'text') lost.add(`the rule ${name} of ${at}`)
  return []
}
