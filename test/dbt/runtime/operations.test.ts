import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MacroLibrary } from '../../../src/dbt/macros/macro-library.ts'
import { hooksOf } from '../../../src/dbt/runtime/hook.ts'
import { isPlain } from '../../../src/dbt/runtime/is-plain.ts'
import { findOperation, runOperation } from '../../../src/dbt/runtime/run-operation.ts'
import { DuckDbEngine } from '../../../src/engines/duckdb/duckdb-engine.ts'
import { builtIn, DbtHarness } from '../../support/dbt-harness.ts'

describe('an operation', () => {
  const engine = new DuckDbEngine({ path: ':memory:' })
  let harness: DbtHarness
  beforeAll(async () => {
    const macros = `{% macro count_to(n, label='x') %}{% do log(label, info=true) %}{{ return(run_query('select ' ~ n ~ ' as n').rows[0].n) }}{% endmacro %}
{% macro fill(keep) %}{% do run_query('create table lab.kept (a integer)') %}{% call statement() %}insert into lab.kept values (1){% endcall %}{% if keep %}{% do adapter.commit() %}{% endif %}{% endmacro %}`
    harness = await DbtHarness.open(engine, { macros })
  })
  afterAll(async () => {
    await harness.close()
    await engine.close()
  })

  const run = async (name: string, args: Readonly<Record<string, unknown>>) => {
    const connection = harness.connection()
    const say = (message: string) => void harness.messages.push(message)
    try {
      return await runOperation(harness.renderer, findOperation(harness.renderer, name), args, {
        connection,
        manifest: undefined,
        log: say,
        warn: say,
      })
    } finally {
      await connection.rollback()
    }
  }

  it('calls a macro with named arguments, and gives what it returns', async () => {
    expect(await run('count_to', { n: 3, label: 'three' })).toBe(3)
    expect(await run('shop.count_to', { n: 4 })).toBe(4)
    expect(harness.messages).toEqual(['three', 'x'])
    await expect(run('count_too', {})).rejects.toMatchObject({
      code: 'WW2102',
      hint: 'Did you mean "count_to"?',
    })
  })

  it('keeps what it commits, and no more', async () => {
    await run('fill', { keep: false })
    expect(await harness.rows('select * from lab.kept')).toEqual([])
    await harness.session.execute('drop table lab.kept')
    await run('fill', { keep: true })
    expect(await harness.rows('select * from lab.kept')).toEqual([{ a: 1 }])
  })

  it('ends no transaction that others hold', async () => {
    const gated = harness.session.transaction(async (executor) => {
      const connection = harness.connection(executor, false)
      await connection.commit()
      await connection.execute('create table lab.gone (a integer)')
      await expect(connection.execute('rollback')).rejects.toMatchObject({ code: 'WW5002' })
      expect(await connection.relations(harness.database, 'lab')).toContainEqual(
        expect.objectContaining({ identifier: 'gone' }),
      )
      throw new Error('roll it back')
    })
    await expect(gated).rejects.toThrow('roll it back')
    expect(await harness.connection().relations(harness.database, 'lab')).not.toContainEqual(
      expect.objectContaining({ identifier: 'gone' }),
    )
  })
})

describe('a hook', () => {
  it.each([
    ['select 1', { sql: 'select 1', transaction: true }],
    [
      { sql: 'vacuum', transaction: false },
      { sql: 'vacuum', transaction: false },
    ],
    ['{"sql": "vacuum", "transaction": false}', { sql: 'vacuum', transaction: false }],
    [{ sql: '{"sql": "vacuum", "transaction": false}' }, { sql: 'vacuum', transaction: false }],
  ])('is read as %j', (written, hook) => {
    expect(hooksOf({ 'pre-hook': [written] }, 'pre-hook')).toEqual([hook])
    expect(hooksOf({ pre_hook: written }, 'pre-hook')).toEqual([hook])
  })
})

describe('a plain node', () => {
  const library = (macros: string) =>
    new MacroLibrary([{ name: 'shop', files: [{ path: 'm.sql', text: macros }] }, ...builtIn], {
      rootPackage: 'shop',
      adapter: 'duckdb',
    })
  const plain = (config: Readonly<Record<string, unknown>>, macros = '') =>
    isPlain({ materialized: 'table', ...config }, library(macros), 'duckdb')

  it('asks for no more than a table or view of its query', () => {
    expect(plain({})).toBe(true)
    expect(plain({ materialized: 'view', tags: ['a'], contract: { enforced: false }, grants: {} })).toBe(true)
    expect(plain({ 'pre-hook': [], 'post-hook': [], persist_docs: { relation: false } })).toBe(true)
  })

  it.each([
    { materialized: 'incremental' },
    { 'post-hook': [{ sql: 'select 1', transaction: true }] },
    { contract: { enforced: true } },
    { sql_header: 'set x = 1' },
    { indexes: [{ columns: ['a'] }] },
    { persist_docs: { relation: true } },
    { grants: { select: ['a'] } },
  ])('does not ask for %j', (config) => {
    expect(plain(config)).toBe(false)
  })

  it.each([
    "{% materialization table, adapter='duckdb' %}{% endmaterialization %}",
    '{% macro duckdb__create_table_as(temporary, relation, sql) %}{% endmacro %}',
    '{% macro run_hooks(hooks, inside_transaction) %}{% endmacro %}',
  ])('is made by no macro of the project’s: %s', (macros) => {
    expect(plain({}, macros)).toBe(false)
  })
})
