import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { NeedsWarehouse } from '../../../src/dbt/context/needs-warehouse.ts'
import type { Rendering } from '../../../src/dbt/context/rendering.ts'
import { freeRendering } from '../../../src/dbt/runtime/run-operation.ts'
import { DbtHarness } from '../../support/dbt-harness.ts'
import { type TestEngine, testEngines } from '../../support/engines.ts'

describe.each(Object.keys(testEngines))('the context on %s', (name) => {
  let engine: TestEngine
  let harness: DbtHarness

  beforeAll(async () => {
    engine = await testEngines[name]!()
  })
  beforeEach(async () => {
    harness = await DbtHarness.open(engine.engine, { macros })
    return () => harness.close()
  })
  afterAll(() => engine.close())

  const macros = `{% macro twice(x) %}{{ return(x * 2) }}{% endmacro %}
{% macro default__shape() %}any{% endmacro %}{% macro duckdb__shape() %}duck{% endmacro %}`

  const relation =
    "{% set r = api.Relation.create(database='db', schema='s', identifier='t', type='table') %}"

  it.each([
    ['{{ r }}', '"db"."s"."t"'],
    ['{{ r.include(database=false) }}', '"s"."t"'],
    ['{{ r.quote(identifier=false) }}', '"db"."s".t'],
    ['{{ r.without_identifier() }}', '"db"."s"'],
    ["{{ r.information_schema('tables') }}", '"db".INFORMATION_SCHEMA.tables'],
    ['{{ r.information_schema_only() }}', '"db".INFORMATION_SCHEMA'],
    ["{{ r.replace_path(identifier='x') }}", '"db"."s"."x"'],
    ["{{ r.incorporate(path={'identifier': 'y'}, type='view').is_view }} {{ r.is_table }}", 'True True'],
    ["{{ r.incorporate(path={'schema': none}) }}", '"db"."t"'],
    ["{{ r.matches('db', 's', 't') }} {{ r.matches(schema='x') }}", 'True False'],
    ['{{ r.database }} {{ r.schema }} {{ r.name }} {{ r.table }} {{ r.type }}', 'db s t t table'],
    ["{{ r.add_ephemeral_prefix('m') }} {{ api.Relation.View }}", '__dbt__cte__m view'],
    [
      '{{ r is mapping }} {{ r is string }} {{ r == r.include() }} {{ r == r.include(schema=false) }}',
      'True False True False',
    ],
    ["{{ r.get('metadata')['type'].endswith('Relation') }}", 'True'],
    ['{{ {r: 1}[r.include()] }}', '1'],
    ["{{ api.Relation.create(schema='s', identifier='x', quote_policy={'schema': false}) }}", 's."x"'],
    ["{{ api.Relation.scd_args(['a', 'b'], 'u') }}", "['a', 'b', 'u']"],
  ])('relations: %s', async (text, printed) => {
    expect(await harness.render(relation + text)).toBe(printed)
  })

  it('columns have types, and tell what kind they are', async () => {
    const text = `{% for c in adapter.get_columns_in_relation(api.Relation.create(schema='lab', identifier='c')) -%}
{{ c.name }} {{ c.quoted }} {{ c.data_type }} {{ c.is_string() }} {{ c.is_integer() }} {{ c.is_number() }}{% if c.is_string() %} {{ c.string_size() }}{% endif %}
{% endfor %}`
    await harness.session.execute(
      'create table lab.c (id integer, name varchar, code varchar(10), price decimal(8, 2), ratio double precision, day date)',
    )
    const duck = [
      'id "id" INTEGER False True True',
      'name "name" character varying(256) True False False 256',
      'code "code" character varying(256) True False False 256',
      'price "price" DECIMAL(8,2) False False False',
      'ratio "ratio" DOUBLE False False True',
      'day "day" DATE False False False',
    ]
    const postgres = [
      'id "id" integer False True True',
      'name "name" character varying True False False 256',
      'code "code" character varying(10) True False False 10',
      'price "price" numeric(8,2) False False True',
      'ratio "ratio" double precision False False True',
      'day "day" date False False False',
    ]
    expect((await harness.render(text)).split('\n')).toEqual(name === 'duckdb' ? duck : postgres)
    expect(
      await harness.render(
        "{{ api.Column.translate_type('string') }} {{ api.Column.numeric_type('numeric', 28, 6) }} {{ api.Column('a', 'integer').name }} {{ api.Column.create('b', 'string').dtype }}",
      ),
    ).toBe('TEXT numeric(28,6) a TEXT')
  })

  const results = `{% set t = run_query("select 1 as id, cast(1.50 as decimal(5,2)) as price, date '2024-02-29' as day, timestamp '2024-02-29 13:14:15' as at_time, 'x' as word, true as ok union all select 2, null, null, null, null, null order by id") %}`

  it.each([
    ['{{ t.columns[0].values() }} {{ t.columns.price.values() }}', "(1, 2) (Decimal('1.50'), None)"],
    [
      '{{ t.rows[0].day.strftime("%d.%m.%Y") }} {{ t.rows[0]["at_time"].isoformat() }}',
      '29.02.2024 2024-02-29T13:14:15',
    ],
    ['{{ t.column_names }}', "('id', 'price', 'day', 'at_time', 'word', 'ok')"],
    [
      '{% for row in t %}{{ row.id }}{{ row[4] }}{% endfor %} {{ t | length }} {{ t.rows | length }}',
      '1x2None 2 2',
    ],
    ['{{ t.rows[0].price + 1 }} {{ t.rows[0].ok }} {{ t.rows[1].values()[1] }}', '2.50 True None'],
    [
      "{{ t.rename({'id': 'key'}).column_names[0] }} {{ t.select(['word', 'id']).rows[0].values() }}",
      "key ('x', 1)",
    ],
    ["{{ t.exclude(['day', 'at_time', 'ok', 'price']).rows[0].dict() }}", "{'id': 1, 'word': 'x'}"],
    [
      "{{ t.columns['word'].values_distinct() }} {{ t.columns['word'].values_without_nulls() }}",
      "('x', None) ('x',)",
    ],
    [
      '{% for name, value in t.rows[1].items() if value is not none %}{{ name }}={{ value }}{% endfor %}',
      'id=2',
    ],
    [
      '{% for c in t.columns %}{{ c.name }}:{{ c.values() | length }} {% endfor %}',
      'id:2 price:2 day:2 at_time:2 word:2 ok:2',
    ],
    ['{{ t.order_by("id", true).rows[0][0] }} {{ t.limit(1).rows | length }}', '2 1'],
    ['{{ (t.rows | map(attribute="id") | list) }} {{ t.rows[0:1] | length }}', '[1, 2] 1'],
  ])('results are tables: %s', async (text, printed) => {
    expect(await harness.render(results + text)).toBe(printed)
  })

  it('results can be printed', async () => {
    await harness.render(`${results}{% do t.select(['id', 'word']).print_table() %}`)
    expect(harness.messages.join('\n')).toBe('| id | word |\n| -- | ---- |\n|  1 | x    |\n|  2 |      |')
    await harness.render(
      `{% set r = run_query("select 1234.50::decimal(9, 4) as n, true as ok union all select 2, false order by 1 desc") %}{% do r.print_table() %}`,
    )
    expect(harness.messages.at(-1)).toBe(
      '|       n |    ok |\n| ------- | ----- |\n| 1,234.5 |  True |\n|     2.0 | False |',
    )
  })

  it('statements keep their results by name', async () => {
    const text = `{% call statement('a', fetch_result=true) %}select 7 as n{% endcall %}
{%- set got = load_result('a') %}{{ got.table.rows[0].n }} {{ got['data'] }} {{ got.response.code }} {{ load_result('b') }}`
    expect(await harness.render(text)).toBe(`7 [[7]] ${name === 'postgres' ? 'SELECT' : 'None'} None`)
    expect(await harness.render("{{ adapter.execute('select 1 as a', fetch=true)[1].rows[0].a }}")).toBe('1')
  })

  it('asks the warehouse for relations and schemas', async () => {
    await harness.session.execute('create table lab."Old" (id integer)')
    await harness.session.execute('create view lab.seen as select 1 as a')
    const text = `{% set old = adapter.get_relation(target.database, 'lab', 'old') %}{{ old.identifier }} {{ old.type }}
{%- for r in adapter.list_relations_without_caching(old) | sort(attribute='identifier') %} {{ r.identifier }}:{{ r.is_view }}{% endfor %}
{%- do adapter.drop_relation(old) %} {{ adapter.get_relation(target.database, 'lab', 'Old') }} {{ load_relation(old) }}
{%- do adapter.create_schema(api.Relation.create(database=target.database, schema='fresh')) %} {{ adapter.check_schema_exists(target.database, 'fresh') }}
{%- do adapter.drop_schema(api.Relation.create(database=target.database, schema='fresh')) %} {{ adapter.check_schema_exists(target.database, 'fresh') }}`
    expect(await harness.render(text)).toBe('Old table Old:False seen:True None None True False')
  })

  it('dispatches, and gives macros from packages and from `context`', async () => {
    const shape = name === 'duckdb' ? 'duck' : 'any'
    expect(
      await harness.render(
        "{{ adapter.dispatch('shape')() }} {{ shop.twice(2) }} {{ context['twice'](3) }} {{ context.get('shop').twice(4) }}",
      ),
    ).toBe(`${shape} 4 6 8`)
    expect(
      await harness.render("{{ 'twice' in context }} {{ 'thrice' in context }} {{ dbt.type_int() }}"),
    ).toBe('True False integer')
  })

  it('has the rest of dbt’s functions', async () => {
    const text = `{{ fromjson('{"a": [1, 2.5]}').a }} {{ tojson({'b': 1, 'a': none}, sort_keys=true) }} {{ fromyaml('a: yes').a }}
{{ toyaml({'a': [1]}) | trim }} {{ set([1, 1, 2]) | length }} {{ zip([1, 2], ['a', 'b']) | list }} {{ local_md5('x') }}
{{ diff_of_two_dicts({'A': ['x', 'y']}, {'a': ['X']}) }} {{ flags.FULL_REFRESH }} {{ run_started_at.strftime('%Y') }} {{ target.name }}
{{ invocation_id }} {{ project_name }} {{ env_var('NOPE', 'none') }} {{ var('nope', 1) }} {{ render('{{ 1 + 1 }}') }} {{ execute }}`
    expect((await harness.render(text)).split('\n')).toEqual([
      `[1, 2.5] {"a": null, "b": 1} True`,
      `a:`,
      `- 1 2 [(1, 'a'), (2, 'b')] 9dd4e461268c8034f5c8564e155c67a6`,
      `{'a': ['y']} False 2024 dev`,
      `run shop none 1 2 True`,
    ])
  })

  it('renders variables that are templates, where they are asked for', async () => {
    const vars = {
      batch: "{{ 500 if target.name == 'dev' else 1 }}",
      who: "{{ var('batch') }} by {{ target.name }}",
      list: ['{{ 1 }}'],
    }
    const rendered = await DbtHarness.open(engine.engine, { settings: { vars } })
    const text =
      "{{ var('batch') | int + 1 }} {{ var('who') }} {{ var('list') }} {{ var('nope', '{{ 2 }}') }}"
    expect(await rendered.render(text)).toBe("501 500 by dev ['{{ 1 }}'] {{ 2 }}")
    await rendered.close()
  })

  it('asks nothing while parsing, and says when it would have to ask', () => {
    const rendering = (phase: Rendering['phase']): Rendering => ({
      ...freeRendering('shop', { connection: undefined, manifest: undefined, log: () => {}, warn: () => {} }),
      phase,
    })
    const text = `{{ run_query('select 1') }} {{ adapter.get_columns_in_relation(this) }} {{ adapter.get_relation('a', 'b', 'c') }}`
    const render = (phase: Rendering['phase']) =>
      harness.renderer.render({ path: 'm.sql', text }, rendering(phase))
    expect(render('parse').trim()).toBe('None [] None')
    let thrown: unknown
    try {
      render('compile')
    } catch (signal) {
      thrown = signal
    }
    expect(thrown).toBeInstanceOf(NeedsWarehouse)
    expect(thrown).toMatchObject({ asked: 'adapter.execute()' })
  })

  it.each([
    ["{% do exceptions.raise_compiler_error('No.') %}", 'WW2101', 'No.'],
    [
      "{{ adapter.get_columns_in_relation('x') }}",
      'WW2102',
      'adapter.get_columns_in_relation() needs a relation.',
    ],
    ["{{ submit_python_job({}, '') }}", 'WW2102', 'Python models do not run here.'],
    [
      "{{ adapter.get_incremental_strategy_macro(context, 'insert_overwrite') }}",
      'WW1212',
      'insert_overwrite',
    ],
  ])('%s', async (text, code, message) => {
    await expect(harness.render(text)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    })
  })
})
