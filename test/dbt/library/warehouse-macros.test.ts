import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type MacroEngine, openMacroEngine } from './macro-engine.ts'

const relation = (name: string, type = 'table') =>
  `api.Relation.create(database=target.database, schema='s', identifier='${name}', type='${type}')`
const described = {
  name: 'm',
  description: "what's there",
  columns: {
    id: { name: 'id', description: "the row's", quote: false },
    Name: { name: 'Name', description: 'as it is written', quote: true },
    gone: { name: 'gone', description: 'no more' },
  },
}
const contracted = {
  columns: {
    id: { name: 'id', data_type: 'integer', constraints: [{ type: 'not_null' }] },
    Name: { name: 'Name', data_type: 'varchar', quote: true },
  },
  constraints: [],
}

describe.each(['duckdb', 'postgres'] as const)('on %s', (type) => {
  let engine: MacroEngine
  const rows = async (call: string) => {
    const text = await engine.render(
      `{% for row in ${call}.rows %}{{ row.values() | join('|') }}\n{% endfor %}`,
    )
    return text.split('\n').filter((line) => line !== '')
  }
  const statement = (sql: string) => engine.render(`{% do run_query(${sql}) %}`)

  beforeAll(async () => {
    engine = await openMacroEngine(type)
  })
  afterAll(() => engine.close())
  beforeEach(async () => {
    await engine.session.execute('drop schema if exists s cascade')
    await engine.session.execute('create schema s')
    await engine.session.execute('create table s.t (id integer, "Name" varchar(9), price numeric(10, 2))')
    await engine.session.execute("insert into s.t values (1, 'a', 1.5), (2, null, 2.5)")
    await engine.session.execute('create view s.v as select id from s.t')
    engine.messages.length = 0
  })

  it('makes and drops schemas, once or twice', async () => {
    const schema = "api.Relation.create(database=target.database, schema='it''s')".replace("it''s", 'new one')
    const found = () => rows("check_schema_exists(api.Relation.create(database=target.database), 'new one')")
    for (const expected of ['1', '1']) {
      await engine.render(`{% do create_schema(${schema}) %}`)
      expect(await found()).toEqual([expected])
    }
    expect(await rows('list_schemas(target.database)')).toContain('new one')
    await engine.render(`{% do drop_schema(${schema}) %}{% do drop_schema(${schema}) %}`)
    expect(await found()).toEqual(['0'])
    expect(await rows('list_schemas(target.database)')).not.toContain('new one')
  })

  it('lists relations and their columns', async () => {
    expect((await rows(`list_relations_without_caching(${relation('t')})`)).sort()).toEqual([
      `${engine.database}|t|s|table`,
      `${engine.database}|v|s|view`,
    ])
    const columns = `get_columns_in_relation(${relation('t')})`
    expect(await engine.render(`{{ ${columns} | map(attribute='name') | join(' ') }}`)).toBe('id Name price')
    expect(await engine.render(`{{ (${columns})[2].data_type | lower | replace(' ', '') }}`)).toBe(
      'numeric(10,2)'.replace('numeric', type === 'duckdb' ? 'decimal' : 'numeric'),
    )
    expect(await engine.render(`{{ get_columns_in_query('select id, price from s.t') | join(' ') }}`)).toBe(
      'id price',
    )
    expect(
      await engine.render("{{ sql_convert_columns_in_relation([['a', 'text', none, none, none]])[0].name }}"),
    ).toBe('a')
  })

  it('makes, renames, empties and drops tables and views', async () => {
    const made = (name: string, kind: string, sql: string) =>
      statement(`get_create_sql(${relation(name, kind)}, '${sql}')`)
    await made('w', 'view', 'select 1 as id')
    await made('u', 'table', 'select 1 as id union all select 2')
    await engine.render(`{% do rename_relation(${relation('u')}, ${relation('u2')}) %}`)
    await statement(`get_rename_sql(${relation('w', 'view')}, 'w2')`)
    const sum = 'select sum(id) as n from s.'
    expect(Number((await engine.session.rows(`${sum}u2`))[0]?.['n'])).toBe(3)
    expect(Number((await engine.session.rows(`${sum}w2`))[0]?.['n'])).toBe(1)
    await engine.render(`{% do truncate_relation(${relation('u2')}) %}`)
    expect(await engine.session.rows('select * from s.u2')).toEqual([])
    await engine.render(
      `{% do drop_relation(${relation('u2')}) %}{% do drop_relation(${relation('w2', 'view')}) %}`,
    )
    await engine.render(`{% do drop_relation(${relation('u2')}) %}`)
    expect(await rows(`list_relations_without_caching(${relation('t')})`)).toHaveLength(2)
  })

  it.each([
    ['table', 'table'],
    ['view', 'view'],
    ['table', 'view'],
    ['view', 'table'],
  ])('replaces a %s by a %s', async (old, next) => {
    await statement(`get_create_sql(${relation('r', old)}, 'select 1 as id')`)
    await statement(
      `get_replace_sql(${relation('r', old)}, ${relation('r', next)}, 'select 2 as id, 3 as n')`.replace(
        ', 3 as n',
        old === next && next === 'view' ? '' : ', 3 as n',
      ),
    )
    expect((await engine.session.rows('select id from s.r'))[0]?.['id']).toBe(2)
    expect(
      (await rows(`list_relations_without_caching(${relation('r')})`)).filter((row) => row.includes('|r')),
    ).toEqual([`${engine.database}|r|s|${next}`])
  })

  it('alters columns', async () => {
    const table = relation('p')
    await engine.session.execute("create table s.p as select 1 as id, '7' as n")
    await engine.render(`{% do alter_column_type(${table}, 'n', 'integer') %}`)
    await engine.render(
      `{% do alter_relation_add_remove_columns(${table}, [api.Column('a b', 'integer'), api.Column('c', 'text')], [api.Column('id', 'integer')]) %}`,
    )
    await engine.render(
      `{% do alter_relation_add_remove_columns(${table}, none, [api.Column('c', 'text')]) %}`,
    )
    expect(await engine.session.rows('select * from s.p')).toEqual([{ n: 7, 'a b': null }])
  })

  it('makes a table as its contract has it', async () => {
    const made = (sql: string) =>
      engine.render(
        `{% do run_query(create_table_as(false, ${relation('k')}, '''${sql}''')) %}`.replaceAll("'''", '"'),
        {
          config: { contract: { enforced: true } },
          node: contracted,
        },
      )
    await made('select \'x\' as \\"Name\\", 1 as id')
    expect(await engine.session.rows('select * from s.k')).toEqual([{ id: 1, Name: 'x' }])
    await expect(engine.session.execute('insert into s.k (id) values (null)')).rejects.toThrow()
    await engine.session.execute('drop table s.k')
    await expect(made('select 1 as id')).rejects.toMatchObject({ code: 'WW2108' })
    await expect(made('select \'x\' as \\"Name\\", 1.5 as id')).rejects.toMatchObject({ code: 'WW2108' })
    await expect(made('select \'x\' as \\"Name\\", 1 as id, 2 as n')).rejects.toMatchObject({
      code: 'WW2108',
    })
    expect(await engine.session.rows('select * from s.v limit 0')).toEqual([])
  })

  it('warns of numbers without places in a contract, and refuses columns without types', async () => {
    const text = '{{ get_empty_schema_sql(model.columns) }}'
    const node = (data_type?: string) => ({ columns: { n: { name: 'n', ...(data_type && { data_type }) } } })
    await engine.render(text, { node: node('Numeric') })
    expect(engine.messages.join()).toContain('n.')
    engine.messages.length = 0
    expect(await engine.rows(text, { node: node('numeric(9, 2)') })).toEqual([{ n: null }])
    expect(engine.messages).toEqual([])
    await expect(engine.render(text, { node: node() })).rejects.toMatchObject({ code: 'WW2108' })
  })

  it('keeps descriptions as comments, and warns of columns that are not there', async () => {
    const config = { persist_docs: { relation: true, columns: true } }
    await engine.render(`{% do persist_docs(${relation('t')}, model) %}`, { config, node: described })
    const catalog = (call: string) =>
      engine.render(
        `{% for row in ${call}.rows %}{{ row['table_type'] }} {{ row['table_name'] }}.{{ row['column_name'] }} {{ row['column_index'] }} ` +
          "{{ row['table_comment'] }} / {{ row['column_comment'] }}\n{% endfor %}",
      )
    const whole = await catalog("get_catalog(api.Relation.create(database=target.database), ['S'])")
    expect(
      whole
        .trim()
        .split('\n')
        .map((line) => line.trim()),
    ).toEqual([
      "BASE TABLE t.id 1 what's there / the row's",
      "BASE TABLE t.Name 2 what's there / as it is written",
      "BASE TABLE t.price 3 what's there / None",
      'VIEW v.id 1 None / None',
    ])
    const one = await catalog(
      `get_catalog_relations(api.Relation.create(database=target.database), [${relation('v', 'view')}])`,
    )
    expect(one.trim()).toBe('VIEW v.id 1 None / None')
    expect(await catalog('get_catalog_relations(api.Relation.create(database=target.database), [])')).toBe('')
    expect(engine.messages.join()).toContain('gone')
    const before = engine.statements.length
    await engine.render(`{% do persist_docs(${relation('t')}, model) %}`, { node: described })
    expect(engine.statements.length).toBe(before)
  })

  it('makes indexes and finds them', async () => {
    const config = { indexes: [{ columns: ['id'], unique: true }, { columns: ['price', 'id'] }] }
    await engine.render(`{% do create_indexes(${relation('t')}) %}`, { config })
    const shown = `run_query(get_show_indexes_sql(${relation('t')}))`
    expect(await rows(shown)).toHaveLength(2)
    await expect(engine.session.execute("insert into s.t values (1, 'again', 0)")).rejects.toThrow()
    const name = await engine.render(`{{ ${shown}.rows[0][0] }}`)
    await statement(`get_drop_index_sql(${relation('t')}, '${name}')`)
    expect(await rows(shown)).toHaveLength(1)
    for (const index of [{ columns: 'id' }, {}, { columns: ['id'], uniqe: true }]) {
      await expect(
        engine.render(`{% do create_indexes(${relation('t')}) %}`, { config: { indexes: [index] } }),
      ).rejects.toMatchObject({ code: 'WW1212' })
    }
  })

  it('puts a header before the statement that makes a relation', async () => {
    const text = await engine.render(
      `{% call set_sql_header(config) %}select 'header';{% endcall %}{{ create_view_as(${relation('h', 'view')}, 'select 1') }}`,
    )
    expect(text.indexOf("select 'header';")).toBeLessThan(text.indexOf('create view'))
    expect(text).toContain("select 'header';")
  })

  it('tells how fresh a source is', async () => {
    await engine.session.execute(
      "create table s.f as select cast('2024-02-29 12:00:00' as timestamp) as loaded, 1 as n",
    )
    const newest = (call: string) => engine.render(`{{ ${call}.table.rows[0][0] }}`)
    expect(await newest(`collect_freshness(${relation('f')}, 'loaded', none)`)).toBe('2024-02-29 12:00:00')
    expect(await newest(`collect_freshness(${relation('f')}, 'loaded', 'n > 1')`)).toBe('None')
    expect(
      await newest(`collect_freshness_custom_sql(${relation('f')}, 'select max(loaded) from s.f')`),
    ).toBe('2024-02-29 12:00:00')
    await expect(engine.render(`{{ get_relation_last_modified(none, []) }}`)).rejects.toMatchObject({
      code: 'WW2101',
    })
  })

  it('shows some rows, and plans a query without running it', async () => {
    expect(await engine.rows("{{ get_show_sql('select id from s.t order by id', none, 1) }}")).toEqual([
      { id: 1 },
    ])
    expect(await engine.rows("{{ get_limit_subquery_sql('select id from s.t', none) }}")).toHaveLength(2)
    await engine.render("{% do validate_sql('select id from s.t') %}")
    await expect(engine.render("{% do validate_sql('select nothing from s.t') %}")).rejects.toThrow()
  })

  it('makes series of days from what the warehouse says of their ends', async () => {
    const days = await engine.rows(
      `select cast(date_day as date) as d from ({{ dbt.date_spine('day', "cast('2024-02-28' as date)", "cast('2024-03-02' as date)") }}) as spine order by 1`,
    )
    expect(days.map(({ d }) => d)).toEqual(['2024-02-28', '2024-02-29', '2024-03-01'])
    const parsed = await engine.render(`{{ dbt.date_spine('month', "'a'", "'b'") }}`, { phase: 'parse' })
    expect(parsed).toContain('date_month')
  })

  it('reads the clock', async () => {
    const zone = type === 'duckdb' ? 'TIMESTAMP WITH TIME ZONE' : 'timestamp with time zone'
    const kind = async (expression: string) => {
      const name = type === 'duckdb' ? 'typeof' : 'pg_typeof'
      return String(await engine.value(`cast(${name}(${expression}) as text)`))
    }
    expect(await kind('{{ dbt.current_timestamp() }}')).toBe(zone)
    expect((await kind('{{ dbt.snapshot_get_time() }}')).toLowerCase()).toMatch(
      /^timestamp( without time zone)?$/,
    )
    expect((await kind('{{ dbt.current_timestamp_in_utc_backcompat() }}')).toLowerCase()).toMatch(
      /^timestamp/,
    )
    expect(await engine.value("{{ snapshot_string_as_time('2024-02-29 01:02:03') }}")).toBe(
      '2024-02-29T01:02:03',
    )
    expect((await engine.render('{{ get_snapshot_get_time_data_type() }}')).toLowerCase()).toMatch(
      /^timestamp/,
    )
  })
})

