import { describe, expect, it } from 'vitest'
import { ProjectErrors } from '../../src/errors/project-errors.ts'
import { suiteEngine, testEngines } from '../support/engines.ts'
import { csvPipeline, RunProject } from '../support/run-project.ts'

const DEAD_LETTER = 'error_handling: {strategy: dead-letter}'
const stages = (operations: string) => `transform: {stages: [{name: aggregate, operations: [${operations}]}]}`

describe.each(Object.keys(testEngines))('stages that make or fold rows, on %s', (name) => {
  const test = suiteEngine(name)
  let project: RunProject

  const create = async (csv: string, load: string, ...more: readonly string[]) => {
    project = await RunProject.create(test.engine, {
      'pipelines/orders.yml': csvPipeline('orders', load, ...more),
      'in/orders-1.csv': csv,
    })
    return project.build()
  }
  const table = (columns: string, order: string) =>
    project.rows(`select ${columns} from raw.raw_shop_orders order by ${order}`)

  it('explode adds rows, and rejects a record as a whole that one row of it cannot be loaded of', async () => {
    const csv = 'id;items\n1;[1,2]\n2;["x",3]\n3;[]\n4;bad\n'
    const ran = await create(
      csv,
      'append',
      stages('explode: {column: items, into: item, type: integer}'),
      DEAD_LETTER,
    )
    expect(ran.node('orders').ledger).toMatchObject({ extracted: 4, expanded: 1, inserted: 3, rejected: 2 })
    expect(await table('id, item', 'id, item')).toEqual([
      { id: 1, item: 1 },
      { id: 1, item: 2 },
      { id: 3, item: null },
    ])
    const quarantined = await project.rows(
      'select record, reason, payload from _waterworks.quarantine order by record',
    )
    expect(quarantined).toEqual([
      {
        record: 2,
        reason: expect.stringContaining('column item: cannot be read as int'),
        payload: expect.stringContaining('x'),
      },
      { record: 4, reason: 'column items is no JSON array', payload: expect.stringContaining('bad') },
    ])
  })

  it('gates, merges and doubles are of the rows that were made', async () => {
    const csv = 'id;items\n1;[1,2,2]\n2;[7,1]\n'
    const ran = await create(
      csv,
      'merge, merge_keys: [id, item]',
      stages('explode: {column: items, into: item, type: integer}'),
      DEAD_LETTER,
      'quality_gates: {pre_load: [{expression: item < 5}]}',
    )
    expect(ran.node('orders').ledger).toMatchObject({
      extracted: 2,
      expanded: 2,
      deduplicated: 1,
      inserted: 2,
      rejected: 1,
    })
    expect(await table('id, item', 'id, item')).toEqual([
      { id: 1, item: 1 },
      { id: 1, item: 2 },
    ])
  })

  it('rollup folds rows, and leaves rejected rows apart', async () => {
    const csv = 'store,amount\na,1\na,2\nb,5\nb,x\n,4\n'
    const operations =
      'cast: {amount: integer}, rollup: {by: store, measures: {orders: count(*), total: sum(amount)}}, cast: {total: bigint}'
    const ran = await create(csv, 'truncate-reload', stages(operations), DEAD_LETTER)
    expect(ran.node('orders').ledger).toMatchObject({ extracted: 5, folded: 1, inserted: 3, rejected: 1 })
    expect(await table('store, orders, total', 'total')).toEqual([
      { store: 'a', orders: 2, total: 3 },
      { store: null, orders: 1, total: 4 },
      { store: 'b', orders: 1, total: 5 },
    ])
  })

  describe('that look up other tables', () => {
    const enrich = (operations: string, from = 'in/orders-1.csv') => ({
      'pipelines/orders.yml': csvPipeline('orders', 'append', stages(operations), DEAD_LETTER),
      [from]:
        'id,country,amount,currency,at\n1,DE,10,EUR,2026-01-05\n2,FR,10,USD,2026-01-15\n3,XX,10,USD,2025-01-01\n4,,,,\n',
    })
    const countries = { 'seeds/countries.csv': 'code,name\nDE,Germany\nFR,France\n' }
    const named = "lookup: {from: ref('countries'), on: {country: code}, take: {name: country_name}"

    const mistakes = async () => {
      const error: unknown = await project.build().catch((caught: unknown) => caught)
      if (!(error instanceof ProjectErrors)) throw error
      return error.diagnostics.map((each) => each.error.message)
    }

    it('run after what they look up, and do by their rule with what is not found', async () => {
      project = await RunProject.create(test.engine, {
        ...countries,
        ...enrich(`${named}, on_miss: quarantine}`),
      })
      const ran = await project.build()
      expect(ran.nodes.map(({ node }) => node.split('.')[0])).toEqual(['seed', 'pipeline'])
      expect(ran.node('orders').ledger).toMatchObject({ extracted: 4, inserted: 2, rejected: 2 })
      expect(await table('id, country_name', 'id')).toEqual([
        { id: 1, country_name: 'Germany' },
        { id: 2, country_name: 'France' },
      ])
    })

    it('give defaults to what is not found', async () => {
      project = await RunProject.create(test.engine, {
        ...countries,
        ...enrich(`${named}, default: {country_name: nowhere}}`),
      })
      await project.build()
      expect((await table('country_name', 'id')).map((row) => row['country_name'])).toEqual([
        'Germany',
        'France',
        'nowhere',
        'nowhere',
      ])
    })

    it('hold the load where two rows are found: none is doubled', async () => {
      const twice = { 'seeds/countries.csv': 'code,name\nDE,Germany\nDE,Deutschland\nFR,France\n' }
      project = await RunProject.create(test.engine, { ...twice, ...enrich(`${named}}`) })
      const ran = await project.build()
      expect(ran.node('orders')).toMatchObject({
        status: 'failed',
        message: expect.stringContaining('finds several rows for one key (1 row)'),
        ledger: { extracted: 4, held: 4 },
      })
    })

    it('convert amounts by the latest rate that is not after them', async () => {
      const rates = {
        'seeds/rates.csv': 'currency,date,rate\nUSD,2026-01-01,0.5\nUSD,2026-01-10,0.25\nUSD,2026-02-01,9\n',
      }
      const convert =
        "convert_currency: {amount: amount, currency: currency, to: EUR, into: euros, at: at, rates: {from: ref('rates')}}"
      project = await RunProject.create(test.engine, { ...rates, ...enrich(convert) })
      const ran = await project.build()
      expect(ran.node('orders').ledger).toMatchObject({ inserted: 3, rejected: 1 })
      const euros = await table('id, cast(euros as double precision) as euros', 'id')
      expect(euros).toEqual([
        { id: 1, euros: 10 },
        { id: 2, euros: 2.5 },
        { id: 4, euros: null },
      ])
    })

    it('name the nearest node where there is none, and refuse circles', async () => {
      project = await RunProject.create(test.engine, {
        ...countries,
        ...enrich(named.replace('countries', 'countrys').concat('}')),
      })
      expect(await mistakes()).toEqual([expect.stringContaining('did you mean "countries"')])
      await project.write({
        ...enrich(named.replace('countries', 'm').concat('}')),
        'models/m.sql': "select * from {{ source('shop', 'orders') }}",
      })
      expect(await mistakes()).toEqual([expect.stringMatching(/circle: .*pipeline\.shop\.orders/)])
    })
  })
})
