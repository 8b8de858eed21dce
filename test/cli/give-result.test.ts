import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Field, LogicalType } from '../../src/batch/logical-type.ts'
import { giveResult } from '../../src/cli/give-result.ts'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import { OwnerClient } from '../../src/owner/owner-client.ts'
import { OwnerServer } from '../../src/owner/owner-server.ts'
import type { Reader } from '../../src/owner/reader.ts'
import { SessionReader } from '../../src/owner/session-reader.ts'
import { testOutput } from './support/screen.ts'
import { keptCopyOfFixture, waterworks } from './support/waterworks.ts'

let folder: string
let engine: DuckDbEngine
let owner: OwnerServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waterworks-give-'))
  engine = new DuckDbEngine({ path: join(folder, 'warehouse.duckdb') })
  owner = await OwnerServer.listen(engine, join(folder, 'owner.sock'))
})

afterAll(async () => {
  await owner.close()
  await engine.close()
  await rm(folder, { recursive: true })
})

const STORED: Readonly<Record<string, LogicalType>> = {
  int128: { kind: 'decimal', precision: 38, scale: 0 },
  interval: { kind: 'text' },
}

/** A row of every type, and one of NULLs, a few thousand times over. */
const EVERYTHING = `select i, c.* from range(20000) as r(i) cross join (values
  (true, 1::tinyint, (-32768)::smallint, 3, 9223372036854775807, 99999999999999999999999999999999999999::hugeint,
   1.5::float, 0.1::double, 12345678901234567890.123456789::decimal(38,9), 'ö"\\n''', '{"a": [1]}'::json,
   '0aa1b2c3-0000-4000-8000-000000000001'::uuid, '\\x00\\xFF'::blob, '2024-02-29'::date, '23:59:59.999999'::time,
   'infinity'::timestamp, '2024-01-01 00:00:00.000001+02'::timestamptz, interval '1 month 2 days 3 microseconds'),
  (null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null)
) as c`

async function rowsOf(query: string): Promise<readonly unknown[]> {
  const session = await engine.connect()
  try {
    return await session.rows(query)
  } finally {
    await session.close()
  }
}

describe('Parquet', () => {
  test.each(['a session', 'the owner of the file'])(
    'has the types and values of the query, through %s',
    async (through) => {
      const reader: Reader =
        through === 'a session'
          ? await SessionReader.open(engine)
          : (await OwnerClient.connect(join(folder, 'owner.sock')))!
      const file = join(folder, 'everything.parquet')
      const { output, err } = testOutput()
      await giveResult(reader, EVERYTHING, { format: 'parquet', limit: undefined, file }, output)
      await reader.close()
      expect(err.written).toBe(`Wrote ${file}.\n`)
      const [read, asked] = [`select * from '${file}'`, `select * from (${EVERYTHING})`]
      const session = await engine.connect()
      // Parquet has neither intervals to the microsecond nor whole numbers of 128 bits.
      const stored = (fields: readonly Field[]) =>
        fields.map(({ name, type }) => ({ name, type: STORED[type.kind] ?? type }))
      expect(await session.describe(read)).toEqual(stored(await session.describe(asked)))
      await session.close()
      expect(
        await rowsOf(
          `select count(*) as n from (${read} except all select * replace (if(col17 is null, null, 'P1M2DT0.000003S') as col17) from (${asked}))`,
        ),
      ).toEqual([{ n: 0 }])
      expect(await rowsOf(`select count(*) as n from (${read})`)).toEqual([{ n: 40_000 }])
    },
  )

  test('of nothing still has its columns, and repeated names are told apart', async () => {
    const reader = await SessionReader.open(engine)
    const file = join(folder, 'none.parquet')
    const sql = 'select 1 as a, 2 as a where false'
    await giveResult(reader, sql, { format: 'parquet', limit: undefined, file }, testOutput().output)
    await reader.close()
    const described = await rowsOf(`select column_name as name from (describe select * from '${file}')`)
    expect(described).toEqual([{ name: 'a' }, { name: 'a_2' }])
  })
})

describe('a file', () => {
  test('appears only when it is whole', async () => {
    const reader = await SessionReader.open(engine)
    const file = join(folder, 'broken.csv')
    const sql = "select case when i = 19999 then error('x') else i end from range(20000) as r(i)"
    const given = { format: 'csv', limit: undefined, file } as const
    await expect(giveResult(reader, sql, given, testOutput().output)).rejects.toMatchObject({
      code: 'WW3001',
    })
    await reader.close()
    expect((await readdir(folder)).filter((name) => name.startsWith('broken'))).toEqual([])
  })

  test('has the format of its ending, and all rows', async () => {
    const shop = await keptCopyOfFixture('shop')
    await waterworks(shop, ['build'])
    const sql = 'select i from range(500) as r(i)'
    const ran = await Promise.all([
      waterworks(shop, ['sql', sql, '--output', 'a.md']),
      waterworks(shop, ['sql', sql, '--output', 'a.ndjson']),
      waterworks(shop, ['sql', 'select 1 as a', '-o', 'a.json', '--quiet']),
      waterworks(shop, ['sql', 'select 1 as a', '--output', 'a.xyz']),
      waterworks(shop, ['sql', 'select 1 as a', '--output', 'none/a.csv']),
      waterworks(shop, ['show', 'fct_orders', '--output', 'orders.parquet']),
      waterworks(shop, ['sql', 'select 7 as a', '--format', 'parquet']),
    ])
    expect(ran.map(({ code }) => code)).toEqual([0, 0, 0, 2, 2, 0, 0])
    expect(ran[2]).toMatchObject({ stdout: '', stderr: '' })
    expect(ran[3]!.stderr).toContain('the ending of a.xyz does not tell a format')
    expect(ran[4]!.stderr).toContain('WW7012')
    expect(ran[6]!.stdout.slice(0, 4)).toBe('PAR1')
    const lines = async (name: string) =>
      (await readFile(join(shop, name), 'utf8')).trimEnd().split('\n').length
    expect([await lines('a.md'), await lines('a.ndjson'), await lines('a.json')]).toEqual([502, 500, 3])
    const read = await waterworks(shop, [
      'sql',
      '--format',
      'csv',
      "select count(*) > 0 as some from 'orders.parquet'",
    ])
    expect(read.stdout).toBe('some\r\ntrue\r\n')
    await rm(shop, { recursive: true })
  })
})