describe('grants', () => {
  it('are brought to what is configured on Postgres', async () => {
    const engine = await openMacroEngine('postgres')
    await engine.session.execute('drop role if exists reader').catch(() => undefined)
    for (const role of ['reader', '"other one"', 'third']) await engine.session.execute(`create role ${role}`)
    await engine.session.execute('create schema s')
    await engine.session.execute('create table s.t (id integer)')
    const apply = (grants: object, revoke = true) =>
      engine.render(
        `{% do apply_grants(${relation('t')}, config.get('grants'), should_revoke=${revoke}) %}`,
        {
          config: { grants },
        },
      )
    const granted = async () =>
      (
        await engine.session.rows(
          "select grantee || ' ' || lower(privilege_type) as g from information_schema.role_table_grants where table_schema = 's' and grantee <> current_user",
        )
      )
        .map(({ g }) => String(g))
        .sort()
    await apply({ select: ['Reader', 'other one'], insert: 'third', update: ['public'] }, false)
    expect(await granted()).toEqual(['PUBLIC update', 'other one select', 'reader select', 'third insert'])
    await apply({ select: ['reader'] })
    expect(await granted()).toEqual(['reader select'])
    const before = engine.statements.length
    await apply({ select: ['reader'] })
    expect(engine.statements.slice(before).filter((sql) => /^(grant|revoke)/.test(sql))).toEqual([])
    await apply({})
    expect(await granted()).toEqual(['reader select'])
    await engine.session.execute('drop schema s cascade')
    for (const role of ['reader', '"other one"', 'third']) await engine.session.execute(`drop role ${role}`)
    await engine.close()
  })

  it('are carried over, or not, as the engine replaces relations', async () => {
    for (const [type, copied] of [
      ['duckdb', 'True'],
      ['postgres', 'False'],
    ] as const) {
      const engine = await openMacroEngine(type)
      expect(await engine.render("{{ should_revoke('t', full_refresh_mode=True) }}")).toBe(copied)
      expect(await engine.render("{{ should_revoke('t', full_refresh_mode=False) }}")).toBe('True')
      expect(await engine.render('{{ should_revoke(none) }}')).toBe('False')
      await engine.close()
    }
  })

  it('are warned of on DuckDB, which has none', async () => {
    const engine = await openMacroEngine('duckdb')
    const config = { grants: { select: ['reader'] } }
    await engine.render(`{% do apply_grants(${relation('t')}, config.get('grants')) %}`, { config })
    expect(engine.messages).toHaveLength(1)
    await engine.close()
  })
})

