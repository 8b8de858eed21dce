import { describe, expect, it } from 'vitest'
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
})
