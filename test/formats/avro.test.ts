import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { StageFixture } from './stage-fixture.ts'

const fixture = new StageFixture()
afterAll(() => fixture.dispose())

/** Written by fastavro, one file for each codec, of the same three records. */
const golden = (name: string) => readFileSync(join(import.meta.dirname, 'goldens', `${name}.avro`))

const ROWS = [
  {
    ...{
      id: 9223372036854775807n,
      small: 193,
      paid: false,
      d: 9223372036854776000,
      name: 'Bö9223372036854775807',
    },
    ...{ kind: 'B', amount: '-1234567890123456.78', key: '12345678-1234-5678-1234-567812345678' },
    ...{ tags: '["x","\\"y\\""]', more: '{"a":1,"b":null,"c":"A"}', any: '"s"', next: null },
  },
  {
    ...{ id: -9223372036854775808n, name: null, local: null, amount: '0.05', tags: '[]', more: '{}' },
    any: '9007199254740993',
  },
  { id: 3, any: null, next: expect.stringContaining('"amount":-1234567890123456.78') },
]

describe('Avro', () => {
  it.each(['null', 'deflate', 'snappy', 'zstandard'])('compressed by %s gives every value', async (codec) => {
    const { scan, rows, rejects, records } = await fixture.stage('a.avro', golden(codec))
    expect([records, rejects]).toEqual([3, []])
    expect(rows).toMatchObject(ROWS)
    expect(Object.fromEntries(scan.fields.map(({ name, type }) => [name, type.kind]))).toMatchObject({
      ...{
        id: 'int64',
        small: 'int32',
        paid: 'boolean',
        f: 'float32',
        d: 'float64',
        raw: 'bytes',
        mac: 'bytes',
      },
      ...{
        day: 'date',
        clock: 'time',
        at: 'timestamptz',
        local: 'timestamp',
        amount: 'decimal',
        key: 'uuid',
      },
    })
    const session = await fixture.session()
    const [moments] = await session.rows(
      `select "day"::varchar as "day", clock::varchar as clock, local::varchar as local, raw::varchar as raw,
 "at" = timestamptz '2026-01-31 12:30:00.000005+00' as "at", f = 0.1::real as f from staged where small = 193`,
    )
    expect(moments).toEqual({
      ...{ day: '2026-01-31', clock: '01:02:03.000004', local: '1969-12-31 23:59:59.999', raw: '\\x00\\xFF' },
      ...{ at: true, f: true },
    })
  })

  it('that is no record is one column, and may be compressed as a whole', async () => {
    const { rows } = await fixture.stage('a.avro.gz', gzipSync(golden('plain')))
    expect(rows).toEqual([{ value: 1 }, { value: 2 }])
  })

  it('rejects the records of a damaged block only', async () => {
    const bytes = Buffer.from(golden('deflate'))
    const marker = Buffer.from('0123456789abcdef')
    const first = bytes.indexOf(marker) + marker.length
    const second = bytes.indexOf(marker, first) + marker.length
    bytes.fill(0xff, second + 6, second + 30)
    const { rows, numbers, rejects, records } = await fixture.stage('a.avro', bytes)
    expect(records).toBe(3)
    expect(rows).toHaveLength(2)
    expect(numbers).toEqual([1, 3])
    expect(rejects).toMatchObject([{ record: 2, line: null, reason: 'a damaged deflate block' }])
  })

  it('rejects what cannot be found behind a bad value', async () => {
    const bytes = Buffer.from(golden('null'))
    const at = bytes.indexOf('Bö9223372036854775807')
    bytes[at - 2] = 8
    const { rows, rejects } = await fixture.stage('a.avro', bytes)
    expect(rows).toEqual([])
    expect(rejects.map(({ reason }) => reason)).toEqual([
      'a union has no such branch',
      'stands in a damaged block behind a record that cannot be read: a union has no such branch',
      'stands in a damaged block behind a record that cannot be read: a union has no such branch',
    ])
  })

  it('that is cut, no Avro at all, or of an unknown codec is an error', async () => {
    const whole = golden('null')
    await expect(fixture.stage('a.avro', whole.subarray(0, -20))).rejects.toMatchObject({ code: 'WW4002' })
    await expect(fixture.stage('a.avro', whole.subarray(0, 300))).rejects.toMatchObject({ code: 'WW4002' })
    await expect(fixture.stage('a.avro', 'id,n\n1,2\n')).rejects.toMatchObject({ code: 'WW4002' })
    const other = Buffer.from(golden('deflate').toString('latin1').replace('deflate', 'brotli9'), 'latin1')
    await expect(fixture.stage('a.avro', other)).rejects.toMatchObject({ code: 'WW4012' })
  })

  it('damaged anywhere neither loses a record in silence nor takes memory it has not', async () => {
    const whole = golden('snappy')
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const bytes = Buffer.from(whole)
        bytes[at] = bytes[at]! ^ change
        const found = await fixture.decode('a.avro', bytes, {}).catch((error: Error) => error)
        if (found instanceof Error)
          expect(found).toMatchObject({ code: expect.stringMatching(/^WW40(02|12)$/) })
        else expect(found.decoded).toHaveLength(found.records)
      }),
      { numRuns: Number(process.env['WATERWORKS_FUZZ_RUNS'] ?? 60) },
    )
  })
})
