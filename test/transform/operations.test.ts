import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Field, LogicalType } from '../../src/batch/logical-type.ts'
import type { Scalar } from '../../src/engines/dialect.ts'
import { operationNamed, operationNames } from '../../src/transform/operation-table.ts'
import { suiteEngine, testEngines } from '../support/engines.ts'
import { operationsOf, STAGE_KEY, shapeRows } from './support/shape-rows.ts'

const column = (name: string, kind: Exclude<LogicalType['kind'], 'decimal'>): Field => ({
  name,
  type: { kind },
})
const a = [column('a', 'text')]

describe.each(Object.keys(testEngines))('operations on %s', (name) => {
  const test = suiteEngine(name)
  const shape = (fields: readonly Field[], rows: readonly (readonly Scalar[])[], yaml: string) =>
    shapeRows(test.engine, fields, rows, yaml)
  const values = async (texts: readonly Scalar[], operation: string) => {
    const { rows, reasons } = await shape(
      a,
      texts.map((each) => [each]),
      `- ${operation}`,
    )
    return { left: rows.map((row) => row['a']), reasons }
  }

  it('email: domains in lower case, local parts as they are, and what is no address', async () => {
    const good = [' Ann.Lee@Example.COM ', "o'hara+x@a-b.co.uk", 'jörg@bücher.example', null]
    const bad = [
      '',
      'ann',
      'a@b',
      'a b@c.de',
      '.a@b.de',
      'a..b@c.de',
      'a@-b.de',
      'a@b-.de',
      'a@@b.de',
      '"q"@b.de',
      `${'x'.repeat(260)}@b.de`,
      'a@b.de\nc@d.de',
    ]
    expect(await values(good, 'email: a')).toEqual({
      left: ['Ann.Lee@example.com', "o'hara+x@a-b.co.uk", 'jörg@bücher.example', null],
      reasons: {},
    })
    expect(await values(bad, 'email: a')).toEqual({
      left: [],
      reasons: { 'column a is no email address': bad.length },
    })
    expect((await values(bad, 'email: {columns: a, on_misfit: null}')).left).toEqual(bad.map(() => null))
    expect((await values(bad, 'email: {columns: a, on_misfit: keep}')).left).toEqual(bad)
  })

  it.each([
    ['alpha-2', ['DE', 'US', 'GB', 'CI', 'KR', 'GB', 'TR']],
    ['alpha-3', ['DEU', 'USA', 'GBR', 'CIV', 'KOR', 'GBR', 'TUR']],
    ['numeric', ['276', '840', '826', '384', '410', '826', '792']],
    [
      'name',
      [
        'Germany',
        'United States',
        'United Kingdom',
        'Côte d’Ivoire',
        'South Korea',
        'United Kingdom',
        'Türkiye',
      ],
    ],
  ])('country to %s, from codes and names', async (to, expected) => {
    const texts = [' germany', 'U.S.A.', 'UK', 'Côte d’Ivoire', '410', 'gbr', 'TURKEY', 'Nowhere', null]
    const { left, reasons } = await values(texts, `country: {columns: a, to: ${to}}`)
    expect(left).toEqual([...expected, null])
    expect(reasons).toEqual({ 'column a is no country': 1 })
  })

  it('country in other languages, of which none may overrule a code', async () => {
    const { left } = await values(
      ['Deutschland', 'Allemagne', 'Frankreich', 'IS', 'is'],
      'country: {columns: a, languages: [de, fr]}',
    )
    expect(left).toEqual(['DE', 'DE', 'FR', 'IS', 'IS'])
  })

  it('phone: by the plan of a country, and what is no number by it', async () => {
    const good = ['+44 20 7946 0018', ' (020) 7946 0018', '0033 6 12 34 56 78', 'tel:+81-90-1234-5678', null]
    expect(await values(good, 'phone: {columns: a, country: gb}')).toEqual({
      left: ['+442079460018', '+442079460018', '+33612345678', '+819012345678', null],
      reasons: {},
    })
    const bad = ['', 'call me', '020 7946', '+44 20 7946 0018 ext. 12', '+99 123 456 789', '++']
    expect(await values(bad, 'phone: {columns: a, country: GB}')).toEqual({
      left: [],
      reasons: { 'column a is no phone number': bad.length },
    })
    expect((await values(bad, 'phone: {columns: a, on_misfit: null}')).left).toEqual(bad.map(() => null))
    expect((await values(bad, 'phone: {columns: a, on_misfit: keep}')).left).toEqual(bad)
    expect((await values(['020 7946 0018'], 'phone: a')).reasons).toEqual({
      'column a is no phone number': 1,
    })
  })

  it('phone: by the country of the row, with its extension beside it, after rows were made and left out', async () => {
    const fields = [...a, column('c', 'text'), column('n', 'int64')]
    const { rows, reasons, filtered } = await shape(
      fields,
      [
        ['06 12 34 56 78', ' fr ', 2133734253],
        ['(020) 7946 0018 x 7', null, null],
        ['0612345678', 'ZZ', null],
        ['06 12 34 56 78', 'GB', 2133734253],
        ['left out', 'GB', 1],
      ],
      "- filter: a <> 'left out'\n- phone: {columns: a, country: GB, country_from: c, extension_to: x, on_misfit: quarantine}\n- phone: {columns: n, country: US, on_misfit: null}",
    )
    expect({ rows, reasons, filtered }).toEqual({
      rows: [
        { a: '+33612345678', c: ' fr ', n: '+12133734253', x: null },
        { a: '+442079460018', c: null, n: null, x: '7' },
      ],
      reasons: { 'column a is no phone number': 2 },
      filtered: 1,
    })
  })

  it('keyed_hash: the HMAC of texts, wherever they stand, and what is done with it', async () => {
    const texts = ['ada', 'grace', 'ada', '', null, 'été', 'a', 'b', 'c', 'd']
    const hmac = (text: string) =>
      `k1:${createHmac('sha256', Buffer.from(STAGE_KEY, 'hex')).update(text).digest('hex')}`
    const fields = [...a, column('n', 'int64')]
    const { rows } = await shape(
      fields,
      texts.map((text, index) => [text, index % 2]),
      '- keyed_hash: [a, n]\n- upper: a\n- dedupe: {keys: a}',
    )
    const left = ['grace', 'ada', '', null, 'été', 'a', 'b', 'c', 'd']
    expect(rows).toEqual(
      left.map((text) => ({
        a: text && hmac(text).toUpperCase(),
        n: hmac(String(texts.lastIndexOf(text) % 2)),
      })),
    )
  })

  it('currency', async () => {
    const { left, reasons } = await values([' eur', 'USD', 'EURO', '', null], 'currency: a')
    expect(left).toEqual(['EUR', 'USD', null])
    expect(reasons).toEqual({ 'column a is no code of a currency': 2 })
  })

  it('normalize, hash and units', async () => {
    const fields = [...a, column('n', 'float64')]
    const { rows } = await shape(
      fields,
      [
        ['e\u0301', 212],
        [null, null],
      ],
      '- normalize: a\n- hash: {columns: a, into: h}\n- hash: {columns: [a, n], into: both}\n- units: {column: n, from: F, to: C, into: c}',
    )
    const sha = createHash('sha256').update('é').digest('hex')
    expect(rows).toEqual([
      { a: 'é', n: 212, h: sha, both: expect.stringMatching(/^[0-9a-f]{64}$/), c: expect.closeTo(100, 9) },
      { a: null, n: null, h: null, both: createHash('sha256').update('--').digest('hex'), c: null },
    ])
  })

  it('hash tells the values of several columns apart, wherever one ends', async () => {
    const fields = [...a, column('b', 'text')]
    const rows = [
      ['1', '1'],
      ['11', ''],
      ['', '11'],
      ['11', null],
      [null, '11'],
      ['1:1', ''],
      ['-', ''],
      [null, null],
    ]
    const shaped = await shape(fields, rows, '- hash: {columns: [a, b], into: h}')
    expect(new Set(shaped.rows.map((row) => row['h'])).size).toBe(rows.length)
  })

  describe('time_zone', () => {
    const fields = [column('t', 'timestamp')]
    const moments = async (times: readonly string[], more = '') => {
      const zoned = await shape(
        fields,
        times.map((each) => [each]),
        `- time_zone: {columns: t, from: Europe/Paris${more}}`,
      )
      return { left: zoned.rows.map((row) => row['t']), reasons: zoned.reasons }
    }

    it('goes by the rules of daylight saving', async () => {
      const { left } = await moments([
        '2026-01-01 12:00:00',
        '2026-07-01 12:00:00',
        '2026-10-25 02:30:00',
        '2026-03-29 02:30:00',
        '1900-01-01 00:00:00',
      ])
      expect(left.slice(0, 4)).toEqual([
        '2026-01-01T11:00:00Z',
        '2026-07-01T10:00:00Z',
        '2026-10-25T00:30:00Z',
        '2026-03-29T01:30:00Z',
      ])
    })

    it('does by its rules with times that there were twice, or never', async () => {
      const times = ['2026-10-25 02:30:00', '2026-03-29 02:30:00', '2026-10-25 03:00:00']
      expect(await moments(times, ', on_ambiguous: later, on_skipped: null')).toEqual({
        left: ['2026-10-25T01:30:00Z', null, '2026-10-25T02:00:00Z'],
        reasons: {},
      })
      expect(await moments(times, ', on_ambiguous: quarantine, on_skipped: quarantine')).toEqual({
        left: ['2026-10-25T02:00:00Z'],
        reasons: {
          'column t: the clocks of Europe/Paris showed the time twice': 1,
          'column t: the clocks of Europe/Paris never showed the time': 1,
        },
      })
      await expect(moments(times, ', on_skipped: fail')).rejects.toThrow('never showed the time (1 row)')
    })

    it('gives moments at which the clocks of the zone showed the time', async () => {
      const hour = fc.integer({ min: 0, max: 24 * 366 * 20 })
      await fc.assert(
        fc.asyncProperty(
          fc.array(hour, { minLength: 1, maxLength: 20 }),
          fc.constantFrom('America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Apia'),
          async (hours, zone) => {
            const local = hours.map((each) =>
              new Date(Date.UTC(2005, 0, 1) + each * 3_600_000).toISOString().slice(0, 19),
            )
            const { rows, reasons } = await shape(
              fields,
              local.map((each) => [each]),
              `- derive: {column: l, expression: t}\n- time_zone: {columns: t, from: ${zone}, on_skipped: quarantine}`,
            )
            expect(
              rows.length + (reasons[`column t: the clocks of ${zone} never showed the time`] ?? 0),
            ).toBe(local.length)
            const clock = new Intl.DateTimeFormat('sv', {
              timeZone: zone,
              dateStyle: 'short',
              timeStyle: 'medium',
            })
            for (const row of rows) {
              expect(clock.format(new Date(String(row['t'])))).toBe(
                String(row['l']).replace('T', ' ').slice(0, 19),
              )
            }
          },
        ),
        { numRuns: 15 },
      )
    })
  })

  describe('pivot', () => {
    const fields = [column('id', 'int32'), column('m', 'text'), column('v', 'int32')]
    const rows = [
      [1, 'x', 10],
      [1, 'y', 20],
      [2, 'x', 30],
      [2, null, 5],
    ]

    it('gives a column to each value, and folds rows', async () => {
      const pivoted = await shape(
        fields,
        rows,
        `- pivot: {by: id, column: m, value: v, values: {x: first, y: second}, on_other: ignore}`,
      )
      expect(pivoted.rows).toEqual([
        { id: 1, first: 10, second: 20 },
        { id: 2, first: 30, second: null },
      ])
      expect(pivoted.folded).toBe(2)
    })

    it('rejects, or holds the load for, a value that it does not name', async () => {
      const said = 'column m has a value that pivot does not name'
      const pivot = (rule: string) =>
        shape(fields, rows, `- pivot: {by: id, column: m, value: v, values: [x, y]${rule}}`)
      expect(await pivot(', on_other: quarantine')).toMatchObject({ reasons: { [said]: 1 }, folded: 1 })
      await expect(pivot('')).rejects.toThrow(said)
    })

    it('holds a load in which a value comes twice, unless a function says what that makes', async () => {
      const twice = [...rows.slice(0, 3), [1, 'x', 1]]
      await expect(
        shape(fields, twice, '- pivot: {by: id, column: m, value: v, values: [x, y]}'),
      ).rejects.toThrow('two rows')
      const summed = await shape(
        fields,
        twice,
        '- pivot: {by: id, column: m, value: v, values: [x], function: sum, on_other: ignore}',
      )
      expect(summed.rows).toEqual([
        { id: 1, x: 11 },
        { id: 2, x: 30 },
      ])
    })
  })

  it('a row that was folded cannot be rejected: it holds the load', async () => {
    const fields = [column('k', 'text'), column('n', 'int32')]
    const said = 'rollup: {by: k, measures: {n: sum(n)}}\n- cast: {k: integer}'
    await expect(
      shape(
        fields,
        [
          ['a', 1],
          ['a', 2],
        ],
        `- ${said}`,
      ),
    ).rejects.toThrow('in a row that stands for several')
  })

  it('a second dedupe, and a filter over groups, count what they leave out', async () => {
    const fields = [column('k', 'int32'), column('n', 'int32')]
    const shaped = await shape(
      fields,
      [
        [1, 1],
        [1, 2],
        [2, 5],
        [3, 9],
      ],
      '- dedupe: [k, n]\n- rollup: {by: k, measures: {n: sum(n)}}\n- filter: n > 3\n- rollup: {measures: {n: cast(sum(n) as integer), groups: count(*)}}',
    )
    expect(shaped.rows).toEqual([{ n: 14, groups: 2 }])
    expect(shaped).toMatchObject({ filtered: 1, folded: 2, deduplicated: 0 })
  })

  it('explode gives the fields of objects columns', async () => {
    const json = '[{"sku": "a", "n": 2, "we\\"ird": 1}, {"sku": "b"}, 7]'
    const { rows, expanded } = await shape(
      [column('id', 'int32'), column('items', 'json')],
      [[1, json]],
      '- explode: {column: items, fields: {sku: text, n: integer, "we\\"ird": integer}, position: line}',
    )
    expect(rows).toEqual([
      { id: 1, sku: 'a', n: 2, 'we"ird': 1, line: 1 },
      { id: 1, sku: 'b', n: null, 'we"ird': null, line: 2 },
      { id: 1, sku: null, n: null, 'we"ird': null, line: 3 },
    ])
    expect(expanded).toBe(2)
  })
})

describe('operations that make no sense', () => {
  it.each([
    ['null_if: {columns: a}', 'says of nothing'],
    ['dedupe: {keys: a, latest_by: b, order_by: c}', 'two orders'],
    ['time_zone: {columns: t, from: Europe/Pariss}', 'not a time zone'],
    ['units: {column: a, from: kgs, to: lb}', 'there is no unit "kgs"'],
    ['units: {column: a, from: kg, to: km}', 'a unit of mass'],
    ['country: {columns: a, languages: [qqqq1x]}', 'is not a language'],
    ['explode: {column: a, into: b, fields: {c: text}}', 'both where elements go'],
    ['cast: {columns: {a: integr}, on_misfit: null}', '"integr" is not a type'],
  ])('%s', (yaml, message) => {
    expect(() => operationsOf(`- ${yaml}`)).toThrow(message)
  })
})

it.each(operationNames)('the documented example of %s is one', (name) => {
  expect(operationsOf(`- ${operationNamed(name).example}`).map(({ operation }) => operation)).toEqual([name])
})
