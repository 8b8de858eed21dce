import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, sharedPostgres } from '../support/postgres-server.ts'
import { keptCopyOfFixture, waterworks } from './support/waterworks.ts'

let server: PostgresServer
let shop: string

beforeAll(async () => {
  server = await sharedPostgres()
  shop = await keptCopyOfFixture('shop')
  const { host, port, user, password } = server
  const target = { type: 'postgres', host, port, user, password, database: await server.createDatabase() }
  const dev = JSON.stringify({ ...target, schema: 'analytics', allow_plaintext_password: true })
  const nowhere = JSON.stringify({ ...target, port: 1, allow_plaintext_password: true })
  await writeFile(
    join(shop, 'waterworks.yml'),
    `name: shop\ntargets:\n  dev: ${dev}\n  nowhere: ${nowhere}\ndefault_target: dev\n`,
  )
})

afterAll(async () => {
  await server.close()
  await rm(shop, { recursive: true, force: true })
})

describe('on Postgres', () => {
  test('a build can be read, and its rejected rows shown and replayed', async () => {
    const built = await waterworks(shop, ['build', '--json'])
    expect(JSON.parse(built.stdout)).toMatchObject({ status: 'success' })
    const query = ['sql', '--format', 'csv']
    const counted = await waterworks(shop, [...query, 'select count(*) as n from analytics.fct_orders;'])
    expect(counted).toMatchObject({ code: 0, stdout: 'n\r\n3\r\n' })
    expect((await waterworks(shop, ['show', 'shop.orders', '--format', 'csv'])).stdout).toContain(
      '2,Bela,20,',
    )
    const list = await waterworks(shop, ['quarantine', 'list'])
    expect(list.stdout).toMatch(/check amount_plausible failed +1/)
    expect((await waterworks(shop, ['quarantine', 'show'])).stdout).toMatch(/customer +xxxx, xx\n/)
    const pipeline = join(shop, 'pipelines/orders.yml')
    await writeFile(pipeline, (await readFile(pipeline, 'utf8')).replace('min: 0', 'min: -5'))
    const replayed = await waterworks(shop, ['quarantine', 'replay', '--json'])
    expect(JSON.parse(replayed.stdout)).toMatchObject({
      status: 'success',
      malformed: 1,
      nodes: [{ ledger: { extracted: 1, inserted: 1, rows_before: 4, rows_after: 5 } }],
    })
    const again = await waterworks(shop, ['quarantine', 'replay', '--json'])
    expect(JSON.parse(again.stdout)).toMatchObject({ nodes: [], malformed: 1 })
  })

  test('the server itself refuses what writes behind a query', async () => {
    const ran = await waterworks(shop, ['sql', `select lo_create(0)`])
    expect(ran.code).toBe(2)
    expect(ran.stderr).toContain('read-only transaction')
  })

  test('a target that cannot be reached is told by debug, and does not keep plan from planning', async () => {
    const debugged = await waterworks(shop, ['debug'])
    expect(debugged.code).toBe(1)
    expect(debugged.stdout).toMatch(/target dev +ok +Postgres waterworks@/)
    expect(debugged.stdout).toMatch(/target nowhere +failed .*WW3002/)
    expect(debugged.stdout).not.toContain(server.password)
    const planned = await waterworks(shop, ['plan', '--target', 'nowhere'])
    expect(planned.code).toBe(0)
    expect(planned.stderr).toContain('new data is not shown')
  })
})
