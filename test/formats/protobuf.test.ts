import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { StageFixture } from './stage-fixture.ts'

const fixture = new StageFixture()
afterAll(() => fixture.dispose())

/** Written by Google's implementation of messages of goldens/shop.proto. */
const golden = (name: string) => readFileSync(join(import.meta.dirname, 'goldens', name))
const options = {
  format: 'protobuf' as const,
  descriptor: golden('shop.desc').toString('base64'),
  message: 'shop.Order',
}

describe('Protobuf', () => {
  it('has the columns of its type, and every value', async () => {
    const { scan, rows, rejects } = await fixture.stage('orders.pb', golden('orders.pb'), options)
    expect(Object.fromEntries(scan.fields.map(({ name, type }) => [name, type.kind]))).toEqual({
      ...{
        id: 'int64',
        name: 'text',
        amount: 'float64',
        f: 'float32',
        paid: 'boolean',
        raw: 'bytes',
        kind: 'text',
      },
      ...{ at: 'timestamptz', items: 'json', numbers: 'json', totals: 'json', card: 'text', cash: 'uint64' },
      ...{ maybe: 'int64', s: 'int32', x: 'uint64', y: 'int32', tags: 'json', one: 'json' },
    })
    expect(rejects).toEqual([])
    expect(rows).toMatchObject([
      {
        ...{ id: -9223372036854775808n, name: '', amount: 0.1, paid: true, kind: 'BOOK', card: null },
        ...{
          cash: 18446744073709551615n,
          maybe: 0,
          s: -5,
          x: 18446744073709551615n,
          y: -7,
          tags: '["a","\\"b\\""]',
        },
        items:
          '[{"sku":"k","count":0,"inner":{"sku":"z","count":null,"inner":null}},{"sku":"","count":null,"inner":null}]',
        ...{
          numbers: '[1,-2,300]',
          totals: '{"b":9223372036854775807}',
          one: '{"sku":"","count":null,"inner":null}',
        },
      },
      {
        ...{ id: 0, name: null, amount: 0, paid: false, kind: 'NONE', at: null, items: '[]', totals: '{}' },
        ...{ card: null, cash: null, maybe: null, s: 0, one: null },
      },
      { id: 3, kind: '7', card: 'c' },
    ])
    const session = await fixture.session()
    const same = await session.rows(
      `select f = 0.1::real as f, raw::varchar as raw, "at" = timestamptz '2026-01-31 12:30:00.000005+00' as "at"
 from staged where paid`,
    )
    expect(same).toEqual([{ f: true, raw: '\\x00\\xFF', at: true }])
  })

  it('rejects messages one by one', async () => {
    const { rows, numbers, rejects } = await fixture.stage('bad.pb', golden('bad.pb'), options)
    expect([rows.map((row) => row['id']), numbers]).toEqual([
      [1, 2],
      [1, 6],
    ])
    expect(rejects.map(({ record, line, byte, reason }) => [record, line, byte, reason])).toEqual([
      [2, null, 3, 'a field that the descriptor does not know: shop.Order 100'],
      [3, null, 7, 'a field is cut'],
      [4, null, 11, 'a string is not UTF-8'],
      [5, null, 15, 'a field is written as another type'],
    ])
  })

  it('that is cut, or has no descriptor of its type, is an error', async () => {
    const stage = (bytes: Buffer, more: object) => fixture.stage('a.pb', bytes, { ...options, ...more })
    await expect(stage(golden('orders.pb').subarray(0, -2), {})).rejects.toMatchObject({ code: 'WW4002' })
    await expect(stage(Buffer.from('ffffffffff0f', 'hex'), {})).rejects.toMatchObject({ code: 'WW4002' })
    await expect(stage(golden('orders.pb'), { message: 'shop.order' })).rejects.toMatchObject({
      ...{ code: 'WW4013', hint: 'Did you mean "shop.Order"?' },
    })
    await expect(stage(golden('orders.pb'), { descriptor: 'bm8=' })).rejects.toMatchObject({ code: 'WW4011' })
    await expect(stage(golden('orders.pb'), { descriptor: undefined })).rejects.toMatchObject({
      code: 'WW4011',
    })
  })

  it('damaged anywhere neither fails otherwise nor loses a message in silence', async () => {
    const whole = golden('orders.pb')
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const bytes = Buffer.from(whole)
        bytes[at] = bytes[at]! ^ change
        const found = await fixture.decode('a.pb', bytes, options).catch((error: Error) => error)
        if (found instanceof Error) expect(found).toMatchObject({ code: 'WW4002' })
        else expect(found.decoded).toHaveLength(found.records)
      }),
      { numRuns: Number(process.env['WATERWORKS_FUZZ_RUNS'] ?? 40) },
    )
  })
})
