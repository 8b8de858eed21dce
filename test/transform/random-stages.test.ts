import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Field } from '../../src/batch/logical-type.ts'
import { suiteEngine, testEngines } from '../support/engines.ts'
import { type ModelOperation, type ModelRow, model } from './support/plain-stages.ts'
import { shapeRows } from './support/shape-rows.ts'

const fields: readonly Field[] = [
  { name: 'k', type: { kind: 'int32' } },
  { name: 't', type: { kind: 'text' } },
  { name: 'n', type: { kind: 'int32' } },
  { name: 'j', type: { kind: 'text' } },
]

const text = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\u00a0x ',
    'N/A',
    ' n/a',
    '-',
    "o'hara",
    '\\',
    '"q"',
    'é',
    'e\u0301',
    '👩‍👩‍👧',
    '12',
    ' 7',
    '1.5',
    'NaN',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }).map((each) => each.replaceAll('\0', '').toWellFormed()),
  fc.constant('x'.repeat(5000)),
)
const row: fc.Arbitrary<ModelRow> = fc.record({
  k: fc.option(fc.integer({ min: 0, max: 2 }), { nil: null }),
  t: fc.option(text, { nil: null }),
  n: fc.option(fc.constantFrom(-2147483648, -1, 0, 1, 2, 3, 2147483647), { nil: null }),
  j: fc.option(
    fc.constantFrom('[]', '[1]', '[1, 2, 3]', '["a", 4]', '[null, 5]', '{}', 'no', '[1', '["2"]'),
    { nil: null },
  ),
})

const operation: fc.Arbitrary<ModelOperation> = fc.oneof(
  fc.constant({ kind: 'trim' } as const),
  fc.constant({ kind: 'null_if' } as const),
  fc.constant({ kind: 'fill' } as const),
  fc.record({
    kind: fc.constant('require' as const),
    onNull: fc.constantFrom('drop' as const, 'quarantine' as const),
  }),
  fc.constant({ kind: 'filter' } as const),
  fc.record({ kind: fc.constant('dedupe' as const), descending: fc.boolean() }),
  fc.record({
    kind: fc.constant('cast' as const),
    onMisfit: fc.constantFrom('null' as const, 'quarantine' as const),
  }),
  fc.record({
    kind: fc.constant('explode' as const),
    onMisfit: fc.constantFrom('null' as const, 'quarantine' as const),
    onEmpty: fc.constantFrom('keep' as const, 'drop' as const),
  }),
  fc.constant({ kind: 'window' } as const),
)
const last: fc.Arbitrary<readonly ModelOperation[]> = fc.oneof(
  fc.constant([]),
  fc.constant([{ kind: 'rollup' } as const]),
  fc
    .record({
      kind: fc.constant('unpivot' as const),
      nulls: fc.constantFrom('keep' as const, 'drop' as const),
    })
    .map((each) => [each]),
)

describe.each(Object.keys(testEngines))('stages on %s', (name) => {
  const test = suiteEngine(name)

  it('leave the rows and the ledger that a plain model has, whatever the operations and their order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 10 }),
        fc.array(operation, { maxLength: 5 }),
        last,
        async (rows, first, end) => {
          const expected = model(rows, [...first, ...end])
          const given = rows.map(({ k = null, t = null, n = null, j = null }) => [k, t, n, j])
          const {
            rows: left,
            reasons,
            ...counts
          } = await shapeRows(test.engine, fields, given, expected.yaml)
          const rejected = Object.values(reasons).reduce((sum, count) => sum + count, 0)
          const order = (list: readonly unknown[]) => list.map((each) => JSON.stringify(each)).toSorted()
          expect(order(left)).toEqual(order(expected.rows))
          expect({ ...counts, rejected }).toEqual(expected.counts)
          const { filtered, deduplicated, folded, expanded } = counts
          expect(left.length + filtered + deduplicated + folded + rejected).toBe(rows.length + expanded)
        },
      ),
      { numRuns: 40 },
    )
  })
})
