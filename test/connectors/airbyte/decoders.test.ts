import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { csvRecords } from '../../../src/connectors/airbyte/decoders/csv-records.ts'
import { jsonItems } from '../../../src/connectors/airbyte/decoders/json-items.ts'
import { textLines, textPieces } from '../../../src/connectors/airbyte/decoders/text-pieces.ts'
import { BodySpool } from '../../../src/connectors/http/body-spool.ts'
import { parseJson } from '../../../src/connectors/records/parse-json.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'waterworks-answers-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The whole in pieces of these lengths, over and over. */
function cut<T extends string | Buffer>(whole: T, lengths: readonly number[]): T[] {
  const pieces: T[] = []
  for (let at = 0, turn = 0; at < whole.length; turn++) {
    const length = lengths[turn % lengths.length]!
    pieces.push(whole.slice(at, at + length) as T)
    at += length
  }
  return pieces
}

const lengths = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 })

describe('decoders of answers in pieces', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'ü', '😀'), maxLength: 5 })
  const written = (value: string) => `"${value.replaceAll('"', '""')}"`

  it('read CSV as it was written, wherever it is cut', () => {
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 3 }), { maxLength: 5 })
    fc.assert(
      fc.property(
        rows,
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.boolean(),
        lengths,
        (given, end, ends, cuts) => {
          const text = given.map((row) => row.map(written).join(',')).join(end) + (ends ? end : '')
          expect([...csvRecords(cut(text, cuts), ',')]).toEqual(given)
        },
      ),
    )
  })

  it('read unquoted values, empty ones at the end and lines that are none', () => {
    for (const size of [1, 2, 3, 100]) {
      expect([...csvRecords(cut('\uFEFFa;;b\n\n\r\n1;2;\r\nx"y;;z', [size]), ';')]).toEqual([
        ['a', '', 'b'],
        ['1', '2', ''],
        ['x"y', '', 'z'],
      ])
    }
  })

  it('find the items of a list as they are in the whole, wherever the document is cut', () => {
    const item = fc.jsonValue({ maxDepth: 2 })
    fc.assert(
      fc.property(fc.array(item), item, lengths, fc.boolean(), (items, other, cuts, isPretty) => {
        const document = { before: { 'a]"\\': other, b: [other] }, a: { c: other, b: items, d: other } }
        const text = Buffer.from(JSON.stringify(document, null, isPretty ? 2 : 0))
        expect([...jsonItems(cut(text, cuts), ['a', 'b'])]).toEqual(parseJson(JSON.stringify(items)))
        expect([...jsonItems(cut(text, cuts), ['a', 'none'])]).toEqual([])
      }),
    )
  })

  it.each(['[1, 2', '[1 2]', '[1,]', '[,1]', '[1]]', '[1] [2]', '{"a": [1}', '', '["a'])(
    'take %j for no JSON',
    (text) => {
      for (const size of [1, 100]) {
        expect(() => [...jsonItems(cut(Buffer.from(text), [size]), [])]).toThrow(/JSON/)
      }
    },
  )

  it('read lines and characters that a piece ends in', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'ü', '😀') }), (text) => {
        const spool = new BodySpool(folder)
        spool.add(Buffer.from(text))
        expect([...textPieces(spool)].join('')).toBe(text)
        expect([...textLines(spool)]).toEqual(text.replace(/(?:\r\n|[\n\r])$/, '').split(/\r\n|[\n\r]/))
      }),
    )
  })
})

describe('a large answer', () => {
  it('is in a file that has no name and does not show what it holds, and is read anywhere', () => {
    const spool = new BodySpool(folder)
    const line = Buffer.from('a secret of sixteen and more bytes\n')
    const times = 300_000
    for (let at = 0; at < times; at++) spool.add(line)
    expect(spool.isInMemory).toBe(false)
    expect(readdirSync(folder)).toEqual([])
    expect(existsSync(folder)).toBe(true)
    expect(spool.size).toBe(line.length * times)
    for (const from of [0, 1, 15, 16, 17, line.length * 123_456 + 5, spool.size - 3]) {
      const shift = from % line.length
      const expected = Buffer.concat([line, line]).subarray(shift, shift + 20)
      expect(spool.read(from, 20)).toEqual(expected.subarray(0, Math.min(20, spool.size - from)))
    }
    let size = 0
    for (const piece of spool.pieces()) size += piece.length
    expect(size).toBe(spool.size)
    spool.release()
    expect(() => spool.read(0, 1)).toThrow()
  })
})
