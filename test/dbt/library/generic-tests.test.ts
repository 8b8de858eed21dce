import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MacroEngine, openMacroEngine } from './macro-engine.ts'

/** Each test as a project calls it, over a relation that a `where` has narrowed. */
const calls: Readonly<Record<string, string>> = {
  unique: "test_unique(model=get_where_subquery('orders'), column_name='id')",
  'unique together': "test_unique(model='orders', columns=['id', 'line'])",
  not_null: "test_not_null(model='orders', column_name='id')",
  accepted_values: "test_accepted_values(model='orders', column_name='state', values=['open', 'shut', 3])",
  'accepted_values, not quoted':
    "test_accepted_values(model='orders', column_name='state', values=[1, 2], quote=False)",
  relationships: "test_relationships(model='orders', column_name='customer', to='customers', field='id')",
  accepted_range: `waterworks.test_accepted_range(model='orders', column_name='n', min=1, max="it's")`,
  'accepted_range, exclusive':
    "waterworks.test_accepted_range(model='orders', column_name='n', min_value=0.5, inclusive=false)",
  matches: `waterworks.test_matches(model='orders', column_name='state', pattern="^it's")`,
  expression: "waterworks.test_expression(model='orders', expression='n > 0 -- positive')",
  recency: "waterworks.test_recency(model='orders', column_name='placed_at', hours=36)",
  row_count: "waterworks.test_row_count(model='orders', min=1, max=9)",
  query: "get_test_sql('select 1', 'count(*)', '!= 0', '> 10', limit=none)",
  'query with a limit': "get_test_sql('select 1', 'max(n)', '!= 0', '> 10', limit=5)",
  'unit test': "get_unit_test_sql('select 1 as id', 'select 2 as id', ['id', '\"Name\"'])",
}

describe.each(['duckdb', 'postgres'] as const)('the built-in tests on %s', (type) => {
  let engine: MacroEngine
  beforeAll(async () => {
    engine = await openMacroEngine(type)
  })
  afterAll(() => engine.close())

  it('are the queries that dbt makes, and the platform’s own', async () => {
    const parts: string[] = []
    for (const [name, call] of Object.entries(calls)) {
      const text = await engine.render(`{{ ${call} }}`, { config: { where: "state <> 'lost'" } })
      parts.push(`-- ${name}\n${text.trim()}\n`)
    }
    await expect(parts.join('\n')).toMatchFileSnapshot(`golden/generic-tests-${type}.sql`)
  })

  it('keep every column of what they store', async () => {
    const query = async (config: Readonly<Record<string, unknown>>) =>
      (await engine.render("{{ test_not_null('orders', 'id') }}", { config })).trim().split('\n')[0]
    expect(await query({ store_failures: true })).toBe('select *')
    expect(await query({ store_failures: false })).toBe('select id')
  })

  it('ask the relation itself where there is no condition', async () => {
    expect(await engine.render("{{ get_where_subquery('orders') }}")).toBe('orders')
    expect(await engine.render("{{ get_where_subquery('orders') }}", { config: { where: '' } })).toBe(
      'orders',
    )
  })
})

it('stores failures when the command says so and the node says nothing', async () => {
  const engine = await openMacroEngine('duckdb', '', { STORE_FAILURES: true })
  const text = "{{ test_not_null('orders', 'id') }}"
  expect(await engine.render(text)).toContain('select *')
  expect(await engine.render(text, { config: { store_failures: false } })).toContain('select id')
  await engine.close()
})

it('asks what a project’s own macro asks', async () => {
  const engine = await openMacroEngine(
    'duckdb',
    '{% macro default__test_unique(model, column_name) %}mine {{ column_name }}{% endmacro %}' +
      '{% macro get_where_subquery(relation) %}all of {{ relation }}{% endmacro %}',
  )
  expect(await engine.render("{{ test_unique('orders', 'id') }}")).toContain('mine id')
  expect(await engine.render("{{ get_where_subquery('orders') }}")).toBe('all of orders')
  await engine.close()
})
