import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LogicalType } from '../../../src/batch/logical-type.ts'
import type { Scalar } from '../../../src/engines/dialect.ts'
import { everyField, everyType } from '../../support/arbitrary-batch.ts'
import { type EngineUnderTest, SCHEMA } from './engine-under-test.ts'
import { awkwardNames } from './query-contract.ts'

const decimal = (precision: number, scale: number): LogicalType => ({ kind: 'decimal', precision, scale })
const is = (kind: Exclude<LogicalType['kind'], 'decimal'>): LogicalType => ({ kind })

/** Text and what it is as a type; null where reading it would lose or invent something. */
const casts: readonly (readonly [LogicalType, readonly (readonly [string, Scalar])[]])[] = [
  [
    is('int32'),
    [
      ['12', 12],
      ['-7', -7],
      [' 8 ', 8],
      ['1.0', 1],
      ['1.5', null],
      ['2147483648', null],
      ['', null],
      ['x', null],
      ['1 2', null],
    ],
  ],
  [
    is('int8'),
    [
      ['-128', -128],
      ['128', null],
    ],
  ],
  [
    is('uint16'),
    [
      ['65535', 65535],
      ['-1', null],
      ['65536', null],
    ],
  ],
  [
    is('int64'),
    [
      ['9223372036854775807', 9223372036854775807n],
      ['9223372036854775808', null],
      ['9007199254740993', 9007199254740993n],
    ],
  ],
  [
    decimal(5, 2),
    [
      ['1.2', '1.20'],
      ['-999.99', '-999.99'],
      ['1.230', '1.23'],
      ['1.239', null],
      ['1000', null],
      ['NaN', null],
      ['x', null],
    ],
  ],
  [
    decimal(20, 0),
    [
      ['12345678901234567890', '12345678901234567890'],
      ['0.5', null],
    ],
  ],
  [
    is('float64'),
    [
      ['1e3', 1000],
      ['0.1', 0.1],
      ['x', null],
      ['', null],
    ],
  ],
  [
    is('boolean'),
    [
      ['true', true],
      ['false', false],
      ['maybe', null],
    ],
  ],
  [
    is('date'),
    [
      ['2024-02-29', '2024-02-29'],
      ['2023-02-29', null],
      ['2024-01-01 12:00:00', null],
      ['01/02/2024', null],
      ['today', null],
      ['', null],
    ],
  ],
  [
    is('timestamp'),
    [
      ['2024-02-29 01:02:03.5', '2024-02-29T01:02:03.5'],
      ['2024-02-29T01:02:03', '2024-02-29T01:02:03'],
      ['2024-02-29T01:02:03Z', '2024-02-29T01:02:03'],
      ['2024-02-29', '2024-02-29T00:00:00'],
      ['2024-02-30 00:00:00', null],
      ['now', null],
    ],
  ],
  [
    is('timestamptz'),
    [
      ['2024-02-29 01:02:03+02:00', '2024-02-28T23:02:03Z'],
      ['2024-02-29T01:02:03Z', '2024-02-29T01:02:03Z'],
      ['x', null],
    ],
  ],
  [
    is('time'),
    [
      ['01:02:03', '01:02:03'],
      ['25:00:00', null],
      ['x', null],
    ],
  ],
  [
    is('uuid'),
    [
      ['00112233-4455-6677-8899-aabbccddeeff', '00112233-4455-6677-8899-aabbccddeeff'],
      ['0', null],
    ],
  ],
  [is('text'), [['anything', 'anything']]],
]

