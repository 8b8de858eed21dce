import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MacroEngine, openMacroEngine } from './macro-engine.ts'

/** What a macro's expression must be worth; two values where the engines differ, as dbt's adapters do. */
type Case = readonly [template: string, value: unknown, onPostgres?: unknown]

const date = (text: string) => `"cast('${text}' as date)"`
const moment = (text: string) => `"cast('${text}' as timestamp)"`
const diff = (first: string, second: string, part: string) =>
  `{{ dbt.datediff(${moment(first)}, ${moment(second)}, '${part}') }}`
const add = (part: string, count: string, to: string) => `{{ dbt.dateadd('${part}', ${count}, ${to}) }}`
const aggregate = (call: string, rows: string) => `(select {{ ${call} }} from (values ${rows}) as given(x))`
const joined = (array: string) => `array_to_string({{ ${array} }}, '|')`

const cases: Readonly<Record<string, readonly Case[]>> = {
  dateadd: [
    [add('day', '1', date('2024-02-28')), '2024-02-29T00:00:00'],
    [add('day', '-1', date('2024-03-01')), '2024-02-29T00:00:00'],
    [add('month', '1', date('2024-01-31')), '2024-02-29T00:00:00'],
    [add('year', '-1', date('2024-02-29')), '2023-02-28T00:00:00'],
    [add('quarter', '1', date('2023-11-30')), '2024-02-29T00:00:00'],
    [add('week', "'-2'", date('2024-01-07')), '2023-12-24T00:00:00'],
    [add('hour', "'1 + 1'", moment('2024-02-29 23:30:00')), '2024-03-01T01:30:00'],
    [add('DAY', '0', date('2024-02-29')), '2024-02-29T00:00:00'],
    [add('day', "'null'", date('2024-02-29')), null],
    [add('day', '1', "'cast(null as date)'"), null],
  ],
  datediff: [
    [diff('2024-02-28', '2024-03-01', 'day'), 2],
    [diff('2023-02-28', '2023-03-01', 'day'), 1],
    [diff('2024-03-01', '2024-02-28', 'day'), -2],
    [diff('2024-02-28 23:59:59', '2024-02-29 00:00:00', 'day'), 1],
    [diff('2023-12-31', '2024-01-01', 'year'), 1],
    [diff('2024-01-01', '2023-12-31', 'year'), -1],
    [diff('2023-12-31', '2024-04-01', 'quarter'), 2],
    [diff('2024-01-31', '2024-02-01', 'month'), 1],
    [diff('2024-02-01', '2022-12-31', 'month'), -14],
    [diff('2024-03-02', '2024-03-03', 'week'), 1],
    [diff('2024-03-03', '2024-03-09', 'week'), 0],
    [diff('2024-03-03', '2024-03-02', 'week'), -1],
    [diff('2024-03-05', '2024-03-03', 'week'), 0],
    [diff('2024-03-12', '2024-03-03', 'week'), -1],
    [diff('2024-03-10', '2024-03-03', 'week'), -2],
    [diff('2024-02-29 22:59:59', '2024-03-01 00:00:00', 'hour'), 2],
    [diff('2024-03-01 00:00:30', '2024-02-29 23:58:59', 'minute'), -2],
    [diff('1969-12-31 23:59:59.5', '1970-01-01 00:00:01', 'second'), 2],
    [diff('2024-01-01 00:00:00.0014', '2024-01-01 00:00:00.0026', 'millisecond'), 1],
    [diff('2024-01-01 00:00:00.000001', '2024-01-02 00:00:00.000003', 'microsecond'), 86_400_000_002],
    [`{{ dbt.datediff('cast(null as timestamp)', ${moment('2024-01-01')}, 'week') }}`, null],
    [`{{ dbt.datediff('cast(null as timestamp)', ${moment('2024-01-01')}, 'month') }}`, null],
  ],
  'dates and their parts': [
    ['{{ dbt.date(2024, 2, 29) }}', '2024-02-29'],
    [`cast({{ dbt.date_trunc('month', ${moment('2024-02-29 13:00')}) }} as date)`, '2024-02-01'],
    [`cast({{ dbt.date_trunc('week', ${date('2024-03-03')}) }} as date)`, '2024-02-26'],
    [`{{ dbt.last_day(${date('2024-02-10')}, 'month') }}`, '2024-02-29'],
    [`{{ dbt.last_day(${date('2023-02-10')}, 'month') }}`, '2023-02-28'],
    [`{{ dbt.last_day(${date('2024-02-10')}, 'quarter') }}`, '2024-03-31'],
    [`{{ dbt.last_day(${date('2024-12-31')}, 'year') }}`, '2024-12-31'],
    [`{{ dbt.last_day('cast(null as date)', 'month') }}`, null],
  ],
  texts: [
    [`{{ dbt.concat(["'a'", "'b'", "''"]) }}`, 'ab'],
    [`{{ dbt.concat(["'a'"]) }}`, 'a'],
    [`{{ dbt.concat(["'a'", 'null']) }}`, null],
    [`{{ dbt.length("''") }}`, 0],
    [`{{ dbt.length("'äb🌊'") }}`, 3],
    [`{{ dbt.position("'b'", "'abc'") }}`, 2],
    [`{{ dbt.position("'z'", "'abc'") }}`, 0],
    [`{{ dbt.right("'abc'", 2) }}`, 'bc'],
    [`{{ dbt.right("'abc'", 0) }}`, ''],
    [`{{ dbt.right("'a'", 5) }}`, 'a'],
    [`{{ dbt.replace("'aXa'", "'a'", "''") }}`, 'X'],
    [`{{ dbt.split_part("'a|b|c'", "'|'", 2) }}`, 'b'],
    [`{{ dbt.split_part("'a|b|c'", "'|'", -1) }}`, 'c'],
    [`{{ dbt.split_part("'a-b-c'", "'-'", -3) }}`, 'a'],
    [`{{ dbt.split_part("'a|b'", "'|'", 3) }}`, null, ''],
    [`{{ dbt.split_part("'a'", "'|'", 1) }}`, 'a'],
    [`{{ dbt.split_part('cast(null as text)', "'|'", 1) }}`, null],
    [`{{ dbt.hash("''") }}`, 'd41d8cd98f00b204e9800998ecf8427e'],
    ['{{ dbt.hash(1) }}', 'c4ca4238a0b923820dcc509a6f75849b'],
    ['{{ dbt.hash("null") }}', null],
    [`{{ dbt.string_literal(dbt.escape_single_quotes("it's")) }}`, "it's"],
    [`{{ dbt.string_literal(dbt.escape_single_quotes('')) }}`, ''],
  ],
  'casts and comparisons': [
    [`{{ dbt.cast("'12'", dbt.type_int()) }}`, 12],
    [`{{ dbt.safe_cast("'1.5'", dbt.type_numeric()) }}`, '1.500000'],
    ['{{ dbt.safe_cast("null", dbt.type_timestamp()) }}', null],
    ['{{ dbt.cast_bool_to_text("1 = 1") }}', 'true'],
    ['{{ dbt.cast_bool_to_text("null") }}', null],
    ['{{ dbt.equals(1, 1) }}', true],
    ['{{ dbt.equals(1, 2) }}', false],
    ['{{ dbt.equals(1, "null") }}', null],
    ["'{{ dbt.type_string() }} {{ dbt.type_float() }} {{ dbt.type_boolean() }}'", 'TEXT float boolean'],
    ["'{{ dbt.type_bigint() }} {{ dbt.type_timestamp() }}'", 'bigint timestamp'],
  ],
  arrays: [
    [joined('dbt.array_construct([1, 2])'), '1|2'],
    [joined(`dbt.array_construct(["'a'", "'b'"])`), 'a|b'],
    ['coalesce(array_length({{ dbt.array_construct() }}, 1), 0)', 0],
    [joined('dbt.array_append(dbt.array_construct(), 3)'), '3'],
    [joined('dbt.array_append(dbt.array_construct([1]), 3)'), '1|3'],
    [joined('dbt.array_concat(dbt.array_construct([1]), dbt.array_construct([2, 3]))'), '1|2|3'],
    [
      joined('dbt.array_concat(dbt.array_construct([], dbt.type_string()), dbt.array_construct(["\'a\'"]))'),
      'a',
    ],
  ],
  aggregates: [
    [aggregate('dbt.any_value("x")', '(7), (7)'), 7],
    [aggregate('dbt.bool_or("x > 1")', '(1), (2), (null)'), true],
    [aggregate('dbt.bool_or("x > 2")', '(1), (2)'), false],
    [aggregate('dbt.bool_or("x > 2")', '(cast(null as integer))'), null],
    [aggregate(`dbt.listagg('x', "'|'", 'order by x desc')`, "('a'), ('c'), (null), ('b')"), 'c|b|a'],
    [aggregate(`dbt.listagg('x', "'|'", 'order by x', 2)`, "('c'), ('a'), ('b')"), 'a|b'],
    [aggregate("dbt.listagg('x')", "('a'), ('a')"), 'a,a'],
    [aggregate("dbt.listagg('distinct x')", "('a'), ('a')"), 'a'],
    [aggregate(`dbt.listagg('x', "', '")`, '(cast(null as text))'), null],
  ],
  sets: [
    ['(select count(*) from (values (1), (2) {{ dbt.except() }} values (2)) as given)', 1],
    ['(select count(*) from (values (1), (2) {{ dbt.intersect() }} values (2)) as given)', 1],
  ],
  series: [
    ['(select sum(generated_number) from ({{ dbt.generate_series(5) }}) as given)', 15],
    ['(select count(*) from ({{ dbt.generate_series(1) }}) as given)', 1],
  ],
}

