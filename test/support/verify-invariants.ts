import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { imbalance } from '../../src/ledger/imbalance.ts'
import { type Delivery, ITEMS, SKUS } from './scratch/shop-deliveries.ts'
import { SHOP_RELATIONS } from './scratch/shop-project.ts'
import { type LoadRow, readWarehouse, type WarehouseContents } from './scratch/warehouse-contents.ts'
import type { ScratchProject } from './scratch-project.ts'

/**
 * What must hold at any moment, also right after a kill: the tables, the quarantine and the positions are exactly what
 * follows from the loads that are recorded, and no published table mixes two versions. Fails the test otherwise.
 */
export async function verifyConsistency(project: ScratchProject): Promise<WarehouseContents> {
  const found = await readWarehouse(project)
  const loads = found.loads.filter((load) => load.status === 'loaded')
  const contents = loads.map((load) => `${load.pipeline} ${load.hash}`)
  expect(contents.length, 'a content is loaded once').toBe(new Set(contents).size)
  const loaded = project.deliveries.all.filter((each) => contents.includes(`${each.stream} ${each.hash}`))
  expect(loaded.length, 'every load is of a file that was delivered').toBe(loads.length)
  for (const { hash, size } of loaded) expect(loads.find((load) => load.hash === hash)?.records).toBe(size)
  const of = (stream: Delivery['stream']) => loaded.filter((each) => each.stream === stream)
  verifyEvents(found, of('events'))
  verifyCustomers(found, of('customers'))
  verifyPrices(found, of('prices'))
  verifyStock(found, of('stock'))
  verifyPositions(found, loads)
  const known = new Set([...SHOP_RELATIONS, ...SYSTEM_RELATIONS])
  expect(
    [...found.relations].filter((name) => !known.has(name)),
    'nothing is left over',
  ).toEqual([])
  return found
}

/**
 * What must hold once a build has succeeded: all of `verifyConsistency`; every file delivered is loaded; the models are
 * what their queries give; nothing waits in the landing zone; no run is open; every ledger balances. Fails the test
 * otherwise.
 */
export async function verifyInvariants(project: ScratchProject): Promise<void> {
  const found = await verifyConsistency(project)
  for (const stream of ['events', 'customers', 'prices', 'stock'] as const) {
    const loaded = found.loads.filter((load) => load.pipeline === stream && load.status === 'loaded')
    const delivered = project.deliveries.of(stream)
    expect(hashes(loaded), `every file of ${stream} is loaded`).toEqual(hashes(delivered))
  }
  verifyModels(found)
  expect(await landed(project), 'nothing waits in the landing zone').toEqual([])
  const left = await readdir(join(project.root, '.waterworks'))
  expect(left, 'nobody listens').not.toContain('owner.sock')
  await project.withState(async (state) => {
    for (const { runId } of await state.runs({ limit: 10_000, tasks: false })) {
      const run = await state.run(runId)
      expect(run?.status, `run ${runId} is over`).not.toBe('running')
      for (const { node, ledger } of run?.tasks ?? []) {
        expect(ledger && imbalance(ledger), `the ledger of ${node} in run ${runId}`).toBeUndefined()
      }
    }
  })
}

const SYSTEM_RELATIONS = ['loads', 'positions', 'quarantine', 'reconciliations', 'shapes', 'treatments'].map(
  (name) => `_waterworks.${name}`,
)

function hashes(list: readonly { readonly hash: string }[]): string[] {
  return list.map(({ hash }) => hash).toSorted()
}

/** Every record of a loaded file is in the table once, or left out by its kind, or in the open quarantine once. */
function verifyEvents(found: WarehouseContents, loaded: readonly Delivery[]): void {
  const records = loaded.flatMap((delivery) => delivery.records)
  const rows = found.tables['raw.raw_shop_events'] ?? []
  const inTable = countBy(rows.map((row) => String(row['event_id'])))
  const open = countBy(openTokens(found, 'e'))
  const amounts = new Map(rows.map((row) => [String(row['event_id']), Number(row['amount'])]))
  for (const { token, fate, amount } of records.filter((record) => record.fate !== 'duplicate')) {
    const [table, quarantine] = [inTable.get(token) ?? 0, open.get(token) ?? 0]
    const where = `${token} (${fate}) is ${table} × in the table and ${quarantine} × in quarantine`
    if (fate === 'applied') expect([table, quarantine], where).toEqual([1, 0])
    else if (fate === 'filtered') expect([table, quarantine], where).toEqual([0, 0])
    else if (fate === 'gated') expect(table + quarantine, where).toBe(1)
    else expect([table, quarantine], where).toEqual([0, 1])
    if (table === 1) expect(amounts.get(token), `${token} has its amount`).toBe(amount)
  }
  const known = new Set(records.map((record) => record.token))
  const strangers = [...inTable.keys(), ...open.keys()].filter((token) => !known.has(token))
  expect(strangers, 'no event is there whose file is not loaded').toEqual([])
}