describe('a materialized view on Postgres', () => {
  it('is altered by its indexes alone', async () => {
    const engine = await openMacroEngine('postgres')
    await engine.session.execute('create schema s')
    const view = relation('mv', 'materialized_view')
    await engine.render(`{% do run_query(get_create_sql(${view}, 'select 1 as id, 2 as n')) %}`)
    const change = (indexes: readonly object[]) =>
      engine.render(
        `{% set changes = get_materialized_view_configuration_changes(${view}, config) %}` +
          `{% if changes %}{% do run_query(get_alter_materialized_view_as_sql(${view}, changes, 'select 1', ${view}, none, none)) %}{% endif %}` +
          `{{ changes.indexes | map(attribute='action') | join(' ') if changes else 'none' }}`,
        { config: { indexes } },
      )
    expect(await change([{ columns: ['id'], unique: true }])).toBe('create')
    expect(await change([{ columns: ['id'], unique: true }])).toBe('none')
    expect(await change([{ columns: ['n', 'id'] }])).toBe('drop create')
    expect(await change([{ columns: ['id', 'n'], type: 'btree' }])).toBe('none')
    expect(await change([])).toBe('drop')
    await engine.render(`{% do run_query(refresh_materialized_view(${view})) %}`)
    await engine.render(`{% do run_query(get_rename_sql(${view}, 'mv2')) %}`)
    expect(await engine.session.rows('select * from s.mv2')).toEqual([{ id: 1, n: 2 }])
    await engine.close()
  })
})

it('takes names of Postgres to 63 characters, and temporary ones out of schemas', async () => {
  const engine = await openMacroEngine('postgres')
  const long = relation('a'.repeat(63))
  expect(await engine.render(`{{ make_intermediate_relation(${long}).identifier }}`)).toBe(
    `${'a'.repeat(54)}__dbt_tmp`,
  )
  expect(await engine.render(`{{ make_backup_relation(${long}, 'view').identifier }}`)).toBe(
    `${'a'.repeat(51)}__dbt_backup`,
  )
  expect(await engine.render(`{{ make_temp_relation(${long}) }}`)).toMatch(/^"a+__dbt_tmp\d+"$/)
  expect(
    await engine.render(`{{ make_temp_relation(${relation('t')}).identifier }}`, {
      node: { batch: { id: '20240101' } },
    }),
  ).toMatch(/^t__dbt_tmp_20240101\d+$/)
  await expect(engine.render("{{ information_schema_name('elsewhere') }}")).rejects.toMatchObject({
    code: 'WW2101',
  })
  await engine.close()
})