describe.each(['duckdb', 'postgres'] as const)('on %s', (type) => {
  let engine: MacroEngine
  beforeAll(async () => {
    engine = await openMacroEngine(type)
  })
  afterAll(() => engine.close())

  for (const [topic, list] of Object.entries(cases)) {
    describe(topic, () => {
      for (const [template, value, onPostgres = value] of list) {
        const expected = type === 'postgres' ? onPostgres : value
        it(`${template} is ${String(expected)}`, async () => {
          const found = await engine.value(await engine.render(template))
          expect(typeof expected === 'number' ? Number(found) : found).toEqual(expected)
        })
      }
    })
  }

  it('makes dates of days that there are', async () => {
    await expect(engine.value('{{ dbt.date(2023, 2, 29) }}')).rejects.toThrow()
  })

  it('counts bits, and refuses a series of nothing', async () => {
    expect(
      await engine.render(
        '{{ dbt.get_powers_of_two(1) }} {{ dbt.get_powers_of_two(5) }} {{ dbt.get_powers_of_two(1024) }}',
      ),
    ).toBe('1 3 10')
    await expect(engine.render('{{ dbt.get_powers_of_two(0) }}')).rejects.toMatchObject({ code: 'WW2101' })
  })

  it('lists days for names of partitions', async () => {
    const text = (call: string) => engine.render(`{{ ${call} }}`)
    expect(await text("partition_range('20240228,20240301')")).toBe("['20240228', '20240229', '20240301']")
    expect(await text("partition_range('20240228')")).toBe("['20240228']")
    expect(await text("dates_in_range('29/02/2024', in_fmt='%d/%m/%Y', out_fmt='%j')")).toBe("['060']")
    await expect(text("partition_range('20240301,20240228')")).rejects.toMatchObject({ code: 'WW2101' })
    await expect(text("partition_range('1,2,3')")).rejects.toMatchObject({ code: 'WW2101' })
    expect(await text('py_current_timestring()')).toMatch(/^\d{20}$/)
  })
})

