import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Contract } from '../../src/contracts/contract.ts'
import { breaksConsumers, together } from '../../src/contracts/diff/contract-change.ts'
import { diffContracts } from '../../src/contracts/diff/diff-contracts.ts'
import { judgePolicy } from '../../src/contracts/diff/judge-policy.ts'
import { read } from '../project/contracts/read.ts'
import { FULL, SHORT } from '../project/contracts/texts.ts'

const contract = (text: string): Contract => {
  const { contract, said } = read(text)
  if (contract === undefined || said.some((line) => !line.startsWith('WW18')))
    throw new Error(said.join('\n'))
  return contract
}
const changed = (from: string, to: string) => {
  expect(FULL).toContain(from)
  return FULL.replace(from, () => to)
}
const diff = (before: string, after: string) =>
  diffContracts(contract(before), contract(after)).map(
    ({ at, compatibility, what }) => `${compatibility} ${at}: ${what}`,
  )

describe('a change of a contract', () => {
  it.each([
    ['nothing but words', 'description: One order.', 'description: An order.', []],
    [
      'a wider type',
      'physicalType: bigint',
      'physicalType: hugeint',
      ['backward orders.order_id: the type is int128, and was int64'],
    ],
    [
      'a narrower type',
      'physicalType: bigint',
      'physicalType: integer',
      ['forward orders.order_id: the type is int32, and was int64'],
    ],
    [
      'another type',
      'physicalType: bigint',
      'physicalType: date',
      ['breaking orders.order_id: the type is date, and was int64'],
    ],
    [
      'a number for an integer',
      '- name: customer_id\n        logicalType: integer',
      '- name: customer_id\n        logicalType: number',
      ['backward orders.customer_id: the type is number, and was integer'],
    ],
    [
      'an optional column',
      '    quality:\n      - {metric: rowCount',
      '      - {name: note, logicalType: string}\n    quality:\n      - {metric: rowCount',
      ['full orders.note: an optional property is added'],
    ],
    [
      'a required column',
      '    quality:\n      - {metric: rowCount',
      '      - {name: note, logicalType: string, required: true}\n    quality:\n      - {metric: rowCount',
      ['forward orders.note: a required property is added'],
    ],
    [
      'a column less',
      '      - name: ordered_at\n        logicalType: timestamp\n        logicalTypeOptions: {timezone: true}\n',
      '',
      ['backward orders.ordered_at: the property is removed'],
    ],
    [
      'a renamed column',
      'physicalName: order_amount',
      'physicalName: total',
      ['breaking orders.amount: the column order_amount is called total'],
    ],
    [
      'a value that may be missing',
      'logicalType: integer\n        required: true\n      - name: status',
      'logicalType: integer\n      - name: status',
      ['backward orders.customer_id: it is not required any more'],
    ],
    [
      'a longer text',
      'maxLength: 20',
      'maxLength: 30',
      ['backward orders.status: maxLength is 30, and was 20'],
    ],
    ['a greater minimum', 'minimum: 0,', 'minimum: 1,', ['forward orders.amount: minimum is 1, and was 0']],
    [
      'another pattern',
      "pattern: '^[a-z]+$'",
      "pattern: '^[a-y]+$'",
      ['breaking orders.status: pattern is ^[a-y]+$, and was ^[a-z]+$'],
    ],
    [
      'a value more',
      'validValues: [placed, shipped]',
      'validValues: [placed, shipped, lost]',
      ['backward orders.status: the rule "invalidValues" demands other values than before'],
    ],
    [
      'a value less',
      'validValues: [placed, shipped]',
      'validValues: [placed]',
      ['forward orders.status: the rule "invalidValues" demands other values than before'],
    ],
    [
      'a looser rule',
      'mustBeBetween: [120, 100]',
      'mustBeBetween: [90, 120]',
      ['backward orders: the rule "rowCount" demands other values than before'],
    ],
    [
      'a stricter rule',
      'mustBeLessThan: 1',
      'mustBeLessThan: 0.5',
      ['forward orders.status: the rule "nullValues" demands other values than before'],
    ],
    [
      'a rule less',
      '      - {metric: rowCount, mustBeBetween: [120, 100]}\n',
      '',
      ['backward orders: the rule "rowCount" is removed'],
    ],
    [
      'another key',
      'primaryKey: true',
      'primaryKey: false',
      ['backward orders: the primary key is (), and was (order_id)'],
    ],
    [
      'older data',
      'value: 4, unit: h',
      'value: 5, unit: h',
      ['backward orders: latency is 5 h, and was 4 h'],
    ],
    ['the same time in other words', 'value: 4, unit: h', 'value: 240, unit: min', []],
    [
      'data kept for longer',
      'value: 3, unit: y',
      'value: 4, unit: y',
      ['forward orders: retention is 4 y, and was 3 y'],
    ],
    [
      'a reference less',
      '    relationships:\n      - {from: orders.customer_id, to: customers.id}\n',
      '',
      ['backward orders: the reference from customer_id to customers.id is removed'],
    ],
    [
      'a part of a list',
      '{name: sku, logicalType: string, required: true}',
      '{name: sku, logicalType: integer, required: true}',
      ['breaking orders.lines[].sku: the type is integer, and was string'],
    ],
    [
      'another class',
      'classification: internal',
      'classification: confidential',
      ['full orders.amount: it is classified as confidential, and was internal'],
    ],
    [
      'another table',
      'physicalName: fct_orders',
      'physicalName: fct_order',
      ['breaking orders: the table fct_orders is called fct_order'],
    ],
  ])('is told and judged: %s', (_what, from, to, expected) => {
    expect(diff(FULL, changed(from, to))).toEqual(expected)
  })

  it('knows a property by its id, whatever it is called now', () => {
    const before = changed('- name: status', '- id: st\n        name: status')
    expect(diff(before, before.replace('name: status', 'name: state'))).toEqual([
      'breaking orders.state: the column status is called state',
    ])
  })

  const texts = [
    FULL,
    SHORT,
    changed('physicalType: bigint', 'physicalType: integer'),
    changed('maxLength: 20', 'maxLength: 30'),
    changed('required: true\n      - name: customer_id', 'required: false\n      - name: customer_id'),
    changed('validValues: [placed, shipped]', 'validValues: [placed]'),
    changed('value: 4, unit: h', 'value: 1, unit: d'),
  ]
  it('is the other way round the other way round', () => {
    const mirrored = { full: 'full', breaking: 'breaking', forward: 'backward', backward: 'forward' } as const
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.constantFrom(...texts), (one, other) => {
        const [there, back] = [
          diffContracts(contract(one), contract(other)),
          diffContracts(contract(other), contract(one)),
        ]
        const isOneWay = (changes: typeof there) =>
          changes.filter(({ compatibility }) => compatibility !== 'full')
        // What is added as optional is removed the other way, which readers of the table notice.
        const optional =
          there.some(({ compatibility }) => compatibility === 'full') ||
          back.some(({ compatibility }) => compatibility === 'full')
        if (!optional) expect(mirrored[together(there)]).toBe(together(back))
        expect(isOneWay(there).length > 0 || isOneWay(back).length > 0).toBe(there.length + back.length > 0)
        expect(diffContracts(contract(one), contract(one))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})

describe('the policy of a contract', () => {
  const breaking = changed('physicalName: order_amount', 'physicalName: total')
  const judge = (before: string, after: string | undefined, notified?: string) => {
    const [old, next] = [contract(before), after === undefined ? undefined : contract(after)]
    const changes = next ? diffContracts(old, next) : []
    expect(after === undefined || after === before || changes.some(breaksConsumers)).toBe(true)
    return judgePolicy({ before: old, after: next, changes, notified, now: '2026-11-21T12:00:00Z' })
  }
  const policy = (text: string, name: string) => text.replace('value: notify-30-days', `value: ${name}`)
  const version = (text: string, name: string) => text.replace('version: 1.1.0', `version: ${name}`)

  it('wants consumers to know thirty days before', () => {
    const after = version(breaking, '1.2.0')
    expect(judge(FULL, after)).toEqual([
      '1 of the changes breaks who reads by the old contract, and its policy asks that finance, crm, #orders know of it 30 days before: say when they were told with --notified',
    ])
    expect(judge(FULL, after, '2026-11-01')).toEqual([
      '1 of the changes breaks who reads by the old contract, and finance, crm, #orders have known of it for 20 of 30 days',
    ])
    expect(judge(FULL, after, '2026-10-22')).toEqual([])
    expect(judge(FULL, undefined)).toHaveLength(1)
  })

  it('wants a new major version, or no break at all', () => {
    const bump = policy(FULL, 'version-bump')
    expect(judge(bump, version(policy(breaking, 'version-bump'), '1.2.0'))).toEqual([
      '1 of the changes breaks who reads by the old contract, and its policy asks for a new major version, 2.0.0',
    ])
    expect(judge(bump, version(policy(breaking, 'version-bump'), '2.0.0'))).toEqual([])
    // The policy that was agreed on holds, and not the one that comes with the change.
    expect(judge(policy(FULL, 'never-break'), version(breaking, '2.0.0'), '2020-01-01')).toEqual([
      '1 of the changes breaks who reads by the old contract, and its policy is never to break them',
    ])
  })

  it('wants a higher version for every change', () => {
    expect(judge(FULL, breaking, '2020-01-01')).toEqual(['the version is 1.1.0 as before: raise it'])
    expect(judge(FULL, version(breaking, '1.0.9'), '2020-01-01')).toEqual([
      'the version 1.0.9 is lower than 1.1.0',
    ])
    expect(judge(FULL, FULL)).toEqual([])
  })
})
