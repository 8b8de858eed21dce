import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import type { Row } from '../../src/engines/engine.ts'
import { unlz4 } from '../../src/formats/codecs/lz4.ts'
import { unsnappy } from '../../src/formats/codecs/snappy.ts'
import { StageFixture } from './stage-fixture.ts'

const fixture = new StageFixture()
afterAll(() => fixture.dispose())

/** Sixty rows written by Apache Arrow, one file for each codec; orc.json has their values as Python has them. */
const golden = (name: string) => readFileSync(join(import.meta.dirname, 'goldens', name))
const wanted: readonly Row[] = JSON.parse(golden('orc.json').toString('utf8'))

/** Columns as text that Python writes alike. */
const READ = `select b, tiny, small, "int", big::varchar as big, seq, outl::varchar as outl, f, d, s, u, '\\x' || lower(hex(raw)) as raw,
 "day"::varchar as "day", "at"::varchar as "at", epoch_us(atz)::varchar as atz, amount::varchar as amount, huge::varchar as huge,
 tags, st, m from staged order by _ww_record`

describe('ORC', () => {
  it.each(['uncompressed', 'zlib', 'snappy', 'lz4', 'zstd'])(
    'compressed by %s gives every value',
    async (codec) => {
      const { scan, records, rejects } = await fixture.stage('a.orc', golden(`orc-${codec}.orc`))
      expect([records, rejects]).toEqual([60, []])
      expect(Object.fromEntries(scan.fields.map(({ name, type }) => [name, type.kind]))).toMatchObject({
        ...{
          b: 'boolean',
          tiny: 'int8',
          small: 'int16',
          int: 'int32',
          big: 'int64',
          f: 'float32',
          d: 'float64',
        },
        ...{
          s: 'text',
          raw: 'bytes',
          day: 'date',
          at: 'timestamp',
          atz: 'timestamptz',
          amount: 'decimal',
          st: 'json',
        },
      })
      const rows = await (await fixture.session()).rows(READ)
      for (const [index, row] of rows.entries()) {
        const { f, d, atz, at, tags, st, m, ...plain } = wanted[index]!
        expect(row).toMatchObject(plain)
        expect(row['f'] === null ? null : Math.fround(Number(row['f']))).toEqual(
          f === null ? null : Math.fround(Number(f)),
        )
        expect(row['d']).toBe(d)
        expect(stamp(row['at'])).toBe(stamp(at))
        expect(Number(row['atz'])).toBe(
          Date.parse(String(atz).slice(0, 19).concat('Z')) * 1000 + micros(String(atz)),
        )
        expect([row['tags'], row['st'], row['m']].map(parsed)).toEqual([tags, st, m])
      }
    },
  )

  it('that is cut, damaged or none at all is an error', async () => {
    const whole = golden('orc-zlib.orc')
    await expect(fixture.stage('a.orc', whole.subarray(0, -10))).rejects.toMatchObject({ code: 'WW4002' })
    await expect(fixture.stage('a.orc', 'id,n\n1,2\n')).rejects.toMatchObject({ code: 'WW4002' })
    await expect(fixture.stage('a.orc', Buffer.alloc(0))).rejects.toMatchObject({ code: 'WW4002' })
  })

  it('damaged anywhere never fails otherwise, and never gives other rows than it counted', async () => {
    const whole = golden('orc-snappy.orc')
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const bytes = Buffer.from(whole)
        bytes[at] = bytes[at]! ^ change
        const found = await fixture.decode('a.orc', bytes, {}).catch((error: Error) => error)
        if (found instanceof Error)
          expect(found).toMatchObject({ code: expect.stringMatching(/^WW40(02|12)$/) })
        else expect(found.decoded).toHaveLength(found.records)
      }),
      { numRuns: Number(process.env['WATERWORKS_FUZZ_RUNS'] ?? 100) },
    )
  })

  it.each([
    ['lz4', unlz4],
    ['snappy', unsnappy],
  ])('%s blocks of any bytes never give more than they may', (_, decode) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        try {
          expect(decode(Buffer.from(bytes), 100).length).toBeLessThanOrEqual(100)
        } catch (error) {
          expect(error).toMatchObject({ message: expect.stringContaining('block') })
        }
      }),
      { numRuns: 2000 },
    )
  })
})

function parsed(value: unknown): unknown {
  return value === null ? null : JSON.parse(String(value))
}

/** Python leaves out decimals of a second where there are none, DuckDB trailing zeros. */
function stamp(value: unknown): string | null {
  return value === null ? null : String(value).replace(/\.?0+$/, '')
}

function micros(text: string): number {
  return Number((/\.(\d{6})/.exec(text)?.[1] ?? '0').padEnd(6, '0'))
}
