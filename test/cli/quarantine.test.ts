import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { copyOfFixture, waterworks } from './support/waterworks.ts'

async function rowsOf(folder: string, query: string): Promise<readonly unknown[][]> {
  const ran = await waterworks(folder, ['sql', '--json', query])
  expect(ran.stderr).toBe('')
  return JSON.parse(ran.stdout).rows.map((row: Readonly<Record<string, unknown>>) => Object.values(row))
}

async function jsonOf(folder: string, args: readonly string[]) {
  const ran = await waterworks(folder, [...args, '--json'])
  return { code: ran.code, ...JSON.parse(ran.stdout) }
}

async function edit(folder: string, file: string, from: string, to: string): Promise<void> {
  const path = join(folder, file)
  const text = await readFile(path, 'utf8')
  expect(text).toContain(from)
  await writeFile(path, text.replace(from, to))
}

const PIPELINE = 'pipelines/orders.yml'

describe('rejected rows', () => {
  test('are listed without their values, and shown by shape unless revealed', async () => {
    const shop = await copyOfFixture('shop')
    await waterworks(shop, ['build'])
    const list = await waterworks(shop, ['quarantine', 'list'])
    expect(list.code).toBe(0)
    expect(list.stdout).toMatch(/shop_orders +orders +check amount_plausible failed +1/)
    expect(list.stdout).toContain('1 record not well-formed: it cannot be replayed until the file is mended.')
    const shown = await waterworks(shop, ['quarantine', 'show', '--reason', 'AMOUNT_plausible'])
    expect(shown.stdout).toContain('data/orders/one.csv, record 3')
    expect(shown.stdout).toMatch(/customer +xxxx, xx\n/)
    expect(shown.stdout).toMatch(/amount +-9\n/)
    for (const { stdout } of [list, shown]) expect(stdout).not.toContain('Chen')
    const [id] = JSON.parse((await waterworks(shop, ['quarantine', 'show', '--json'])).stdout).entries.map(
      (entry: { quarantine_id: string }) => entry.quarantine_id,
    )
    const revealed = await waterworks(shop, ['quarantine', 'show', id, '--reveal'])
    expect(revealed.stdout).toMatch(/customer +Chen, Li\n/)
    const wrong = await waterworks(shop, ['quarantine', 'show', 'no-such-row'])
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('WW7008') })
  })

  test('go back through the pipeline as it is now: rejected again first, taken once it is mended', async () => {
    const shop = await copyOfFixture('shop')
    await waterworks(shop, ['build'])
    const again = await jsonOf(shop, ['quarantine', 'replay'])
    expect(again).toMatchObject({
      code: 1,
      status: 'partial',
      malformed: 1,
      nodes: [{ status: 'partial', ledger: { extracted: 1, rejected: 1, inserted: 0 } }],
    })
    await edit(shop, PIPELINE, 'min: 0', 'min: -5')
    const taken = await jsonOf(shop, ['quarantine', 'replay', '--reason', 'amount_plausible'])
    expect(taken).toMatchObject({
      code: 0,
      status: 'success',
      nodes: [{ ledger: { extracted: 1, inserted: 1, rejected: 0, rows_before: 4, rows_after: 5 } }],
    })
    expect(
      await rowsOf(shop, 'select order_id, customer, amount from raw.raw_shop_orders where order_id = 3'),
    ).toEqual([[3, 'Chen, Li', -5]])
    expect(await jsonOf(shop, ['quarantine', 'replay'])).toMatchObject({ code: 0, nodes: [], malformed: 1 })
    const runs = await jsonOf(shop, ['runs'])
    expect(runs.runs.map((run: { command: string; status: string }) => [run.command, run.status])).toEqual([
      ['quarantine replay', 'success'],
      ['quarantine replay', 'partial'],
      ['build', 'success'],
    ])
    expect((await waterworks(shop, ['runs', '--records'])).stdout.trimEnd().split('\n')).toHaveLength(3)
    // What is downstream has new data, the source has none, and a retry means the build.
    const plan = await jsonOf(shop, ['plan'])
    expect(plan.tasks.map((task: { name: string; reason: string }) => [task.name, task.reason])).toEqual([
      ['shop_orders', 'new code'],
      ['stg_shop__orders', 'new data'],
      ['fct_orders', 'new data'],
    ])
    expect((await waterworks(shop, ['retry'])).stdout).toContain('Nothing to retry')
    expect(await jsonOf(shop, ['build'])).toMatchObject({ code: 0, status: 'success' })
    expect(await rowsOf(shop, 'select count(*) from raw.raw_shop_orders')).toEqual([[5]])
  })

  test('of a full reload are added by a replay, and replaced with all else by the next reload', async () => {
    const shop = await copyOfFixture('shop')
    await edit(shop, PIPELINE, 'strategy: append', 'strategy: truncate-reload')
    await waterworks(shop, ['build'])
    await edit(shop, PIPELINE, 'min: 0', 'min: -5')
    expect(await jsonOf(shop, ['quarantine', 'replay'])).toMatchObject({ code: 0, status: 'success' })
    expect(await rowsOf(shop, 'select count(*) from raw.raw_shop_orders')).toEqual([[5]])
    const unchanged = await jsonOf(shop, ['ingest'])
    expect(unchanged.nodes[0].ledger).toMatchObject({ extracted: 0, physical_deletes: 0 })
    await writeFile(join(shop, 'data/orders/two.csv'), 'order_id,customer,amount\n7,Gus,70\n')
    const reloaded = await jsonOf(shop, ['ingest'])
    expect(reloaded.nodes[0].ledger).toMatchObject({ extracted: 7, inserted: 6, rejected: 1, rows_after: 6 })
    expect((await jsonOf(shop, ['quarantine', 'list', '--all'])).rejected).toMatchObject([
      { reason: 'too many fields: 4 instead of 3', rows: 1, replayed: 0 },
    ])
    expect(await jsonOf(shop, ['quarantine', 'replay'])).toMatchObject({ nodes: [], malformed: 1 })
  })

  test('of a merge are merged', async () => {
    const shop = await copyOfFixture('shop')
    await edit(shop, PIPELINE, 'strategy: append', 'strategy: merge\n    merge_keys: [order_id]')
    await writeFile(join(shop, 'data/orders/one.csv'), 'order_id,customer,amount\n1,Anna,10\n1,Anna,-5\n')
    await edit(shop, PIPELINE, 'min: 0', 'min: 0, where: amount < 0')
    await waterworks(shop, ['ingest'])
    await edit(shop, PIPELINE, 'min: 0', 'min: -5')
    const taken = await jsonOf(shop, ['quarantine', 'replay'])
    expect(taken.nodes[0].ledger).toMatchObject({ extracted: 1, updated: 1, rows_before: 1, rows_after: 1 })
  })

  test('of JSON come back as JSON, with every digit', async () => {
    const shop = await copyOfFixture('shop')
    await edit(shop, PIPELINE, 'data/orders/*.csv', 'data/orders/*.ndjson')
    const rows = [
      '{"order_id": 9007199254740993, "customer": "Anna \\"quoted\\"\\n", "amount": -3}',
      '{"order_id": 2, "customer": null, "amount": 4}',
      '{"order_id": 3, "amount": -0.1}',
    ]
    await writeFile(join(shop, 'data/orders/one.ndjson'), `${rows.join('\n')}\n`)
    await waterworks(shop, ['ingest'])
    await edit(shop, PIPELINE, 'min: 0', 'min: -5')
    expect(await jsonOf(shop, ['quarantine', 'replay'])).toMatchObject({ code: 0, status: 'success' })
    expect(
      await rowsOf(shop, 'select order_id, customer, amount from raw.raw_shop_orders order by amount'),
    ).toEqual([
      ['9007199254740993', 'Anna "quoted"\n', -3],
      [3, null, -0.1],
      [2, null, 4],
    ])
  })

  test.each([1, 2])('are neither lost nor doubled when a replay is killed (passage %i)', async (passage) => {
    const shop = await copyOfFixture('shop')
    await waterworks(shop, ['build'])
    await edit(shop, PIPELINE, 'min: 0', 'min: -5')
    const killed = await waterworks(shop, ['quarantine', 'replay'], {
      env: { WATERWORKS_FAIL_POINTS: `during-replay:kill@${passage}` },
    })
    expect(killed.code).toBeNull()
    const next = await jsonOf(shop, ['quarantine', 'replay'])
    expect(next.code).toBe(0)
    expect(next.nodes).toHaveLength(passage === 1 ? 1 : 0)
    expect(await rowsOf(shop, 'select order_id from raw.raw_shop_orders order by 1')).toEqual([
      [1],
      [2],
      [3],
      [4],
      [6],
    ])
    const runs = await jsonOf(shop, ['runs'])
    expect(runs.runs.map((run: { status: string }) => run.status)).toContain('interrupted')
  })
})

