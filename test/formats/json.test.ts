import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { JsonReader } from '../../src/formats/json/json-reader.ts'
import { JsonScanner } from '../../src/formats/json/json-scanner.ts'
import { NdjsonReader } from '../../src/formats/json/ndjson-reader.ts'
import { StageFixture } from './stage-fixture.ts'

const fixture = new StageFixture()
afterAll(() => fixture.dispose())

describe('newline-delimited JSON', () => {
  it('takes fields from every record; a missing key is NULL', async () => {
    const lines = [...Array.from({ length: 3000 }, (_, id) => ({ id })), { id: 3000, late: 'x' }]
    const { scan, rows } = await fixture.stage(
      'a.ndjson',
      lines.map((line) => JSON.stringify(line)).join('\n'),
    )
    expect(scan.fields.map((field) => field.name)).toEqual(['id', 'late'])
    expect(rows).toHaveLength(3001)
    expect([rows[0], rows[3000]]).toEqual([
      { id: 0, late: null },
      { id: 3000, late: 'x' },
    ])
  })

  it('rejects lines that are no objects, with their place and text', async () => {
    const text = '{"a":1}\n\n  \r\n{"a":2,}\n[1]\n7\n{"a":1,"a":2}\n{"a":3}\r\n{"a'
    const { rows, numbers, rejects } = await fixture.stage('a.jsonl', text)
    expect([rows, numbers]).toEqual([
      [{ a: 1 }, { a: 3 }],
      [1, 6],
    ])
    expect(
      rejects.map((reject) => [reject['record'], reject['line'], reject['byte'], reject['reason']]),
    ).toEqual([
      [2, 4, 13, 'not JSON at character 8: a key is missing'],
      [3, 5, 22, 'not an object'],
      [4, 6, 26, 'not an object'],
      [5, 7, 28, 'a key is repeated in one object'],
      [7, 9, 51, 'not JSON at character 2: a string never ends'],
    ])
    expect(rejects[0]?.['payload']).toBe('{"_raw":"{\\"a\\":2,}"}')
  })

  it('keeps numbers and nested values to the digit', async () => {
    const text = [
      '{"big":12345678901234567890,"dec":0.12345678901234567890,"f":0.1,"n":{"x":1.50,"y":[1e400]},"m":1}',
      '{"big":1,"dec":1,"f":1,"n":[],"m":"1"}',
    ].join('\n')
    const { scan, rows } = await fixture.stage('a.ndjson', text)
    expect(scan.fields.map((field) => field.type)).toEqual([
      { kind: 'int128' },
      { kind: 'decimal', precision: 21, scale: 20 },
      { kind: 'float64' },
      { kind: 'json' },
      { kind: 'json' },
    ])
    expect(rows).toEqual([
      {
        big: 12345678901234567890n,
        dec: '0.12345678901234567890',
        f: 0.1,
        n: '{"x":1.50,"y":[1e400]}',
        m: '1',
      },
      { big: 1, dec: '1.00000000000000000000', f: 1, n: '[]', m: '"1"' },
    ])
  })

  it('rejects values that are not of the wanted type', async () => {
    const text = '{"a":1,"b":"2001-01-02"}\n{"a":1.5,"b":"soon"}\n{"a":"3","b":null}\n{"a":{"x":1}}\n'
    const { rows, rejects } = await fixture.stage('a.ndjson', text, {
      types: { a: { kind: 'int64' }, b: { kind: 'date' } },
    })
    expect(rows).toEqual([
      { a: 1, b: '2001-01-02' },
      { a: 3, b: null },
    ])
    expect(rejects.map((reject) => reject['reason'])).toEqual([
      'column a: cannot be read as bigint; column b: cannot be read as date',
      'column a: cannot be read as bigint',
    ])
    expect(rejects[0]?.['payload']).toBe('{"a":"1.5","b":"soon"}')
  })

  it('rejects text that no table can hold', async () => {
    const { rows, rejects } = await fixture.stage(
      'a.ndjson',
      '{"a":"\\u0000"}\n{"a":"\\ud800"}\n{"a":"\\ud83d\\ude00"}\n',
    )
    expect(rows).toEqual([{ a: '😀' }])
    expect(rejects).toMatchObject([
      { record: 1 },
      { record: 2, reason: 'column a: a character that text cannot hold' },
    ])
  })
})

