import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batchRows } from '../../src/batch/batch-rows.ts'
import { CopyEncoder } from '../../src/engines/postgres/copy-encoder.ts'
import { CopyDecoder } from '../../src/postgres-protocol/copy-decoder.ts'
import { OID } from '../../src/postgres-protocol/postgres-types.ts'
import { batchOf } from '../support/arbitrary-batch.ts'

const fields = [
  { name: 'n', type: { kind: 'int64' } },
  { name: 'words', type: { kind: 'text' } },
  { name: 'amount', type: { kind: 'decimal', precision: 30, scale: 3 } },
] as const
const FRAME_HEADER = 5

/** COPY data without the messages around it. */
function encoded(rows: readonly (readonly [number | null, string | null, string | null])[]): Uint8Array {
  const encoder = new CopyEncoder([OID.int8, OID.text, OID.numeric])
  const messages = [...encoder.encode(batchOf(fields, rows)), encoder.end()]
  return new Uint8Array(Buffer.concat(messages.map((message) => message.subarray(FRAME_HEADER))))
}

const row = fc.tuple(
  fc.option(fc.maxSafeInteger()),
  fc.option(fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', ''))),
  fc.option(fc.maxSafeInteger().map((n) => `${n}.125`)),
)

test('data cut anywhere gives the same rows, though its memory is used again', () => {
  fc.assert(
    fc.property(fc.array(row), fc.infiniteStream(fc.integer({ min: 1, max: 40 })), (rows, sizes) => {
      const data = encoded(rows)
      const decoder = new CopyDecoder(fields)
      for (let at = 0; at < data.length; ) {
        const chunk = Buffer.from(data.slice(at, at + Number(sizes.next().value)))
        expect(decoder.push(chunk)).toBeUndefined()
        at += chunk.length
        chunk.fill(0xee)
      }
      const expected = rows.map(([n, words, amount]) => ({ n, words, amount }))
      expect([...batchRows(decoder.finish())]).toEqual(expected)
    }),
  )
})

test('batches are of bounded size', () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => [n, `row ${n}`, null] as const)
  const data = encoded(rows)
  const decoder = new CopyDecoder(fields)
  const sizes: number[] = []
  for (let at = 0; at < data.length; at += 1000) {
    const batch = decoder.push(data.subarray(at, at + 1000))
    if (batch !== undefined) sizes.push(batch.rows)
  }
  sizes.push(decoder.finish().rows)
  expect(sizes.reduce((a, b) => a + b)).toBe(20_000)
  expect(Math.max(...sizes)).toBeLessThan(9000)
  expect(sizes.length).toBe(3)
})
