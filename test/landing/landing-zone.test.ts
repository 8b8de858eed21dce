import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Batch } from '../../src/batch/batch.ts'
import type { Arrival, FileArrival } from '../../src/connectors/connector.ts'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import type { Session } from '../../src/engines/engine.ts'
import { examineFile } from '../../src/formats/examine-file.ts'
import { stagePart } from '../../src/formats/stage-part.ts'
import { LandingZone } from '../../src/landing/landing-zone.ts'
import { batchOf } from '../support/arbitrary-batch.ts'

const engine = new DuckDbEngine({ path: ':memory:' })
let session: Session
let folder: string

beforeAll(async () => {
  session = await engine.connect()
})

afterAll(async () => {
  await session.close()
  await engine.close()
})

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ww-landing-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const place = { pipeline: 'shop', stream: 'public.orders', from: null }
const zone = () => new LandingZone({ directory: join(folder, 'landing') })
const streamFolder = () => join(folder, 'landing', 'shop', 'public%2Eorders')

async function arrival(name: string, text: string): Promise<FileArrival> {
  const file = join(folder, name)
  writeFileSync(file, text)
  const examined = await examineFile(session, file, {})
  return { kind: 'file', file, origin: name, position: name, ...examined }
}

describe('landing zone', () => {
  it('lands files unchanged, in sequence, with a manifest each', async () => {
    const landing = zone()
    const first = await landing.land(await arrival('a.csv', 'x,y\n1,2\n'), place)
    const second = await landing.land(await arrival('b.csv', 'x,y\n3,4\n'), place)
    expect([first.sequence, second.sequence]).toEqual([1, 2])
    expect(readFileSync(landing.dataFile(first), 'utf8')).toBe('x,y\n1,2\n')
    expect(first).toMatchObject({ records: 1, bytes: 8, origin: 'a.csv', to: 'a.csv' })
    expect(await zone().parts('shop', 'public.orders')).toEqual([first, second])
    await landing.verify(first)
  })

  it('does not notice what happens to the source later', async () => {
    const landing = zone()
    const source = await arrival('a.csv', 'x,y\n1,2\n')
    const part = await landing.land(source, place)
    writeFileSync(source.file, 'rewritten')
    expect(readFileSync(landing.dataFile(part), 'utf8')).toBe('x,y\n1,2\n')
  })

  it('gives the same part for content that landed before', async () => {
    const landing = zone()
    const first = await landing.land(await arrival('a.csv', 'x,y\n1,2\n'), place)
    expect(await landing.land(await arrival('copy.csv', 'x,y\n1,2\n'), place)).toEqual(first)
    expect(await landing.parts('shop', 'public.orders')).toHaveLength(1)
    expect(readdirSync(streamFolder())).toHaveLength(2)
  })

  it('refuses a file that is no longer what was counted', async () => {
    const source = await arrival('a.csv', 'x,y\n1,2\n')
    appendFileSync(source.file, '3,4\n')
    const landing = zone()
    await expect(landing.land(source, place)).rejects.toMatchObject({ code: 'WW4005' })
    expect(await landing.parts('shop', 'public.orders')).toEqual([])
    await expect(landing.land({ ...source, file: join(folder, 'gone') }, place)).rejects.toMatchObject({
      code: 'WW4002',
    })
  })

  it('keeps the parts around one that was given up, and knows them when they come again', async () => {
    const landing = zone()
    const arrivals = await Promise.all([1, 2, 3].map((n) => arrival(`${n}.csv`, `x,y\n${n},${n}\n`)))
    const parts = []
    for (const each of arrivals) parts.push(await landing.land(each, place))
    await landing.remove(parts[1]!)
    expect(await landing.parts('shop', 'public.orders')).toEqual([parts[0], parts[2]])
    expect(await landing.land(arrivals[2]!, place)).toEqual(parts[2])
  })

  it('refuses damaged manifests', async () => {
    const landing = zone()
    await landing.land(await arrival('1.csv', 'x,y\n1,1\n'), place)
    for (const damaged of ['{"sequence": 1', '{"sequence": 1}']) {
      writeFileSync(join(streamFolder(), '00000001.json'), damaged)
      await expect(landing.parts('shop', 'public.orders')).rejects.toMatchObject({ code: 'WW4007' })
    }
  })

  it('never gives a sequence number twice, though parts are removed', async () => {
    const landing = zone()
    const parts = []
    for (const n of [1, 2])
      parts.push(await landing.land(await arrival(`${n}.csv`, `x,y\n${n},${n}\n`), place))
    for (const part of parts) await landing.remove(part)
    expect(existsSync(landing.dataFile(parts[0]!))).toBe(false)
    const next = await zone().land(await arrival('3.csv', 'x,y\n3,3\n'), place)
    expect(next.sequence).toBe(3)
    expect(await landing.parts('shop', 'public.orders')).toEqual([next])
  })

  it('sees that a data file is gone or cut', async () => {
    const landing = zone()
    const part = await landing.land(await arrival('a.csv', 'x,y\n1,2\n'), place)
    writeFileSync(landing.dataFile(part), 'x')
    await expect(landing.verify(part)).rejects.toMatchObject({ code: 'WW4009' })
    rmSync(landing.dataFile(part))
    await expect(landing.verify(part)).rejects.toMatchObject({ code: 'WW4009' })
  })

  it('lands parts of one stream one after another, though asked at once', async () => {
    const landing = zone()
    const arrivals = await Promise.all([1, 2, 3, 4].map((n) => arrival(`${n}.csv`, `x,y\n${n},${n}\n`)))
    const parts = await Promise.all(arrivals.map((one) => landing.land(one, place)))
    expect(parts.map((part) => part.sequence)).toEqual([1, 2, 3, 4])
  })

  it('keeps rows of a batch as Parquet, and equal rows at another position apart', async () => {
    const batch: Batch = {
      rows: 2,
      columns: [
        {
          storage: 'fixed',
          name: 'id',
          type: { kind: 'int64' },
          validity: null,
          values: new BigInt64Array([1n, 2n]),
        },
      ],
    }
    const landing = zone()
    const rows = (position: string): Arrival => ({
      kind: 'rows',
      fields: [{ name: 'id', type: { kind: 'int64' } }],
      origin: 'orders',
      position,
      async writeTo(sink) {
        await sink.write(batch)
        await sink.restart()
        await sink.write(batch)
      },
    })
    const first = await landing.land(rows('1'), place)
    const second = await landing.land(rows('2'), place)
    expect(first).toMatchObject({ records: 2, scan: { format: 'parquet', fields: [{ name: 'id' }] } })
    expect(second.loadId).not.toBe(first.loadId)
    expect(await session.rows(`select id from read_parquet('${landing.dataFile(second)}')`)).toEqual([
      { id: 1 },
      { id: 2 },
    ])
  })

  it('lands rows with values their column cannot hold, to be rejected one by one', async () => {
    const fields = [
      { name: 'id', type: { kind: 'int32' } },
      { name: 'amount', type: { kind: 'decimal', precision: 10, scale: 2 } },
    ] as const
    const batch = batchOf(fields, [
      [1, '1.50'],
      [2, null],
      [3, null],
    ])
    const defects = [{ row: 1, column: 'amount', what: 'NaN', text: 'NaN' }]
    const landing = zone()
    const part = await landing.land(
      {
        kind: 'rows',
        fields,
        origin: 'orders',
        position: '1',
        writeTo: (sink) => sink.write({ ...batch, defects }),
      },
      place,
    )
    expect(await landing.parts('shop', 'public.orders')).toEqual([part])
    const staged = await stagePart(session, part, landing.dataFile(part), { table: 'staged' })
    expect(await session.rows(`select id, amount from ${staged.from}`)).toEqual([
      { id: 1, amount: '1.50' },
      { id: 3, amount: null },
    ])
    expect(await session.rows(`select record, reason, payload from ${staged.rejects.from}`)).toEqual([
      {
        record: 2,
        reason: 'column amount: holds NaN, which decimal(10,2) cannot',
        payload: '{"id":"2","amount":"NaN"}',
      },
    ])
  })

  it('cleans up what a killed landing left, and lands it anew', async () => {
    const source = await arrival('a.csv', 'x,y\n1,2\n')
    const script = `
      import { LandingZone } from ${JSON.stringify(new URL('../../src/landing/landing-zone.ts', import.meta.url).href)}
      const zone = new LandingZone({ directory: ${JSON.stringify(join(folder, 'landing'))} })
      await zone.land(${JSON.stringify(source)}, ${JSON.stringify(place)})`
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, WATERWORKS_FAIL_POINTS: 'after-landing-rename:kill@1' },
    })
    expect(child.signal).toBe('SIGKILL')
    const leftover = readdirSync(streamFolder())
    expect(leftover).toHaveLength(1)
    expect(await zone().parts('shop', 'public.orders')).toEqual([])
    const part = await zone().land(await arrival('b.csv', 'x,y\n3,4\n'), place)
    expect(part.sequence).toBe(1)
    expect(readdirSync(streamFolder())).toHaveLength(2)
    expect((await zone().land(source, place)).sequence).toBe(2)
  })

  it('sweeps away what a killed removal or landing left, and nothing else', async () => {
    const landing = zone()
    const [kept, removed] = [
      await landing.land(await arrival('a.csv', 'x,y\n1,2\n'), place),
      await landing.land(await arrival('b.csv', 'x,y\n3,4\n'), place),
    ]
    rmSync(join(streamFolder(), '00000002.json'))
    writeFileSync(join(streamFolder(), 'arrival.tmp'), 'x,y\n5')
    await landing.sweep('shop', 'public.orders')
    expect(existsSync(landing.dataFile(removed))).toBe(false)
    expect(existsSync(join(streamFolder(), 'arrival.tmp'))).toBe(false)
    expect(await landing.parts('shop', 'public.orders')).toEqual([kept])
    await landing.verify(kept)
    await landing.sweep('shop', 'a stream that never landed anything')
  })
})
