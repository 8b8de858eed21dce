import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DuckDbEngine } from '../../../src/engines/duckdb/duckdb-engine.ts'
import { DbtHarness } from '../../support/dbt-harness.ts'

describe('materializations of DuckDB alone', () => {
  const engine = new DuckDbEngine({ path: ':memory:' })
  const folder = mkdtempSync(join(tmpdir(), 'waterworks-external-'))
  let harness: DbtHarness
  beforeAll(async () => {
    harness = await DbtHarness.open(engine, { settings: { externalRoot: folder } })
  })
  afterAll(async () => {
    await harness.close()
    await engine.close()
    rmSync(folder, { recursive: true })
  })

  it.each([
    [{}, 'm.parquet'],
    [{ format: 'csv' }, 'm.csv'],
    [{ format: 'json' }, 'm.json'],
    [{ location: '{{ adapter.external_root() }}/own.csv', options: { delimiter: ';' } }, 'own.csv'],
  ])('write files and read them through a view: %j', async (config, file) => {
    const external = { materialized: 'external', ...config }
    const sql = "select 1 as id, 'a' as v union all select 2, 'b'"
    await harness.build({ sql, config: external })
    await harness.build({ sql, config: external })
    expect(existsSync(join(folder, file))).toBe(true)
    const rows = await harness.rows('select id, v from lab.m order by id')
    expect(rows.map((row) => `${row['id']} ${row['v']}`)).toEqual(['1 a', '2 b'])
  })

  it('write files of no rows, whose view has none', async () => {
    await harness.build({ sql: 'select 1 as id where false', config: { materialized: 'external' } })
    expect(await harness.rows('select * from lab.m')).toEqual([])
  })

  it('make functions that are read like tables', async () => {
    const config = { materialized: 'table_function', parameters: ['n'] }
    await harness.build({ name: 'f', sql: 'select n + 1 as next', config })
    expect(await harness.rows('select next from lab.f(4)')).toEqual([{ next: 5 }])
  })

  it('refuse what there is not', async () => {
    const build = (materialized: string) => harness.build({ sql: 'select 1 as a', config: { materialized } })
    await expect(build('materialized_view')).rejects.toMatchObject({ code: 'WW2101' })
    await expect(build('tabel')).rejects.toMatchObject({ code: 'WW1212', hint: 'Did you mean "table"?' })
  })

  it('put given rows beside expected ones', async () => {
    await harness.session.execute('create table lab.src (id integer, v varchar, day date)')
    const fixture = await harness.render(
      "{{ get_fixture_sql([{'ID': 1, 'v': \"it's\"}, {'id': 2, 'day': '2024-02-29'}], {'id': 'integer', 'v': 'varchar', 'day': 'date'}) }}",
    )
    const { main } = await harness.build({
      name: 'u',
      sql: `select id, v from (${fixture}) as g`,
      config: {
        materialized: 'unit',
        expected_rows: [
          { id: 1, v: "it's" },
          { id: 2, v: null },
        ],
      },
    })
    expect(main?.table.rows.map((row) => row.join(' ')).toSorted()).toEqual([
      "1 it's actual",
      "1 it's expected",
      '2  actual',
      '2  expected',
    ])
    await expect(
      harness.render("{{ get_fixture_sql([{'nope': 1}], {'id': 'integer'}) }}", { model: { name: 'src' } }),
    ).rejects.toMatchObject({ code: 'WW2101', message: expect.stringContaining("'nope'") })
  })

  it('stand a view in for a relation of elsewhere', async () => {
    const config = { materialized: 'clone' }
    await harness.build({ name: 'c', config })
    expect(harness.messages.at(-1)).toContain('no relation in the state')
  })
})
