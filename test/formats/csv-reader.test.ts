import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CsvDialect } from '../../src/formats/csv/csv-dialect.ts'
import { CsvReader, type Place } from '../../src/formats/csv/csv-reader.ts'
import { fieldText } from '../../src/formats/csv/field-text.ts'

const dialect: CsvDialect = {
  delimiter: 0x2c,
  quote: 0x22,
  escape: 0x22,
  header: false,
  skipLines: 0,
  blankIsRecord: false,
}

type Read = { place: Place; values?: (string | null)[]; reason?: string; raw?: string }

function read(
  bytes: Buffer,
  cuts: readonly number[],
  using: CsvDialect = dialect,
  longestRecord?: number,
): Read[] {
  const out: Read[] = []
  const reader = new CsvReader(using, {
    ...(longestRecord === undefined ? {} : { longestRecord }),
    visitor: {
      record(buffer, scanner, place) {
        const values = Array.from({ length: scanner.fields }, (_, i) =>
          fieldText(buffer, scanner, i, using, []),
        )
        out.push({ place, values })
      },
      reject(raw, reason, place) {
        // Of an overlong record the beginning is kept, which is all of LONGEST_RAW only at the real limit.
        const kept = longestRecord === undefined ? { raw: raw.toString('latin1') } : {}
        out.push({ place, reason, ...kept })
      },
    },
  })
  for (const chunk of chunked(bytes, cuts)) reader.push(chunk)
  reader.end()
  expect(reader.records).toBe(out.length)
  return out
}

function count(
  bytes: Buffer,
  cuts: readonly number[],
  using: CsvDialect = dialect,
  longestRecord?: number,
): number {
  const reader = new CsvReader(using, longestRecord === undefined ? {} : { longestRecord })
  for (const chunk of chunked(bytes, cuts)) reader.push(chunk)
  reader.end()
  return reader.records
}

function chunked(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  return [...ends, bytes.length].map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end))
}

/** Bytes in which everything that matters to the tokenizer is frequent. */
const nasty = fc
  .array(
    fc.constantFrom('a', '1', ',', '"', '""', '\n', '\r\n', '\r', '\\', '\0', '\xff', ' ', '",', '"\n'),
    { maxLength: 60 },
  )
  .map((parts) => Buffer.from(parts.join(''), 'latin1'))
const cuts = fc.array(fc.nat(200), { maxLength: 6 })
const dialects = fc.record({
  delimiter: fc.constant(0x2c),
  quote: fc.constantFrom(0x22, -1),
  escape: fc.constantFrom(0x22, 0x5c),
  header: fc.boolean(),
  skipLines: fc.nat(2),
  blankIsRecord: fc.boolean(),
})

describe('the exact reader', () => {
  it('counts what it reads, and reads the same however the bytes are cut', () => {
    fc.assert(
      fc.property(
        nasty,
        cuts,
        cuts,
        dialects,
        fc.option(fc.nat(12), { nil: undefined }),
        (bytes, a, b, using, longest) => {
          const whole = read(bytes, [], using, longest)
          expect(read(bytes, a, using, longest)).toEqual(whole)
          expect(count(bytes, b, using, longest)).toBe(whole.length)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['"\n\\aaa', 0x5c],
    ['"a"\raaa', 0x22],
    ['"a"aaaa', 0x22],
    ['aa\raaa\n', 0x22],
  ])('judges %j alike wherever it is cut, also where it is about too long', (text, escaping) => {
    const bytes = Buffer.from(text)
    for (let longest = 1; longest <= bytes.length; longest++) {
      const whole = read(bytes, [], { ...dialect, escape: escaping }, longest)
      for (let cut = 1; cut < bytes.length; cut++) {
        expect(read(bytes, [cut], { ...dialect, escape: escaping }, longest)).toEqual(whole)
      }
    }
  })

  it('gives every byte of a rejected line, at its place', () => {
    fc.assert(
      fc.property(nasty, cuts, (bytes, a) => {
        const text = bytes.toString('latin1')
        for (const { place, reason, raw } of read(bytes, a)) {
          expect(text.slice(0, place.byte).split('\n').length).toBe(place.line)
          if (reason !== undefined) expect(text.slice(place.byte, place.byte + raw!.length)).toBe(raw)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('reads back any well-formed table', () => {
    const value = fc.oneof(
      fc.constant(null),
      fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0') && text.isWellFormed()),
    )
    const table = fc
      .integer({ min: 2, max: 5 })
      .chain((width) => fc.array(fc.array(value, { minLength: width, maxLength: width }), { maxLength: 12 }))
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), fc.boolean(), cuts, (rows, newline, last, a) => {
        const text =
          rows.map((row) => row.map(written).join(',')).join(newline) +
          (last && rows.length > 0 ? newline : '')
        expect(read(Buffer.from(text), a).map((record) => record.values)).toEqual(rows)
      }),
      { numRuns: 1000 },
    )
  })

  it('rejects a line longer than any record, though its end comes much later', () => {
    const line = 'x'.repeat(1000)
    const records = read(Buffer.from(`a,b\n${line}\nc,d\n`), [500, 700, 900], dialect, 100)
    expect(records.map((record) => record.reason ?? record.values)).toEqual([
      ['a', 'b'],
      'the record is too long',
      ['c', 'd'],
    ])
  })

  it('calls plain only what all readers take alike', () => {
    const plain = (text: string) => {
      const reader = new CsvReader(dialect)
      reader.push(Buffer.from(text))
      reader.end()
      return reader.plain
    }
    for (const text of ['', 'a,b\n', 'a,"b\nc"\n', 'a,b\r\nc,d\r\n', 'a,"x ""y"""\n'])
      expect(plain(text)).toBe(true)
    for (const text of ['a\0\n', 'a,b"c\n', 'a, "b"\n', 'a\rb\n', 'a\nb\r\n', '"a"b\n', 'a,"b\n', 'a\r']) {
      expect(plain(text)).toBe(false)
    }
  })
})

function written(value: string | null): string {
  if (value === null) return ''
  return /^$|[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
