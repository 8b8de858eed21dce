import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WarehouseConnection } from '../../../src/dbt/adapter/warehouse-connection.ts'
import type { ManifestModel } from '../../../src/dbt/manifest/manifest-node.ts'
import type { ManifestUnitTest } from '../../../src/dbt/manifest/manifest-unit-test.ts'
import type { Reference } from '../../../src/dbt/reference.ts'
import {
  runUnitTest,
  type UnitTestSetting,
  type UnitTestView,
} from '../../../src/dbt/unit-tests/unit-test.ts'
import { DuckDbEngine } from '../../../src/engines/duckdb/duckdb-engine.ts'
import type { Session } from '../../../src/engines/engine.ts'
import { WaterworksError } from '../../../src/errors/waterworks-error.ts'
import { sampleModel, sampleSource, sampleUnitTest } from '../artifacts/sample-manifest.ts'

const engine = new DuckDbEngine({ path: ':memory:' })
let session: Session

beforeAll(async () => {
  session = await engine.connect()
  await session.execute("attach ':memory:' as warehouse")
  await session.execute('use warehouse')
  await session.execute('create schema raw')
  await session.execute(`create table main.src as select 1 as id, 'a' as name, cast(1.5 as decimal(10, 2)) as amount,
    [1, 2] as xs, true as ok, date '2024-01-01' as d, {'a': 1} as st, null as nothing`)
  await session.execute('create table raw.src as select 1 as "Id"')
  await session.execute('create table main.orders as select 1 as id')
})

afterAll(async () => {
  await session.close()
  await engine.close()
})

const src = sampleModel('src')
const eph = sampleModel('eph', { config: { materialized: 'ephemeral' } })
const rawSrc = sampleSource('src')
const orders = sampleModel('orders')

/** Renders as a template would: the text's `{…}` are looked up in the view. */
type Code = (view: UnitTestView) => string

function setting(code: Code): UnitTestSetting {
  return {
    connection: new WarehouseConnection(session, {
      type: 'duckdb',
      database: 'warehouse',
      publishesAtOnce: true,
    }),
    dialect: { ...engine.dialect, type: 'duckdb' },
    lookUp: (reference) => {
      if (reference.kind === 'source') return reference.table === 'src' ? rawSrc : undefined
      if (reference.kind === 'function') return undefined
      return [src, eph, orders, sampleModel('gone')].find((model) => model.name === reference.model)
    },
    render: async (_, view) => code(view),
    compileEphemeral: async () => 'select id, name from main.src',
  }
}

const ref = (model: string): Reference => ({ kind: 'ref', package: undefined, model })
const source: Reference = { kind: 'source', source: 'raw', table: 'src' }

function run(test: Partial<ManifestUnitTest>, code: Code, model: ManifestModel = orders) {
  return runUnitTest(sampleUnitTest(test), model, setting(code))
}

const given = (
  input: string,
  rows: ManifestUnitTest['given'][number]['rows'],
  format: 'dict' | 'csv' | 'sql' = 'dict',
) => ({
  input,
  rows,
  format,
  fixture: null,
})
const expected = (rows: ManifestUnitTest['expect']['rows'], format: 'dict' | 'csv' | 'sql' = 'dict') => ({
  rows,
  format,
  fixture: null,
})

async function failure(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof WaterworksError)
      return `${error.code} ${error.message}${error.hint ? ` | ${error.hint}` : ''}`
    throw error
  }
  throw new Error('nothing failed')
}

