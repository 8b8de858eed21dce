import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Field, LogicalType } from '../../src/batch/logical-type.ts'
import { classifyChanges } from '../../src/drift/classify-changes.ts'
import { isReal } from '../../src/drift/column-change.ts'
import { describeChange } from '../../src/drift/describe-change.ts'
import { effectOfChange } from '../../src/drift/effect-of-change.ts'
import { LIKE, nameLikeness } from '../../src/drift/name-likeness.ts'
import type { SchemaChangePolicy } from '../../src/project/schema-changes.ts'

const type = fc.constantFrom<LogicalType>(
  { kind: 'int16' },
  { kind: 'int32' },
  { kind: 'text' },
  { kind: 'date' },
  { kind: 'decimal', precision: 10, scale: 2 },
)
const name = fc.constantFrom('id', 'name', 'full_name', 'fullName', 'email', 'e_mail', 'amount', 'at', 'city')
const columns = fc.uniqueArray(fc.record<Field>({ name, type }), { selector: (field) => field.name })

const fields = (given: Readonly<Record<string, LogicalType['kind']>>): readonly Field[] =>
  Object.entries(given).map(([name, kind]) => ({ name, type: { kind } as LogicalType }))
const said = (
  table: Readonly<Record<string, LogicalType['kind']>>,
  arriving: Readonly<Record<string, LogicalType['kind']>>,
) => classifyChanges(fields(table), fields(arriving)).filter(isReal).map(describeChange)

describe('changes of columns', () => {
  it('name every column of the table once, and every one that arrives once', () => {
    fc.assert(
      fc.property(columns, columns, (table, arriving) => {
        const changes = classifyChanges(table, arriving)
        const old = changes.filter((change) => change.kind !== 'added').map((change) => change.column)
        expect(old).toEqual(table.map((field) => field.name))
        const now = changes.flatMap((change) =>
          change.kind === 'removed' ? [] : change.kind === 'renamed' ? [change.newName] : [change.column],
        )
        expect(now.toSorted()).toEqual(arriving.map((field) => field.name).toSorted())
      }),
    )
  })

  it('are none between equal tables, whatever the order of columns', () => {
    fc.assert(
      fc.property(columns, (table) => {
        const kinds = classifyChanges(table, table.toReversed()).map((change) => change.kind)
        expect(kinds).toEqual(table.map(() => 'unchanged'))
      }),
    )
  })

  it('turn round when old and new change places', () => {
    const turned = { added: 'removed', removed: 'added', renamed: 'renamed', unchanged: 'unchanged' } as const
    fc.assert(
      fc.property(columns, columns, (a, b) => {
        const there = classifyChanges(a, b).flatMap((change) =>
          change.kind in turned ? [turned[change.kind as keyof typeof turned]] : [],
        )
        const back = classifyChanges(b, a).flatMap((change) => (change.kind in turned ? [change.kind] : []))
        expect(there.toSorted()).toEqual(back.toSorted())
      }),
    )
  })

  it('are renames between one column that went and one that came, alike and of one type', () => {
    fc.assert(
      fc.property(columns, columns, (table, arriving) => {
        for (const change of classifyChanges(table, arriving)) {
          if (change.kind !== 'renamed') continue
          expect(arriving.some((field) => field.name === change.column)).toBe(false)
          expect(arriving.find((field) => field.name === change.newName)?.type).toEqual(change.type)
          expect(nameLikeness(change.column, change.newName)).toBeGreaterThanOrEqual(LIKE)
        }
      }),
    )
  })

  it('are told by class', () => {
    expect(
      said(
        { id: 'int32', name: 'text', at: 'date', note: 'text', n: 'float32' },
        { id: 'int64', full_name: 'text', at: 'text', n: 'float64', extra: 'uuid' },
      ),
    ).toEqual([
      'column id is widened from integer to bigint',
      'column name is likely renamed to full_name',
      'column at is changed from date to text',
      'column note is removed',
      'column n is widened from real to double',
      'column extra is added (uuid)',
    ])
  })

  it('are no renames when the type differs, or two columns could be meant', () => {
    expect(said({ name: 'text' }, { full_name: 'json' })).toEqual([
      'column name is removed',
      'column full_name is added (json)',
    ])
    expect(said({ name: 'text' }, { full_name: 'text', first_name: 'text' })).toHaveLength(3)
    expect(said({ full_name: 'text', first_name: 'text' }, { name: 'text' })).toHaveLength(3)
  })
})

