import type { Dialect } from '../engines/dialect.ts'
import { isValue, type Value } from './kwargs.ts'
import { pandasCondition } from './pandas-condition.ts'
import { Refusal } from './refusal.ts'

/**
 * The `row_condition` of an expectation as SQL, by its `condition_parser`: the language of Great Expectations, pandas' `query`, or SQL
 * (`spark` and engines by name). Conditions of 1.x are documents. A Refusal for what cannot be said in SQL.
 */
export function rowConditionOf(condition: unknown, parser: unknown, dialect: Dialect): string | undefined {
  if (condition === undefined || condition === null || condition === '') return undefined
  if (typeof condition !== 'string') return fromDocument(condition, parser, dialect)
  switch (parser) {
    case undefined:
    case null:
    case 'great_expectations':
    case 'great_expectations__experimental__':
      return fromOwnLanguage(condition, dialect)
    case 'pandas':
    case 'python':
      return pandasCondition(condition, dialect)
    case 'spark':
    case 'sql':
    case 'duckdb':
    case 'postgres':
    case 'postgresql':
      return condition
        .replaceAll(/`([^`]+)`/g, (_, name: string) => dialect.identifier(name))
        .replaceAll('==', '=')
    default:
      throw new Refusal(`the condition_parser ${JSON.stringify(parser)} is not known`)
  }
}

const OWN =
  /^\s*col\("(?<column>[^"]+)"\)\s*(?:(?<notnull>\.notnull\(\))|(?<operator><=|>=|==|!=|<|>)\s*(?<value>.+?))\s*$/i
const NUMBER = /^[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?$/

function fromOwnLanguage(condition: string, dialect: Dialect): string {
  const { column, notnull, operator, value } = OWN.exec(condition)?.groups ?? {}
  if (column === undefined) throw new Refusal(`unable to parse condition: ${condition}`)
  const name = dialect.identifier(column)
  if (notnull !== undefined) return `${name} is not null`
  const text = /^(?:date\()?(["'])(?<text>.*)\1\)?$/.exec(value ?? '')?.groups?.['text']
  if (text === undefined && !NUMBER.test(value ?? ''))
    throw new Refusal(`unable to parse condition: ${condition}`)
  return `${name} ${sqlOperator(operator ?? '')} ${dialect.literal(text ?? Number(value))}`
}

function sqlOperator(operator: string): string {
  if (operator === '==') return '='
  return operator === '!=' ? '<>' : operator
}

function fromDocument(given: unknown, parser: unknown, dialect: Dialect): string {
  const condition = asRecord(given)
  const column = () => dialect.identifier(String(asRecord(condition['column'])['name']))
  switch (condition['type']) {
    case 'nullity':
      return `${column()} is ${condition['is_null'] === true ? '' : 'not '}null`
    case 'comparison':
      return comparison(column(), String(condition['operator']), condition['parameter'], dialect)
    case 'and':
    case 'or': {
      const parts = Array.isArray(condition['conditions']) ? condition['conditions'] : []
      const sql = parts.map((part: unknown) => `(${fromDocument(part, parser, dialect)})`)
      if (sql.length === 0) throw new Refusal('a row_condition joins no conditions')
      return sql.join(` ${condition['type']} `)
    }
    case 'pass_through':
      return rowConditionOf(condition['pass_through_filter'], parser ?? 'pandas', dialect) ?? 'true'
    default:
      throw new Refusal(
        `a row_condition is of the type ${JSON.stringify(condition['type'])}, which is not known`,
      )
  }
}

function comparison(column: string, operator: string, parameter: unknown, dialect: Dialect): string {
  if (Array.isArray(parameter) && parameter.every(isValue)) {
    const list = parameter.map((value: Value) => dialect.literal(value)).join(', ')
    const among = list === '' ? 'false' : `${column} in (${list})`
    return /not/i.test(operator) ? `not (${among})` : among
  }
  if (!isValue(parameter) || !['<', '<=', '>', '>=', '==', '!='].includes(operator)) {
    throw new Refusal(`a row_condition compares by ${operator}, or with what is no value`)
  }
  return `${column} ${sqlOperator(operator)} ${dialect.literal(parameter)}`
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(value))
  }
  throw new Refusal('a row_condition is neither a text nor a condition')
}