/** The table has the last version of each customer that the loaded files hold, in the order they were delivered. */
function verifyCustomers(found: WarehouseContents, loaded: readonly Delivery[]): void {
  const records = loaded.flatMap((delivery) => delivery.records)
  const applied = records.filter((record) => record.fate === 'applied')
  const expected = new Map(applied.map((record) => [record.customer, record.token]))
  const rows = found.tables['raw.raw_shop_customers'] ?? []
  expect(rows.length, 'each customer is there once').toBe(expected.size)
  expect(new Map(rows.map((row) => [row['customer_id'], row['token']]))).toEqual(expected)
  const rejected = records.filter((record) => record.fate !== 'applied').map((record) => record.token)
  expect(openTokens(found, 'c').toSorted(), 'rejected customers are in quarantine once').toEqual(
    rejected.toSorted(),
  )
}

function verifyPrices(found: WarehouseContents, loaded: readonly Delivery[]): void {
  expect(loaded.length, 'one price list is loaded at most').toBeLessThanOrEqual(1)
  for (const { number } of loaded) expectPrices(found.tables['raw.raw_shop_prices'] ?? [], number)
  const list = found.tables['analytics.price_list'] ?? []
  if (list.length > 0) expectPrices(list, Number(list[0]?.['version']))
}

function expectPrices(rows: WarehouseContents['positions'], version: number): void {
  const whole = Array.from({ length: ITEMS }, (_, item) => [item, version, version * 100 + item])
  const sorted = rows.toSorted((a, b) => Number(a['item']) - Number(b['item']))
  expect(sorted.map((row) => [row['item'], row['version'], row['price']])).toEqual(whole)
}

function verifyStock(found: WarehouseContents, loaded: readonly Delivery[]): void {
  const latest = new Map(loaded.map((delivery) => [delivery.day, delivery.number]))
  const expected = [...latest].flatMap(([day, number]) =>
    Array.from({ length: SKUS }, (_, sku) => `${day} ${sku} ${number}`),
  )
  const rows = found.tables['raw.raw_shop_stock'] ?? []
  const there = rows.map((row) => `${row['day']} ${row['sku']} ${row['version']}`)
  expect(there.toSorted(), 'each day has its last version').toEqual(expected.toSorted())
}

/** A stream's position is that of its last load, and rows carry the runs of recorded loads. */
function verifyPositions(found: WarehouseContents, loads: readonly LoadRow[]): void {
  const streams = new Set(loads.map((load) => load.pipeline))
  expect(new Set(found.positions.map((row) => row['pipeline']))).toEqual(streams)
  expect(found.positions.length).toBe(streams.size)
  for (const position of found.positions) {
    const load = found.loads.find((each) => each.loadId === position['load_id'])
    expect(load?.runId, 'a position is written with its load').toBe(position['run_id'])
    if (load?.status === 'loaded') expect(position['position']).toContain(JSON.stringify(load.origin))
  }
  for (const stream of ['events', 'customers', 'prices', 'stock']) {
    const runs = new Set(found.loads.filter((load) => load.pipeline === stream).map((load) => load.runId))
    const rows = found.tables[`raw.raw_shop_${stream}`] ?? []
    const strange = rows.filter((row) => !runs.has(String(row['_run_id'])))
    expect(strange.length, `rows of ${stream} come from runs whose loads are recorded`).toBe(0)
  }
}

function verifyModels({ tables }: WarehouseContents): void {
  const events = Map.groupBy(tables['raw.raw_shop_events'] ?? [], (row) => String(row['batch']))
  const totals = [...events].map(([batch, rows]) => [
    batch,
    rows.length,
    rows.reduce((sum, row) => sum + Number(row['amount']), 0),
  ])
  expectRows(tables['analytics.event_totals'], totals)
  const plain = (name: string, columns: readonly string[]) =>
    (tables[name] ?? []).map((row) => columns.map((column) => row[column]))
  expectRows(tables['analytics.customer_tokens'], plain('raw.raw_shop_customers', ['customer_id', 'token']))
  expectRows(tables['analytics.price_list'], plain('raw.raw_shop_prices', ['item', 'version', 'price']))
  const days = Map.groupBy(tables['raw.raw_shop_stock'] ?? [], (row) => String(row['day']))
  expectRows(
    tables['analytics.stock_days'],
    [...days].map(([day, rows]) => [day, rows.length, rows[0]?.['version']]),
  )
  const version = tables['raw.raw_shop_prices']?.[0]?.['version']
  expectRows(tables['analytics.overview'], [[tables['raw.raw_shop_events']?.length, days.size, version]])
}

function expectRows(rows: WarehouseContents['positions'] | undefined, expected: readonly unknown[][]): void {
  const text = (list: readonly (readonly unknown[])[]) =>
    list.map((row) => row.map(String).join(' | ')).toSorted()
  expect(text((rows ?? []).map((row) => Object.values(row)))).toEqual(text(expected))
}

/** Files in the landing zone; the counter of sequence numbers stays. */
async function landed(project: ScratchProject): Promise<readonly string[]> {
  const names = await readdir(join(project.root, '.waterworks/landing'), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => [])
  return names.filter((entry) => entry.isFile() && entry.name !== 'sequence').map((entry) => entry.name)
}

function openTokens(found: WarehouseContents, letter: string): readonly string[] {
  return found.quarantine.filter((row) => row.isOpen && row.token.startsWith(letter)).map((row) => row.token)
}

function countBy(tokens: readonly string[]): ReadonlyMap<string, number> {
  return new Map([...Map.groupBy(tokens, (token) => token)].map(([token, list]) => [token, list.length]))
}
