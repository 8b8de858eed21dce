import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchRows } from '../../../src/batch/batch-rows.ts'
import type { LogicalType } from '../../../src/batch/logical-type.ts'
import { RowDecoder } from '../../../src/connectors/mysql/row-decoder.ts'

/** What texts of the server become in a column of a type. */
function decode(type: LogicalType, ...texts: readonly (string | Buffer | null)[]) {
  const decoder = new RowDecoder([{ name: 'c', type }])
  for (const text of texts) decoder.push([typeof text === 'string' ? Buffer.from(text) : text])
  const batch = decoder.finish()
  return { values: [...batchRows(batch)].map((row) => row['c']), defects: batch.defects }
}

describe('texts of the server', () => {
  it.each<[LogicalType, readonly string[], readonly unknown[]]>([
    [{ kind: 'boolean' }, ['0', '1'], [false, true]],
    [{ kind: 'int8' }, ['-128', '127'], [-128, 127]],
    [{ kind: 'uint32' }, ['4294967295', '0042'], [4294967295, 42]],
    [
      { kind: 'int64' },
      ['-9223372036854775808', '9223372036854775807', '-1', '0', '999999999999999'],
      [-(2n ** 63n), 2n ** 63n - 1n, -1, 0, 999999999999999],
    ],
    [{ kind: 'uint64' }, ['18446744073709551615'], [2n ** 64n - 1n]],
    [{ kind: 'float32' }, ['0.10000000149011612'], [Math.fround(0.1)]],
    [{ kind: 'float64' }, ['-1.7976931348623157e308', '5e-324'], [-Number.MAX_VALUE, 5e-324]],
    [{ kind: 'decimal', precision: 10, scale: 2 }, ['-1234.50', '0.00'], ['-1234.50', '0.00']],
    [
      { kind: 'decimal', precision: 38, scale: 5 },
      ['-123456789012345678901234567890123.45678'],
      ['-123456789012345678901234567890123.45678'],
    ],
    [{ kind: 'int128' }, ['170141183460469231731687303715884105727'], [2n ** 127n - 1n]],
    [
      { kind: 'date' },
      ['0001-01-01', '9999-12-31', '2024-02-29'],
      ['0001-01-01', '9999-12-31', '2024-02-29'],
    ],
    [
      { kind: 'timestamp' },
      ['1000-01-01 00:00:00.000001', '9999-12-31 23:59:59.999999', '1969-12-31 23:59:59.5'],
      ['1000-01-01T00:00:00.000001', '9999-12-31T23:59:59.999999', '1969-12-31T23:59:59.5'],
    ],
    [{ kind: 'timestamptz' }, ['2038-01-19 03:14:07'], ['2038-01-19T03:14:07Z']],
    [
      { kind: 'time' },
      ['00:00:00', '23:59:59.999999', '24:00:00'],
      ['00:00:00', '23:59:59.999999', '24:00:00'],
    ],
    [{ kind: 'interval' }, ['838:59:59', '-00:00:01.5'], ['PT838H59M59S', 'PT-1.5S']],
    [{ kind: 'text' }, ['naïve 🎈', ''], ['naïve 🎈', '']],
    [{ kind: 'uuid' }, ['123e4567-e89b-12d3-a456-426655440000'], ['123e4567-e89b-12d3-a456-426655440000']],
  ])('%o', (type, texts, values) => {
    const found = decode(type, ...texts, null)
    expect(found).toEqual({ values: [...values, null], defects: undefined })
  })

  it('are left where they are no value of the type, each told', () => {
    const cases: readonly [LogicalType, string | Buffer, string][] = [
      [{ kind: 'boolean' }, '2', 'a number other than 0 and 1'],
      [{ kind: 'date' }, '0000-00-00', 'a date without a day'],
      [{ kind: 'date' }, '2026-00-10', 'a date without a day'],
      [{ kind: 'date' }, '2026-02-30', 'a date without a day'],
      [{ kind: 'timestamp' }, '0000-00-00 00:00:00', 'a date without a day'],
      [{ kind: 'time' }, '-00:00:01', 'a time beyond a day'],
      [{ kind: 'time' }, '-00:00:00.5', 'a time beyond a day'],
      [{ kind: 'time' }, '24:00:00.000001', 'a time beyond a day'],
      [{ kind: 'time' }, '838:59:59', 'a time beyond a day'],
      [{ kind: 'decimal', precision: 4, scale: 1 }, '1.25', 'a number of more decimals'],
      [{ kind: 'decimal', precision: 4, scale: 1 }, '1234.5', 'a number of more digits'],
      [{ kind: 'text' }, Buffer.from([0x61, 0xff]), 'bytes that are no text'],
    ]
    for (const [type, text, what] of cases) {
      const { values, defects } = decode(type, null, text)
      expect(values).toEqual([null, null])
      expect(defects).toEqual([
        { row: 1, column: 'c', what, text: typeof text === 'string' ? text : '\\x61ff' },
      ])
    }
  })

  it('of times are exact to the microsecond, near and far', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -62135596800000000n, max: 253402300799999999n }), (micros) => {
        const whole = new Date(Number(micros / 1000n - (micros % 1000n < 0n ? 1n : 0n)))
        const rest = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n
        const text = `${whole.toISOString().slice(0, 19).replace('T', ' ')}.${String(rest).padStart(6, '0')}`
        const decoder = new RowDecoder([{ name: 'c', type: { kind: 'timestamp' } }])
        decoder.push([Buffer.from(text)])
        const [column] = decoder.finish().columns
        expect(column?.storage === 'fixed' && column.values[0]).toBe(micros)
      }),
    )
  })

  it('of numbers are exact, whatever their length', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n }),
        fc.nat(17),
        (scaled, scale) => {
          const digits = String(scaled < 0n ? -scaled : scaled).padStart(scale + 1, '0')
          const point = digits.length - scale
          const number = scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
          const decoder = new RowDecoder([
            { name: 'd', type: { kind: 'decimal', precision: 18, scale } },
            { name: 'w', type: { kind: 'int64' } },
          ])
          decoder.push([Buffer.from(`${scaled < 0n ? '-' : ''}${number}`), Buffer.from(String(scaled))])
          const { columns } = decoder.finish()
          for (const column of columns) expect(column.storage === 'fixed' && column.values[0]).toBe(scaled)
        },
      ),
    )
  })
})
