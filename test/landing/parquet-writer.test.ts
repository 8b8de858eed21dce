import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { parquetReadObjects } from 'hyparquet'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { batchRows } from '../../src/batch/batch-rows.ts'
import type { Field } from '../../src/batch/logical-type.ts'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import type { Session } from '../../src/engines/engine.ts'
import { hashFile } from '../../src/formats/bytes/hash-file.ts'
import { stagePart } from '../../src/formats/stage-part.ts'
import { ParquetWriter } from '../../src/landing/parquet/parquet-writer.ts'
import { arbitraryRows, batchOf, everyField } from '../support/arbitrary-batch.ts'

const engine = new DuckDbEngine({ path: ':memory:' })
const folder = mkdtempSync(join(tmpdir(), 'ww-parquet-'))
const path = join(folder, 'rows.parquet')
let session: Session

beforeAll(async () => {
  session = await engine.connect()
})

afterAll(async () => {
  await session.close()
  await engine.close()
  rmSync(folder, { recursive: true, force: true })
})

it('keeps values of every type exactly, as DuckDB reads them', async () => {
  const property = fc.asyncProperty(fc.array(arbitraryRows, { maxLength: 3 }), async (batches) => {
    const writer = await ParquetWriter.create(path, everyField)
    for (const rows of batches) await writer.write(batchOf(everyField, rows))
    const written = await writer.finish()
    const expected = batches.flatMap((rows) => [...batchRows(batchOf(everyField, rows))])
    expect(written).toMatchObject({ rows: expected.length, hash: await hashFile(path) })
    const part = {
      origin: 'rows',
      records: written.rows,
      scan: { format: 'parquet', fields: everyField },
    } as const
    const staged = await stagePart(session, part, path, { table: 'staged' })
    expect(await session.describe(`select * exclude (_ww_record) from ${staged.from}`)).toEqual(everyField)
    const read = await session.rows(`select * exclude (_ww_record) from ${staged.from} order by _ww_record`)
    expect(read).toEqual(expected)
  })
  await fc.assert(property, { numRuns: 60 })
})

it('writes row groups that another reader takes as well', async () => {
  const fields: readonly Field[] = [
    { name: 'n', type: { kind: 'int64' } },
    { name: 'words', type: { kind: 'text' } },
    { name: 'ok', type: { kind: 'boolean' } },
    { name: 'amount', type: { kind: 'decimal', precision: 10, scale: 2 } },
    { name: 'day', type: { kind: 'date' } },
    { name: 'share', type: { kind: 'float64' } },
  ]
  const count = 130_000
  const rows = Array.from({ length: count }, (_, n) => [
    n,
    n % 7 === 0 ? null : `row ${n}`,
    n % 3 === 0,
    n % 11 === 0 ? null : (n / 4).toFixed(2),
    '2026-02-28',
    n / 3,
  ])
  const writer = await ParquetWriter.create(path, fields)
  for (let start = 0; start < count; start += 10_000) {
    await writer.write(batchOf(fields, rows.slice(start, start + 10_000)))
  }
  await writer.finish()
  const read = await readElsewhere()
  expect(read).toHaveLength(count)
  for (const row of [0, 1, 7, 11, 122_879, 122_880, count - 1]) {
    const [n, words, ok, amount, , share] = rows[row]!
    expect(read[row]).toEqual({
      n: BigInt(Number(n)),
      words,
      ok,
      amount: amount === null ? null : Number(amount),
      day: new Date('2026-02-28'),
      share,
    })
  }
})

it('keeps texts of whatever lengths, one after another', async () => {
  const fields: readonly Field[] = [{ name: 'words', type: { kind: 'text' } }]
  const length = fc.oneof(
    { weight: 6, arbitrary: fc.nat({ max: 40 }) },
    { weight: 2, arbitrary: fc.nat({ max: 3000 }) },
    { weight: 1, arbitrary: fc.constantFrom(0, 127, 128, 70_000) },
    { weight: 1, arbitrary: fc.constant(null) },
  )
  const property = fc.asyncProperty(fc.array(length, { minLength: 1, maxLength: 700 }), async (lengths) => {
    const texts = lengths.map((size, row) => (size === null ? null : String(row % 10).repeat(size)))
    const writer = await ParquetWriter.create(path, fields)
    const rows = texts.map((text) => [text])
    await writer.write(batchOf(fields, rows))
    await writer.finish()
    expect(await session.rows(`select words from read_parquet('${path}')`)).toEqual(
      texts.map((words) => ({ words })),
    )
    expect(await readElsewhere()).toEqual(texts.map((words) => ({ words })))
  })
  await fc.assert(property, { numRuns: 30 })
})

it('holds a table without rows', async () => {
  const writer = await ParquetWriter.create(path, everyField)
  await writer.finish()
  const [counted] = await session.rows(`select count(*) as n from read_parquet('${path}')`)
  expect(counted).toEqual({ n: 0 })
  expect(await readElsewhere()).toEqual([])
})

function readElsewhere(): Promise<Record<string, unknown>[]> {
  return parquetReadObjects({ file: new Uint8Array(readFileSync(path)).buffer })
}
