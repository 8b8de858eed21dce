import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogQuery, catalogTables, schemasInUse } from '../../../src/dbt/catalog/catalog-query.ts'
import type { Session } from '../../../src/engines/engine.ts'
import { type TestEngine, testEngines } from '../../support/engines.ts'
import { everyKind } from '../artifacts/sample-manifest.ts'

describe.each(['duckdb', 'postgres'] as const)('the catalogue of %s', (type) => {
  let engine: TestEngine
  let session: Session

  beforeAll(async () => {
    engine = await testEngines[type]!()
    session = await engine.engine.connect()
    for (const statement of [
      'create schema "Shop"',
      'create schema other',
      'create table "Shop".orders (id integer, amount decimal(10, 2))',
      'comment on table "Shop".orders is \'what was sold\'',
      'comment on column "Shop".orders.amount is \'in euros\'',
      'create view "Shop".big as select id from "Shop".orders',
      'create table other.hidden (id integer)',
    ]) {
      await session.execute(statement)
    }
  })

  afterAll(async () => {
    await session.close()
    await engine.close()
  })

  it('tells of tables, views, columns and comments of the schemas that are asked for', async () => {
    const [here] = await session.rows('select current_database() as name')
    const places = [
      { database: String(here!['name']).toUpperCase(), schema: 'shop' },
      { database: 'elsewhere', schema: 'other' },
    ]
    const { sql, params } = catalogQuery(type, places)!
    const tables = catalogTables(await session.rows(sql, params))
    const owner = type === 'postgres' ? 'waterworks' : null
    const number = type === 'postgres' ? 'numeric(10,2)' : 'DECIMAL(10,2)'
    const whole = type === 'postgres' ? 'integer' : 'INTEGER'
    const common = { database: here!['name'], schema: 'Shop', owner }
    const id = { name: 'id', type: whole, index: 1, comment: null }
    expect(tables).toEqual([
      { ...common, name: 'big', type: 'VIEW', comment: null, columns: [id] },
      {
        ...common,
        name: 'orders',
        type: 'BASE TABLE',
        comment: 'what was sold',
        columns: [id, { name: 'amount', type: number, index: 2, comment: 'in euros' }],
      },
    ])
  })

  it('of no schema is not asked for', () => {
    expect(catalogQuery(type, [])).toBeUndefined()
  })
})

it('asks for the schemas of relations and sources, each once', () => {
  expect(schemasInUse(everyKind())).toEqual([
    { database: 'warehouse', schema: 'main' },
    { database: 'warehouse', schema: 'raw' },
  ])
})
