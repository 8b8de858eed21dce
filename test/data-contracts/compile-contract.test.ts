import { describe, expect, it } from 'vitest'
import { compileContract } from '../../src/contracts/compile-contract.ts'
import type { Contract } from '../../src/contracts/contract.ts'
import { duckDbDialect } from '../../src/engines/duckdb/duckdb-dialect.ts'
import { postgresDialect } from '../../src/engines/postgres/postgres-dialect.ts'
import { describeRule } from '../../src/quality/describe-rule.ts'
import { read } from '../project/contracts/read.ts'
import { FULL, SHORT } from '../project/contracts/texts.ts'

function compiled(contract: Contract | undefined, dialect = duckDbDialect) {
  const bound = contract!.objects.map((object) => ({
    object,
    dataset: `model.shop.${object.name}`,
    relation: { schema: 'marts', name: object.physicalName ?? object.name },
  }))
  return compileContract(contract!, bound, dialect)
}

/** Each check as a person would read it. */
function listed(contract: Contract | undefined, dialect = duckDbDialect): string {
  const { checks, unchecked } = compiled(contract, dialect)
  const lines = [...checks.values()].flat().map(({ check, column }) => {
    const { name, rule, severity, priority } = check
    return `${severity}${priority ? ` ${priority}` : ''}  ${name}${column ? ` (${column})` : ''}\n    ${describeRule(rule)}\n    ${JSON.stringify(rule)}`
  })
  const told = unchecked.map(({ message, isError }) => `${isError ? 'error' : 'warning'}  ${message}`)
  return [...lines, ...told, ''].join('\n')
}

describe('what a contract compiles to', () => {
  it('is what its schema, rules and service levels say', async () => {
    await expect(listed(read(FULL).contract)).toMatchFileSnapshot('golden/full-checks.txt')
    await expect(listed(read(SHORT).contract, postgresDialect)).toMatchFileSnapshot('golden/short-checks.txt')
  })

  it('only warns while it is a draft, and is nothing once it is retired', () => {
    const severities = (status: string) => {
      const { checks } = compiled(read(FULL.replace('status: active', `status: ${status}`)).contract)
      return new Set([...checks.values()].flat().map(({ check }) => check.severity))
    }
    expect(severities('draft')).toEqual(new Set(['warn']))
    expect(severities('active')).toEqual(new Set(['error', 'warn']))
    expect(severities('retired').size).toBe(0)
  })

  it.each([
    ['P0', 'error', 'P0'],
    ['p2', 'warn', 'P2'],
    ['critical', 'error', undefined],
    ['Warning', 'warn', undefined],
  ])('takes the severity %s for %s', (word, severity, priority) => {
    const text = FULL.replace('severity: warning', `severity: ${word}`)
    const check = [...compiled(read(text).contract).checks.values()]
      .flat()
      .find((each) => each.check.rule.rule === 'metric' && each.column === 'status')
    expect(check?.check).toMatchObject({ severity, ...(priority && { priority }) })
  })

  it('says what cannot be run, as an error', () => {
    const text = FULL.replace(
      'select count(*) from {object} where order_amount < 0',
      'select count(*) from secrets',
    )
    const messages = compiled(read(text).contract).unchecked.filter(({ isError }) => isError)
    expect(messages.map(({ message }) => message)).toEqual([
      `the rule "no negative amounts" has a query that may not be run: it reads secrets, which is none of the contract's objects`,
    ])
  })
})