describe('rows that are given', () => {
  it('have the types of what they stand for, and NULL where nothing is given', async () => {
    const { status, compiled } = await run(
      {
        given: [
          given("ref('src')", [
            { id: 1, name: "o'x", amount: 1.5, xs: [1, 2], ok: true, d: '2024-02-01', st: { a: 3 } },
            { ID: 2, Name: 'b', amount: 5 },
          ]),
        ],
        expect: expected([
          {
            id: 1,
            name: "o'x",
            amount: '1.50',
            xs: [1, 2],
            ok: true,
            d: '2024-02-01',
            st: { a: 3 },
            nothing: null,
          },
          { id: 2, name: 'b', amount: 5, xs: null, ok: null, d: null, st: null, nothing: null },
        ]),
      },
      (view) => `select * from ${view.resolve(ref('src')).cte}`,
    )
    expect(status).toBe('pass')
    await expect(`${compiled.code}\n`).toMatchFileSnapshot('golden/types.sql')
  })

  it('may be CSV, and be given for sources, whose name a model may have as well', async () => {
    const { status, sql } = await run(
      {
        given: [
          given("source('raw', 'src')", [{ Id: '1' }, { Id: '2' }], 'csv'),
          given(
            "ref('src')",
            [
              { id: '2', name: 'b' },
              { id: '1', name: null },
            ],
            'csv',
          ),
        ],
        expect: expected(
          [
            { name: 'b', id: '2' },
            { name: null, id: '1' },
          ],
          'csv',
        ),
      },
      (view) =>
        `select s.id, m.name from ${view.resolve(source).cte} s join ${view.resolve(ref('src')).cte} m on s."Id" = m.id`,
    )
    expect(status).toBe('pass')
    await expect(`${sql}\n`).toMatchFileSnapshot('golden/csv.sql')
  })

  it('may be a query, and be given for ephemeral models, whose columns follow from their query', async () => {
    const code: Code = (view) => `with a as (select 1) select id, name from ${view.resolve(ref('eph')).cte}`
    const asRows = {
      given: [given("ref('eph')", [{ id: 1 }])],
      expect: expected('select 1 as id, null as name', 'sql'),
    }
    const asSql = { ...asRows, given: [given("ref('eph')", 'select 1 as id, null::text as name;', 'sql')] }
    expect((await run(asRows, code)).status).toBe('pass')
    expect((await run(asSql, code)).status).toBe('pass')
  })

  it('may be none, and none may be expected', async () => {
    const { status, compiled } = await run(
      { given: [given("ref('src')", [])], expect: expected([]) },
      (view) => `select * from ${view.resolve(ref('src')).cte}`,
    )
    expect(status).toBe('pass')
    expect(compiled.code).toContain('limit 0')
  })

  it('stand for what an incremental model has, as `this`', async () => {
    const { status, compiled } = await run(
      {
        given: [given("ref('src')", [{ id: 1 }, { id: 2 }, { id: 3 }]), given('this', [{ id: 2 }])],
        expect: expected([{ id: 3 }]),
        overrides: { macros: { is_incremental: true }, vars: { cutoff: 9 }, env_vars: { X: 'x' } },
      },
      (view) => {
        expect(view).toMatchObject({
          macros: { is_incremental: true },
          vars: { cutoff: 9 },
          envVars: { X: 'x' },
        })
        return `select id from ${view.resolve(ref('src')).cte} where id > (select max(id) from ${view.thisCte})`
      },
    )
    expect(status).toBe('pass')
    expect(compiled.extraCtes.map(({ id }) => id)).toEqual(['model.shop.orders', 'model.shop.src'])
  })
})

it('a difference fails the test and is shown', async () => {
  const { status, failures, message } = await run(
    { given: [given("ref('src')", [{ id: 1, name: 'a' }])], expect: expected([{ name: 'b', id: 1 }]) },
    (view) => `select * from ${view.resolve(ref('src')).cte}`,
  )
  expect({ status, failures, message }).toEqual({
    status: 'fail',
    failures: 1,
    message: 'actual differs from expected:\n\n@@  name  id\n→   b→a   1\n',
  })
})

describe('a test that cannot be run', () => {
  const code: Code = (view) => `select id from ${view.resolve(ref('src')).cte}`
  const rows = [given("ref('src')", [{ id: 1 }])]

  it.each([
    [
      'names nothing',
      { given: [given("ref('nobody')", [])] },
      "WW2304 unit test counts gives rows for ref('nobody'), which names nothing",
    ],
    [
      'names no relation',
      { given: [given('orders', [])] },
      'WW2304 unit test counts gives rows for orders, which is neither ref(…), source(…) nor this',
    ],
    [
      'leaves out an input',
      { given: [given("ref('eph')", [])] },
      "WW2305 unit test counts gives no rows for ref('src'), which model orders reads | Add `- input: ref('src')` with its rows.",
    ],
    [
      'gives a column that is not there',
      { given: [given("ref('src')", [{ ident: 1 }])] },
      "WW2302 there is no column ident for the unit test's 'src' | The columns are id, name, amount, xs, ok, d, st, nothing.",
    ],
    [
      'expects a column that is not there',
      { given: rows, expect: expected([{ name: 'a' }]) },
      "WW2302 there is no column name for the unit test's expected output | The columns are id.",
    ],
    [
      'expects rows of different columns',
      { given: rows, expect: expected([{ id: 1 }, {}]) },
      'WW2303 row 2 of what the unit test expects does not have the columns of the first one: id',
    ],
    [
      'has no rows',
      { given: [given("ref('src')", null)] },
      "WW2301 input ref('src') of unit test counts has no rows",
    ],
  ] as const)('%s', async (_, test, message) => {
    expect(await failure(run(test, code))).toBe(message)
  })

  it('stands on what has not been built', async () => {
    const work = run(
      { given: [given("ref('gone')", [{ id: 1 }])] },
      (view) => `select * from ${view.resolve(ref('gone')).cte}`,
    )
    expect(await failure(work)).toBe(
      'WW2306 unit test counts needs the columns of main.gone, which does not exist | Build it first, if only with no rows: `build --empty --select gone`. Or give its rows with format: sql.',
    )
  })
})