describe('JSON documents', () => {
  it.each([
    ['an array', ' [ {"a":1} , {"a":2} ] ', 2],
    ['one object', '{"a":1}', 1],
    ['values one after another', '{"a":1}{"a":2}\n{"a":3}', 3],
    ['an empty array', '[]', 0],
    ['nothing', ' \n', 0],
    ['strings with brackets in them', '[{"a":"]}\\"["},{"a":"\\\\"}]', 2],
  ])('reads %s', async (_name, text, records) => {
    const staged = await fixture.stage('a.json', text)
    expect(staged.rows).toHaveLength(records)
    expect(staged.records).toBe(records)
  })

  it('rejects elements that are no objects alone', async () => {
    const { rows, rejects } = await fixture.stage('a.json', '[{"a":1},\n 2, null, {"a":3}]')
    expect(rows).toEqual([{ a: 1 }, { a: 3 }])
    expect(rejects).toMatchObject([
      { record: 2, line: 2, byte: 11, reason: 'not an object', payload: '{"_raw":"2"}' },
      { record: 3, payload: '{"_raw":"null"}' },
    ])
  })

  it.each([
    ['a comma too many', '[{"a":1},]', 'line 1, byte 9: a comma without a value after it'],
    ['a comma too few', '[{"a":1}\n{"a":2}]', 'line 2, byte 9: a comma or the end of the array is missing'],
    ['an end too early', '[{"a":1}', 'line 1, byte 8: the text ends inside the array'],
    ['an open value', '[{"a":1', 'line 1, byte 7: the text ends inside a value'],
    ['text after the array', '[{"a":1}] x', 'line 1, byte 10: text after the end of the array'],
    ['NaN', '[{"a":NaN}]', 'line 1, byte 1: not JSON at character 6: not a JSON value'],
  ])('is one reject with %s', async (_name, text, where) => {
    const { records, rows, rejects } = await fixture.stage('a.json', text)
    expect([records, rows]).toEqual([1, []])
    expect(rejects).toEqual([
      {
        record: 1,
        line: 1,
        byte: 0,
        reason: `the document is not JSON: ${where}`,
        payload: JSON.stringify({ _raw: text }),
      },
    ])
  })
})

const nasty = fc
  .array(
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      '"a"',
      ':',
      ',',
      '1',
      '-0.5e3',
      'true',
      'null',
      ' ',
      '\n',
      '\\',
      '\\"',
      'é',
      '\xff',
      '{"a":1}',
    ),
    { maxLength: 30 },
  )
  .map((parts) => Buffer.from(parts.join(''), 'latin1'))

describe('the JSON readers', () => {
  it('accept exactly the objects that JSON has', () => {
    const scanner = new JsonScanner()
    const text = fc.oneof(
      nasty.map((bytes) => bytes.toString('latin1')),
      fc.json(),
    )
    fc.assert(
      fc.property(text, (candidate) => {
        let parsed: unknown
        try {
          parsed = JSON.parse(candidate)
        } catch {
          expect(() => scanner.object(candidate)).toThrow()
          return
        }
        if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
          expect(() => scanner.object(candidate)).toThrow('not an object')
          return
        }
        try {
          const members = scanner.object(candidate)
          expect(
            Object.fromEntries(members.map((m) => [m.key, JSON.parse(candidate.slice(m.start, m.end))])),
          ).toEqual({ ...parsed })
        } catch (error) {
          expect(String(error)).toMatch(/a key is repeated/)
        }
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    ['JSON', (visitor?: ConstructorParameters<typeof JsonReader>[0]) => new JsonReader(visitor)],
    ['NDJSON', (visitor?: ConstructorParameters<typeof NdjsonReader>[0]) => new NdjsonReader(visitor)],
  ])('read %s the same however it is cut, and count what they read', (_name, create) => {
    const run = (bytes: Buffer, cut: number) => {
      const seen: unknown[] = []
      const reader = create({
        record: (text, _members, place) => seen.push([text, place]),
        reject: (raw, reason, place) => seen.push([raw.toString('latin1'), reason, place]),
      })
      reader.push(bytes.subarray(0, cut))
      reader.push(bytes.subarray(cut))
      reader.end()
      return {
        seen,
        records: reader.records,
        defect: reader instanceof JsonReader ? reader.defect : undefined,
      }
    }
    fc.assert(
      fc.property(nasty, fc.nat(60), (bytes, cut) => {
        const whole = run(bytes, bytes.length)
        const parts = run(bytes, cut % (bytes.length + 1))
        if (whole.defect) expect([parts.records, parts.defect]).toEqual([1, whole.defect])
        else expect(parts).toEqual(whole)
        if (!whole.defect) expect(whole.records).toBe(whole.seen.length)
      }),
      { numRuns: 2000 },
    )
  })
})