export function dialectContract(get: () => EngineUnderTest): void {
  describe('dialect', () => {
    const evaluate = async (expression: string): Promise<Scalar> => {
      const [row] = await get().session.rows(`select ${expression} as value`)
      return row?.['value'] ?? null
    }

    test('every type has a name that the engine knows and gives back', async () => {
      const { engine, session } = get()
      const { dialect } = engine
      const columns = everyField.map(
        ({ name, type }) => `${dialect.identifier(name)} ${dialect.typeName(type)}`,
      )
      await session.execute(`create table ${SCHEMA}.typed (${columns.join(', ')})`)
      const info = await session.inspect({ schema: SCHEMA, name: 'typed' })
      expect(info?.fields.map((field) => field.name)).toEqual(everyField.map((field) => field.name))
      for (const [index, type] of everyType.entries()) {
        const again = info!.fields[index]!.type
        expect(dialect.parseType(dialect.typeName(type))).toEqual(again)
        // A type that widens does so once.
        expect(dialect.parseType(dialect.typeName(again))).toEqual(again)
      }
      expect(await session.describe(`select * from ${SCHEMA}.typed`)).toEqual(info?.fields)
      expect(dialect.parseType('no such type')?.kind ?? 'text').toBe('text')
    })

    test('literals mean what they say', async () => {
      const { dialect } = get().engine
      const text = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 20 }).map((value) => value.replaceAll('\u0000', '')),
        fc.constantFrom(
          "'",
          "''",
          '\\',
          "\\'",
          '--',
          '/*',
          '$$',
          '\n',
          "'; drop table x; --",
          '%',
          '日本',
          '👩‍👩‍👧',
        ),
      )
      await fc.assert(
        fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 10 }), async (texts) => {
          const [row] = await get().session.rows(
            `select ${texts.map((value, i) => `${dialect.literal(value)} as c${i}`).join(', ')}`,
          )
          expect(texts.map((_, i) => row?.[`c${i}`])).toEqual(texts)
        }),
        { numRuns: 40 },
      )
      expect(await evaluate(dialect.literal(null))).toBeNull()
      expect(await evaluate(dialect.literal(true))).toBe(true)
      expect(await evaluate(`5 -${dialect.literal(-3)}`)).toBe(8)
      expect(await evaluate(dialect.literal(-(2n ** 62n)))).toBe(-(2n ** 62n))
      for (const number of [0.1, 1e21, -1.5e-7, 5e-324, Number.MAX_VALUE, NaN, Infinity, -Infinity]) {
        expect(await evaluate(`cast(${dialect.literal(number)} as double precision)`)).toBe(number)
      }
    })

    test.each(casts.flatMap(([type, cases]) => cases.map(([text, value]) => [type, text, value] as const)))(
      'tried as %o, %j is %s',
      async (type, text, expected) => {
        const { engine, session } = get()
        const { dialect } = engine
        expect(await evaluate(dialect.tryCast(dialect.literal(text), type))).toEqual(expected)
        const column = dialect.tryCast(dialect.identifier('raw'), type)
        const sql = `select ${column} as value from (select cast(${dialect.parameter(1)} as text) as raw) as t`
        expect(await session.rows(sql, [text])).toEqual([{ value: expected }])
      },
    )

    test('null tried as anything is null, and has the type', async () => {
      const { engine, session } = get()
      const { dialect } = engine
      for (const type of everyType) {
        const expression = dialect.tryCast('cast(null as text)', type)
        expect(await evaluate(expression)).toBeNull()
        const [field] = await session.describe(`select ${expression} as value`)
        expect(dialect.parseType(dialect.typeName(type))?.kind).toBe(
          field?.type.kind === 'text' ? dialect.parseType(dialect.typeName(type))?.kind : field?.type.kind,
        )
      }
    })

    test('numbers are tried as numbers', async () => {
      const { dialect } = get().engine
      expect(await evaluate(dialect.tryCast('cast(3 as double precision)', is('int32')))).toBe(3)
      expect(await evaluate(dialect.tryCast('cast(3.5 as double precision)', is('int32')))).toBeNull()
      expect(await evaluate(dialect.tryCast('cast(300 as integer)', is('uint8')))).toBeNull()
    })

    test.each([
      ['abc123', '^[a-z]+[0-9]+$', true],
      ['abc123', 'c1', true],
      ['abc', 'B', false],
      ["it's \\d", "'", true],
      ['a.b', 'a\\.b', true],
      ['axb', 'a\\.b', false],
      ['2024', '^\\d{4}$', true],
    ])('%j matches %j: %s', async (text, pattern, expected) => {
      const { dialect } = get().engine
      expect(await evaluate(dialect.matches(dialect.literal(text), pattern))).toBe(expected)
    })

    test('null matches nothing', async () => {
      expect(await evaluate(get().engine.dialect.matches('cast(null as text)', 'a'))).toBeNull()
    })

    test('a json object holds the columns by name, whatever the names and however many', async () => {
      const { engine, session } = get()
      const { dialect } = engine
      const names = [...awkwardNames, ...Array.from({ length: 120 }, (_, i) => `column ${i}`)]
      const list = names.map(
        (name, i) => `${i === 3 ? 'cast(null as integer)' : i} as ${dialect.identifier(name)}`,
      )
      const [row] = await session.rows(
        `select ${dialect.jsonObject(names)} as payload from (select ${list.join(', ')}) as t`,
      )
      const payload: unknown = JSON.parse(String(row?.['payload']))
      expect(Object.entries(payload as object)).toEqual(names.map((name, i) => [name, i === 3 ? null : i]))
    })

    test('a json object of texts, numbers and moments', async () => {
      const { engine, session } = get()
      const columns = ['words', 'amount', 'yes', 'day']
      const [row] = await session.rows(
        `select ${engine.dialect.jsonObject(columns)} as payload
         from (select 'a "b" \\ é' as words, cast(1.5 as double precision) as amount, true as yes, cast('2024-01-02' as date) as day) as t`,
      )
      expect(JSON.parse(String(row?.['payload']))).toEqual({
        words: 'a "b" \\ é',
        amount: 1.5,
        yes: true,
        day: '2024-01-02',
      })
    })

    test('a hash is the same for values that group together, and tells others apart', async () => {
      const { engine, session } = get()
      const { dialect } = engine
      const type = (kind: 'float64' | 'text' | 'interval') => dialect.typeName({ kind })
      const values: readonly (readonly [string, string])[] = [
        ["'-0'", "'a'"],
        ["'0'", "'a'"],
        ["'nan'", 'null'],
        ["'nan'", 'null'],
        ['null', "''"],
        ["'1.5'", "'é'"],
      ]
      const rows = values
        .map(([a, b]) => `select cast(${a} as ${type('float64')}) as a, cast(${b} as ${type('text')}) as b`)
        .join(' union all ')
      const groups = (by: string) =>
        `select count(*) as n from (select ${by} from (${rows}) as v group by ${by}) as g`
      const [grouped] = await session.rows(groups('a, b'))
      const [hashed] = await session.rows(groups(dialect.hash(['a', 'b'])))
      expect(grouped).toEqual({ n: 4 })
      expect(hashed).toEqual(grouped)
      const months = `select cast('1 month' as ${type('interval')}) as i union all select cast('30 days' as ${type('interval')})`
      const [both] = await session.rows(
        `select count(*) as n, count(distinct i) as different, count(distinct ${dialect.hash(['i'])}) as hashes from (${months}) as m`,
      )
      expect(both?.['hashes']).toBe(both?.['different'])
    })

    test('a refused condition fails the statement, and only when it holds of a row that is read', async () => {
      const { engine, session } = get()
      const { dialect } = engine
      const rows = '(select 1 as n union all select 2 union all select null) as v'
      const taken = (condition: string) =>
        session.rows(
          `select count(*) as n from (select n from ${rows} where ${dialect.refuse(condition)}) as w`,
        )
      expect(await taken('n > 2')).toEqual([{ n: 3 }])
      await expect(taken('n > 1')).rejects.toMatchObject({ code: 'WW3001' })
      await expect(taken('n is null')).rejects.toMatchObject({ code: 'WW3001' })
      expect(await taken('false')).toEqual([{ n: 3 }])
    })

    test('hours ago, with fractions', async () => {
      const { dialect } = get().engine
      const moment = await evaluate(dialect.hoursAgo(1.5))
      expect(String(moment)).toMatch(/Z$/)
      const hours = (Date.now() - Date.parse(String(moment))) / 3_600_000
      expect(hours).toBeGreaterThan(1.4)
      expect(hours).toBeLessThan(1.6)
      expect(await evaluate(`${dialect.hoursAgo(0.001)} > ${dialect.hoursAgo(1)}`)).toBe(true)
    })
  })
}
