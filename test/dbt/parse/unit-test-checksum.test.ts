import { expect, it } from 'vitest'
import { unitTestChecksum } from '../../../src/dbt/parse/unit-test-checksum.ts'
import { PyFloat } from '../../../src/jinja/values/float.ts'

const none = {
  model: 'm',
  versions: null,
  given: [],
  expect: { rows: [], format: 'dict', fixture: null },
  overrides: null,
} as const

/** The sums are those of dbt-core 1.10.23 for the same tests. */
it.each([
  ['nothing', none, 'f391f0fe906934eb6544218d390621e6592fb5391f664cabae7233acd7c00648'],
  [
    'every kind of value',
    {
      ...none,
      versions: { include: [1, '2'], exclude: null },
      given: [
        {
          input: "ref('x')",
          rows: [
            { f: new PyFloat(1), g: 1.5, i: 1, n: null, b: true, s: "it's", e: 'é', c: 'a\nb\u200b\u0007' },
          ],
          format: 'dict',
          fixture: null,
        },
        { input: 'this', rows: 'select 1 as id', format: 'sql', fixture: 'file' },
      ],
      expect: { rows: [{ a: '1' }], format: 'csv', fixture: null },
      overrides: { macros: { is_incremental: true }, vars: { a: 1 }, env_vars: {} },
    },
    '296bc29c98e0df47a0c19d6b0535df9ca9319ff8bcfd27c2e7e045915893db6a',
  ],
] as const)('is dbt’s checksum of %s', (_what, test, sum) => {
  expect(unitTestChecksum(test)).toBe(sum)
})
