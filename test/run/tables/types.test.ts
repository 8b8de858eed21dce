import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { suiteEngine, testEngines } from '../../support/engines.ts'
import { suiteSource } from '../../support/postgres-source.ts'
import { tableProject, tablesPipeline } from '../../support/table-project.ts'

/** Types of the source with literals that show their edges; every one must arrive as the source renders it. */
const EDGES: Readonly<Record<string, readonly string[]>> = {
  boolean: ['true', 'false'],
  smallint: ['-32768', '0', '32767'],
  integer: ['-2147483648', '2147483647'],
  bigint: ['-9223372036854775808', '9223372036854775807', '9007199254740993'],
  oid: ['0', '4294967295'],
  'numeric(10,2)': ['-99999999.99', '0.01', '0', '99999999.99'],
  'numeric(38,10)': ['9999999999999999999999999999.9999999999', '-0.0000000001'],
  'numeric(19,0)': ['9999999999999999999', '-9223372036854775809'],
  'numeric(39,0)': ['170141183460469231731687303715884105727', '-170141183460469231731687303715884105728'],
  'numeric(3,-2)': ['12300', '-99900'],
  'numeric(2,4)': ['0.0099', '-0.0001'],
  numeric: ['NaN', 'Infinity', '-Infinity', '1e400', '0.00000000000000000000000000000000000000001', '1.50'],
  'numeric(60,20)': ['1234567890123456789012345678901234567890.12345678901234567890'],
  text: ['', ' ', 'é日本👩‍👩‍👧', 'a\nb\tc\\d"e', 'NULL', '\\N'],
  'varchar(5)': ['abc', 'é日本'],
  'char(6)': ['ab', 'abcdef'],
  name: ['a_name'],
  '"char"': ['x'],
  uuid: ['00000000-0000-0000-0000-000000000000', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
  bytea: ['\\x', '\\x00ff10', '\\xdeadbeef'],
  json: ['{"b": 1,  "a":2, "a": 3}', 'null', '"\\u0000"', '1.0000000000000000000001'],
  jsonb: ['{"b": 1, "a": [1, null, "x"]}', 'null', '123456789012345678901234567890.5'],
  date: ['2026-02-28', '0044-03-15 BC', '4714-11-24 BC', '5874897-12-31', 'infinity', '-infinity'],
  time: ['00:00:00', '23:59:59.999999'],
  timetz: ['12:00:00+02', '23:59:59.999999-15:59'],
  timestamp: [
    '2026-01-01 12:34:56.789012',
    '4714-11-24 00:00:00 BC',
    '294246-12-31 23:59:59.999999',
    'infinity',
    '-infinity',
  ],
  timestamptz: [
    '2026-01-01 12:34:56.789012+02',
    '0001-01-01 00:00:00+00 BC',
    '294246-12-31 23:59:59.999999+00',
    'infinity',
    '-infinity',
  ],
  interval: ['0', '1 year 2 mons -3 days 04:05:06.000007', '-178000000 years', '00:00:00.000001'],
  'integer[]': ['{}', '{1,NULL,3}', '{{1,2},{3,NULL}}', '[2:3]={1,2}'],
  'text[]': ['{"a,b","c\\"d",NULL,""}'],
  mood: ['happy', 'very sad'],
  pair: ['(1,"a b")', '(,)'],
  positive: ['1', '42'],
  inet: ['192.168.0.1/24', '::1'],
  cidr: ['10.0.0.0/8'],
  macaddr: ['08:00:2b:01:02:03'],
  'bit(3)': ['101'],
  varbit: ['', '1011001'],
  int4range: ['[1,10)', 'empty', '(,5)'],
  tstzrange: ['["2026-01-01 00:00:00+00",infinity)'],
  int4multirange: ['{[1,3),[5,8)}', '{}'],
  money: ['-12.34'],
  xml: ['<a>1</a>'],
  tsvector: ["'cat':3 'fat':2"],
  pg_lsn: ['16/B374D848'],
  point: ['(1.5,-2)'],
  jsonpath: ['$."a"[*]'],
  real: ['NaN', 'Infinity', '-Infinity', '1.1754944e-38', '3.4028235e+38', '0.1', '-0'],
  'double precision': ['NaN', 'Infinity', '-Infinity', '5e-324', '1.7976931348623157e+308', '0.1', '-0'],
}

describe.each(Object.keys(testEngines))('types of a Postgres source in %s', (engine) => {
  const warehouse = suiteEngine(engine)
  const source = suiteSource(
    `create type mood as enum ('happy', 'very sad')`,
    'create type pair as (a int, b text)',
    'create domain positive as int check (value > 0)',
  )

  const load = async (...more: readonly string[]) => {
    const project = await tableProject(
      warehouse.engine,
      source.connection,
      tablesPipeline(more[0] ?? 'tables: [t]', 'strategy: truncate-reload', ...more.slice(1)),
    )
    return { project, ran: await project.build() }
  }

  /** Values as the source itself writes them, against those of the warehouse put back into the source's types. */
  const roundTrip = async (types: readonly string[], rows: readonly (readonly (string | null)[])[]) => {
    const names = types.map((_, index) => `c${index}`)
    await source.run(
      'drop table if exists t',
      `create table t (id int primary key, ${types.map((type, index) => `${names[index]} ${type}`).join(', ')})`,
      'drop table if exists back',
      `create table back (id int primary key, ${names.map((name) => `${name} text`).join(', ')})`,
    )
    const literal = (value: string | null): string =>
      value === null ? 'null' : `'${value.replaceAll("'", "''")}'`
    for (const [id, row] of rows.entries()) {
      await source.run(`insert into t values (${[id, ...row.map(literal)].join(', ')})`)
    }
    const loaded = await load()
    expect(loaded.ran.node('shop').message).toBe('')
    expect(loaded.ran.node('shop').ledger).toMatchObject({ inserted: rows.length, rejected: 0 })
    const read = await loaded.project.rows('select * from raw.raw_shop_t order by id')
    for (const row of read) {
      const values = names.map((name) =>
        row[name] === null
          ? 'null'
          : literal(sourceText(Object.is(row[name], -0) ? '-0' : String(row[name]))),
      )
      await source.run(`insert into back values (${[String(row['id']), ...values].join(', ')})`)
    }
    await source.run(`set timezone to 'UTC'`)
    const written = await source.rows(
      `select id, ${names.map((name) => `${name}::text`).join(', ')} from t order by id`,
    )
    const came = await source.rows(
      `select id, ${names.map((name, index) => `${name}::${types[index]}::text as ${name}`).join(', ')} from back order by id`,
    )
    expect(came).toEqual(written)
    await loaded.project.close()
  }

  it('keep every edge', async () => {
    const types = Object.keys(EDGES).filter((type) => !(engine === 'postgres' && type === 'jsonpath'))
    const depth = Math.max(...types.map((type) => EDGES[type]!.length))
    const rows = Array.from({ length: depth + 1 }, (_, index) =>
      types.map((type) => EDGES[type]![index] ?? null),
    )
    await roundTrip(types, rows)
  })

  it('keep any values of the common types', async () => {
    const types = [
      'bigint',
      'numeric(20,6)',
      'numeric',
      'text',
      'timestamptz',
      'date',
      'interval',
      'double precision',
      'uuid',
      'bytea',
      'integer[]',
      'jsonb',
    ]
    const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 8, nil: null })
    const row = fc.tuple(
      optional(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)),
      optional(fc.bigInt({ min: -(10n ** 20n - 1n), max: 10n ** 20n - 1n }).map((n) => `${n}e-6`)),
      optional(
        fc
          .tuple(fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }), fc.integer({ min: -50, max: 50 }))
          .map(([n, e]) => `${n}e${e}`),
      ),
      optional(fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', ''))),
      optional(
        fc
          .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
          .map((at) => at.toISOString()),
      ),
      optional(fc.integer({ min: 0, max: 3_000_000 }).map((days) => `J${days + 1000}`)),
      optional(
        fc
          .tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer(), fc.integer())
          .map(([m, d, us]) => `${m} months ${d} days ${us} microseconds`),
      ),
      optional(fc.double().map((n) => String(n))),
      optional(fc.uuid()),
      optional(fc.uint8Array().map((bytes) => `\\x${Buffer.from(bytes).toString('hex')}`)),
      optional(
        fc
          .array(fc.option(fc.integer(), { nil: null }))
          .map((list) => `{${list.map((n) => n ?? 'NULL').join(',')}}`),
      ),
      optional(
        fc
          .jsonValue()
          .map((value) => JSON.stringify(value))
          .filter((text) => !text.includes('\\u0000')),
      ),
    )
    const property = fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), (rows) =>
      roundTrip(types, rows),
    )
    await fc.assert(property, { numRuns: 12 })
  })

  it('reject rows with values that the mapped type cannot hold, and those alone', async () => {
    await source.run(
      'drop table if exists t',
      'create table t (id int primary key, price numeric(10,2), at timestamptz, gap interval, free numeric)',
      `insert into t values (1, 1.5, '2026-01-01Z', '1 day', 1.5), (2, 'NaN', '2026-01-01Z', '1 day', 1),
         (3, 2.5, '294276-12-31 23:59:59Z', '1 day', 1), (4, 3.5, '2026-01-01Z', 'infinity', 1),
         (5, 4.5, '2026-01-01Z', '1 day', 0.1234567890123), (6, 4.5, '2026-01-01Z', '1 day', 'Infinity'), (7, null, null, null, null)`,
    )
    const { project: made, ran } = await load(
      'tables: [{table: t, columns: {free: "decimal(20,6)"}}]',
      'error_handling: {strategy: dead-letter}',
    )
    expect(ran.node('shop').ledger).toMatchObject({ extracted: 7, inserted: 2, rejected: 5 })
    expect(await made.rows('select id from raw.raw_shop_t order by id')).toEqual([{ id: 1 }, { id: 7 }])
    const kept = await made.rows('select reason, payload from _waterworks.quarantine order by record')
    expect(kept.map((row) => row['reason'])).toEqual([
      'column price: holds NaN or an infinity, which decimal(10,2) cannot',
      'column at: holds a time beyond the year 294246, which timestamptz cannot',
      'column gap: holds an infinity, which interval cannot',
      'column free: holds a number of more decimals, which decimal(20,6) cannot',
      'column free: holds NaN or an infinity, which decimal(20,6) cannot',
    ])
    expect(kept.map((row) => JSON.parse(String(row['payload'])))).toMatchObject([
      { id: '2', price: 'NaN' },
      { at: '+294276-12-31T23:59:59Z' },
      { gap: 'infinity' },
      { free: '0.1234567890123' },
      { free: 'Infinity' },
    ])
  })

  it('are those declared, where they are', async () => {
    await source.run(
      'drop table if exists t',
      'create table t (id int primary key, words text, amount int, doc json, day text)',
      `insert into t values (1, '12', 7, '{"a": 1}', '2026-01-01'), (2, 'twelve', 8, null, '2026-02-30')`,
    )
    const { project: made, ran } = await load(
      'tables: [t], columns: {words: integer, amount: text, doc: json, day: date}',
      'error_handling: {strategy: dead-letter}',
    )
    expect(ran.node('shop').ledger).toMatchObject({ inserted: 1, rejected: 1 })
    expect(await made.rows('select words, amount, day from raw.raw_shop_t')).toEqual([
      { words: 12, amount: '7', day: '2026-01-01' },
    ])
  })
})

/** ISO 8601 of years beyond four digits or before Christ, as the source reads them. */
function sourceText(text: string): string {
  const match = /^([+-]\d{6,7}|0000)(-\d\d-\d\d.*)$/.exec(text)
  if (!match) return text
  const year = Number(match[1])
  return year > 0 ? `${year}${match[2]}` : `${String(1 - year).padStart(4, '0')}${match[2]} BC`
}