it.each(['duckdb', 'postgres'] as const)('two nulls are equal on %s where a flag says so', async (type) => {
  const engine = await openMacroEngine(type, '', { ENABLE_TRUTHY_NULLS_EQUALS_MACRO: true })
  expect(await engine.value("{{ dbt.equals('null', 'null') }}")).toBe(true)
  expect(await engine.value("{{ dbt.equals(1, 'null') }}")).toBe(false)
  expect(await engine.value('{{ dbt.equals(1, 1) }}')).toBe(true)
  await engine.close()
})

describe('a macro of the project', () => {
  it('stands in for the built-in one where that is dispatched, in other macros too', async () => {
    const engine = await openMacroEngine(
      'duckdb',
      "{% macro default__date_trunc(datepart, date) %}my_trunc('{{ datepart }}', {{ date }}){% endmacro %}" +
        '{% macro postgres__hash(field) %}other_engine{% endmacro %}' +
        '{% macro duckdb__hash(field) %}sha256({{ field }}){% endmacro %}',
    )
    expect(await engine.render("{{ dbt.date_trunc('day', 'x') }}")).toBe("my_trunc('day', x)")
    expect(await engine.render("{{ dbt.last_day('x', 'month') }}")).toContain("my_trunc('month', x)")
    expect(await engine.render("{{ hash('x') }}")).toBe('sha256(x)')
    await engine.close()
  })
})
