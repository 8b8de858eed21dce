import { closeSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import type { LogicalType } from '../../src/batch/logical-type.ts'
import { examineFile } from '../../src/formats/examine-file.ts'
import { parquetRows } from '../../src/formats/parquet/parquet-footer.ts'
import { stagePart } from '../../src/formats/stage-part.ts'
import { StageFixture } from './stage-fixture.ts'

const fixture = new StageFixture()
afterAll(() => fixture.dispose())

async function parquet(name: string, select: string): Promise<string> {
  const file = join(fixture.folder, name)
  await (await fixture.session()).execute(`copy (${select}) to '${file}' (format parquet)`)
  return file
}

async function stage(file: string, types: Readonly<Record<string, LogicalType>> = {}) {
  const session = await fixture.session()
  const { scan, records } = await examineFile(session, file, {})
  const part = { origin: 'x.parquet', records, scan }
  const staged = await stagePart(session, part, file, {
    table: 'staged',
    types: new Map(Object.entries(types)),
  })
  return {
    scan,
    records,
    staged,
    rows: await session.rows(`select * from ${staged.from} order by _ww_record`),
    rejects: await session.rows(`select * from ${staged.rejects.from} order by record`),
  }
}

describe('Parquet', () => {
  it('counts rows from the footer of real files', async () => {
    const flights = fileURLToPath(
      new URL('../../node_modules/vega-datasets/data/flights-3m.parquet', import.meta.url),
    )
    expect(await parquetRows(flights)).toBe(3_000_000)
    expect(await parquetRows(await parquet('none.parquet', 'select 1 as a where false'))).toBe(0)
    const many = await parquet('many.parquet', 'select range as a, {x: [range]} as n from range(300000)')
    expect(await parquetRows(many)).toBe(300_000)
  })

  it('is read in place, with record numbers, nested values as JSON', async () => {
    const file = await parquet(
      'a.parquet',
      `select * from (values (1, {x: 1.5}, 'a'), (2, null, 'b')) t(id, n, s)`,
    )
    const { scan, rows, staged } = await stage(file)
    expect(scan.fields.map((field) => field.type.kind)).toEqual(['int32', 'json', 'text'])
    expect(rows).toEqual([
      { id: 1, n: '{"x":1.5}', s: 'a', _ww_record: 1 },
      { id: 2, n: null, s: 'b', _ww_record: 2 },
    ])
    expect(staged.from).toContain('read_parquet')
  })

  it('rejects values that do not survive the way to the wanted type', async () => {
    const file = await parquet(
      'b.parquet',
      `select * from (values (1.5, '7', 300), (2.0, 'x', 1), (3.0, '007', 2), (null, null, null)) t(a, b, c)`,
    )
    const { rows, rejects } = await stage(file, {
      a: { kind: 'int32' },
      b: { kind: 'int64' },
      c: { kind: 'int8' },
    })
    expect(rows).toEqual([{ a: null, b: null, c: null, _ww_record: 4 }])
    expect(rejects).toMatchObject([
      {
        record: 1,
        line: null,
        reason: 'column a: cannot be read as integer; column c: cannot be read as tinyint',
      },
      { record: 2, reason: 'column b: cannot be read as bigint' },
      { record: 3, payload: '{"a":"3.0","b":"007","c":"2"}' },
    ])
  })

  it('refuses files that are cut, damaged or no Parquet', async () => {
    const file = await parquet('c.parquet', 'select range as a from range(1000)')
    const whole = readFileSync(file)
    const damaged = async (change: () => void) => {
      writeFileSync(file, whole)
      change()
      await expect(parquetRows(file)).rejects.toMatchObject({ code: 'WW4002' })
    }
    await damaged(() => truncateSync(file, whole.length - 1))
    await damaged(() => truncateSync(file, 3))
    await damaged(() => writeFileSync(file, 'id,name\n1,somebody\n'))
    await damaged(() => {
      const descriptor = openSync(file, 'r+')
      writeSync(descriptor, Buffer.from([0xff, 0xff, 0xff, 0x7f]), 0, 4, whole.length - 8)
      closeSync(descriptor)
    })
    await damaged(() => {
      const descriptor = openSync(file, 'r+')
      const length = whole.readUInt32LE(whole.length - 8)
      writeSync(descriptor, Buffer.alloc(length, 0xff), 0, length, whole.length - 8 - length)
      closeSync(descriptor)
    })
  })
})