describe('a held load', () => {
  test('is listed, and given up with a reason: its file is not taken again', async () => {
    const shop = await copyOfFixture('shop')
    await edit(shop, PIPELINE, 'strategy: dead-letter', 'strategy: fail-fast')
    const failed = await waterworks(shop, ['ingest'])
    expect(failed.code).toBe(1)
    expect(failed.stdout).toMatch(/shop_orders +6 +6 /)
    expect(failed.stdout).toContain('waterworks retry')
    const { held } = await jsonOf(shop, ['quarantine', 'list'])
    expect(held).toMatchObject([{ pipeline: 'shop_orders', origin: 'data/orders/one.csv', records: 6 }])
    const id = held[0].load_id.slice(0, 12)
    const unreasoned = await waterworks(shop, ['quarantine', 'discard', id])
    expect(unreasoned).toMatchObject({ code: 2, stderr: expect.stringContaining('WW7001') })
    const discarded = await jsonOf(shop, ['quarantine', 'discard', id, '--reason', 'sent by mistake'])
    expect(discarded).toMatchObject({ code: 0, discarded: { origin: 'data/orders/one.csv', records: 6 } })
    expect((await jsonOf(shop, ['quarantine', 'list'])).held).toEqual([])
    expect((await readdir(join(shop, '.waterworks/landing/shop_orders/orders'))).sort()).toEqual(['sequence'])
    expect((await waterworks(shop, ['runs', 'last'])).stdout).toContain('was discarded: sent by mistake')
    const next = await jsonOf(shop, ['ingest'])
    expect(next).toMatchObject({ code: 0, nodes: [{ ledger: { extracted: 0 } }] })
  })

  test('of a full reload does not come back with the other files', async () => {
    const shop = await copyOfFixture('shop')
    await edit(shop, PIPELINE, 'strategy: dead-letter', 'strategy: fail-fast')
    await edit(shop, PIPELINE, 'strategy: append', 'strategy: truncate-reload')
    await waterworks(shop, ['ingest'])
    const { held } = await jsonOf(shop, ['quarantine', 'list'])
    await waterworks(shop, ['quarantine', 'discard', held[0].load_id, '--reason', 'sent by mistake'])
    expect(await jsonOf(shop, ['ingest'])).toMatchObject({ code: 0, nodes: [{ ledger: { extracted: 0 } }] })
    await writeFile(join(shop, 'data/orders/two.csv'), 'order_id,customer,amount\n7,Gus,70\n')
    const next = await jsonOf(shop, ['ingest'])
    expect(next).toMatchObject({ code: 0, nodes: [{ ledger: { extracted: 1, inserted: 1 } }] })
    expect(await jsonOf(shop, ['ingest'])).toMatchObject({ code: 0, nodes: [{ ledger: { extracted: 0 } }] })
  })
})
