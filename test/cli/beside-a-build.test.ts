import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { copyOfFixture, startWaterworks, waterworks } from './support/waterworks.ts'

/** Takes minutes, so that the build is there as long as the test looks at it. */
const SLOW_MODEL = `{{ config(materialized='table') }}
select sum(hash(a.range * b.range)) as n from range(1000000) as a, range(1000000) as b
-- {{ ref('stg_shop__orders') }}`

describe('while a build runs in another process', () => {
  test('sql, show, runs and quarantine work, a second build does not, and Ctrl-C ends it in good order', async () => {
    const shop = await copyOfFixture('shop')
    expect((await waterworks(shop, ['build'])).code).toBe(0)
    await writeFile(join(shop, 'models/fct_slow.sql'), SLOW_MODEL)
    await writeFile(join(shop, 'data/orders/two.csv'), 'order_id,customer,amount\n7,Gus,30\n')
    const build = startWaterworks(shop, ['build'])
    const ended = once(build, 'close')
    let said = ''
    build.stdout!.on('data', (data: Buffer) => {
      said += data.toString()
    })
    build.stderr!.on('data', (data: Buffer) => {
      said += data.toString()
    })
    try {
      await expect.poll(() => said, { timeout: 30_000 }).toMatch(/success +fct_orders/)

      const counted = await waterworks(shop, [
        'sql',
        '--format',
        'csv',
        'select count(*) as n from raw.raw_shop_orders',
      ])
      expect(counted).toMatchObject({ code: 0, stdout: 'n\r\n5\r\n' })
      const shown = await waterworks(shop, ['show', 'fct_orders', '--format', 'csv'])
      expect(shown.stdout).toContain('7,Gus,30\r\n')
      expect((await waterworks(shop, ['show', 'fct_slow'])).stderr).toContain('WW7006')
      const runs = JSON.parse((await waterworks(shop, ['runs', '--json'])).stdout).runs
      expect(runs.map((run: { status: string }) => run.status)).toEqual(['running', 'success'])
      const quarantine = await waterworks(shop, ['quarantine', 'list'])
      expect(quarantine).toMatchObject({ code: 0, stdout: expect.stringContaining('amount_plausible') })
      expect((await waterworks(shop, ['quarantine', 'show'])).code).toBe(0)
      expect((await waterworks(shop, ['plan'])).code).toBe(0)
      expect((await waterworks(shop, ['debug'])).stdout).toContain(
        'a process owns the warehouse file and answers',
      )

      const second = await waterworks(shop, ['build'])
      expect(second).toMatchObject({ code: 2, stderr: expect.stringContaining('WW5004') })
      const written = await waterworks(shop, ['sql', 'drop table fct_orders'])
      expect(written).toMatchObject({ code: 2, stderr: expect.stringContaining('WW6011') })
    } finally {
      build.kill('SIGINT')
    }
    await ended
    expect(build.exitCode).toBe(1)
    expect(said).toContain('Stopping')
    expect((await waterworks(shop, ['show', 'fct_orders', '--format', 'csv'])).stdout).toContain(
      '7,Gus,30\r\n',
    )
  })

  test('what was killed shows as interrupted, and its lease is taken over', async () => {
    const shop = await copyOfFixture('shop')
    await writeFile(join(shop, 'models/fct_slow.sql'), SLOW_MODEL)
    const build = startWaterworks(shop, ['build'])
    const ended = once(build, 'close')
    let said = ''
    build.stderr!.on('data', (data: Buffer) => {
      said += data.toString()
    })
    await expect.poll(() => said, { timeout: 30_000 }).toMatch(/success +fct_orders/)
    build.kill('SIGKILL')
    await ended
    const counted = await waterworks(shop, ['sql', '--format', 'csv', 'select count(*) as n from fct_orders'])
    expect(counted.stdout).toBe('n\r\n3\r\n')
    const next = await waterworks(shop, ['build', '--exclude', 'fct_slow'])
    expect(next.code).toBe(0)
    const runs = JSON.parse((await waterworks(shop, ['runs', '--json'])).stdout).runs
    expect(runs.map((run: { status: string }) => run.status)).toEqual(['success', 'interrupted'])
  })
})

describe('readers of one DuckDB file', () => {
  test('may be several at once', async () => {
    const shop = await copyOfFixture('shop')
    await waterworks(shop, ['build'])
    const query = ['sql', '--format', 'csv', 'select count(*) as n from fct_orders']
    const all = await Promise.all(Array.from({ length: 4 }, () => waterworks(shop, query)))
    for (const ran of all) expect(ran).toMatchObject({ code: 0, stdout: 'n\r\n3\r\n' })
  })

  test('are not given another target’s data by its owner', async () => {
    const shop = await copyOfFixture('shop')
    await waterworks(shop, ['build'])
    await writeFile(join(shop, 'models/fct_slow.sql'), SLOW_MODEL)
    const build = startWaterworks(shop, ['build', '--target', 'other'])
    const ended = once(build, 'close')
    let said = ''
    build.stderr!.on('data', (data: Buffer) => {
      said += data.toString()
    })
    try {
      await expect.poll(() => said, { timeout: 30_000 }).toMatch(/success +fct_orders/)
      const name =
        'select parse_filename(path) as file from duckdb_databases() where database_name = current_database()'
      expect((await waterworks(shop, ['sql', '--format', 'csv', name])).stdout).toBe(
        'file\r\nwarehouse.duckdb\r\n',
      )
      expect((await waterworks(shop, ['sql', '--format', 'csv', name, '--target', 'other'])).stdout).toBe(
        'file\r\nother.duckdb\r\n',
      )
    } finally {
      build.kill('SIGKILL')
    }
    await ended
  })
})