describe('likeness of names', () => {
  const word = fc.string({ unit: fc.constantFrom(...'abcXY_ 1é'), maxLength: 12 })

  it('is the same both ways, between 0 and 1, and 1 for a name and itself', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const likeness = nameLikeness(a, b)
        expect(likeness).toBe(nameLikeness(b, a))
        expect(likeness).toBeGreaterThanOrEqual(0)
        expect(likeness).toBeLessThanOrEqual(1)
        if (/[a-zA-Z1é]/.test(a)) expect(nameLikeness(a, a)).toBe(1)
      }),
    )
  })

  it.each([
    ['email', 'e_mail', true],
    ['customerName', 'customer_name', true],
    ['name', 'full_name', true],
    ['zip', 'zip_code', true],
    ['recieved_at', 'received_at', true],
    ['amount', 'total', false],
    ['order_id', 'customer_id', false],
    ['id', 'note', false],
    ['', '', false],
  ])('of %s and %s is enough for a rename: %s', (a, b, expected) => {
    expect(nameLikeness(a, b) >= LIKE).toBe(expected)
  })
})

describe('what loading does about a change', () => {
  const rules = (
    columns: SchemaChangePolicy['columns'],
    removed: SchemaChangePolicy['removed'],
    types: SchemaChangePolicy['types'],
    rejectsNone = false,
  ) => ({
    policy: { tables: 'evolve' as const, columns, types, removed },
    rejectsNone,
    declared: new Set(['stated']),
  })
  const text = { kind: 'text' } as const
  const rename = { kind: 'renamed', column: 'name', newName: 'on', type: text } as const
  const widened = { kind: 'widened', column: 'n', from: { kind: 'int32' }, to: { kind: 'int64' } } as const

  it('follows the policy', () => {
    const added = { kind: 'added', column: 'a', to: text } as const
    const removed = { kind: 'removed', column: 'a', from: text } as const
    const [evolve, freeze, discard] = [
      rules('evolve', 'evolve', 'discard_row'),
      rules('freeze', 'freeze', 'freeze'),
      rules('discard_value', 'evolve', 'discard_row'),
    ]
    expect([evolve, freeze, discard].map((each) => effectOfChange(added, each).holds)).toEqual([
      'never',
      'always',
      'never',
    ])
    const rows = effectOfChange(added, rules('discard_row', 'evolve', 'discard_row'))
    expect(rows).toEqual({ holds: 'never', says: 'is left out; rows with a value in it are rejected' })
    expect(effectOfChange(added, rules('discard_row', 'evolve', 'discard_row', true)).holds).toBe('misfits')
    expect([evolve, freeze].map((each) => effectOfChange(removed, each).holds)).toEqual(['never', 'always'])
    expect([evolve, freeze].map((each) => effectOfChange(widened, each).holds)).toEqual(['never', 'misfits'])
    expect(effectOfChange(widened, rules('evolve', 'evolve', 'discard_row', true)).holds).toBe('misfits')
    expect(effectOfChange({ ...widened, column: 'stated' }, freeze).holds).toBe('never')
  })

  it('holds a rename where either half of it is freezed, and says how to go on', () => {
    expect(effectOfChange(rename, rules('evolve', 'evolve', 'freeze'))).toEqual({
      holds: 'never',
      says: 'on will be added, NULL in older rows, name stays and gets NULL; to go on with the old name, `- rename: {"on": name}` in a stage',
    })
    expect(effectOfChange(rename, rules('evolve', 'freeze', 'freeze')).holds).toBe('always')
    expect(effectOfChange(rename, rules('freeze', 'evolve', 'freeze')).holds).toBe('always')
  })
})
