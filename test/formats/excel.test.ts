import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { formatMoment, momentText } from '../../src/formats/excel/moment-format.ts'
import { StageFixture } from './stage-fixture.ts'

const fixture = new StageFixture()
afterAll(() => fixture.dispose())

/** Written by openpyxl: a header, six rows and an empty one; and a second sheet without a header. */
const golden = readFileSync(join(import.meta.dirname, 'goldens/orders.xlsx'))

describe('Excel', () => {
  it('has the types of its cells', async () => {
    const { scan, rows, rejects } = await fixture.stage('a.xlsx', golden)
    expect(Object.fromEntries(scan.fields.map(({ name, type }) => [name, type.kind]))).toEqual({
      ...{ id: 'int64', name: 'text', amount: 'float64', day: 'date', at: 'timestamp', paid: 'boolean' },
      ...{ column_7: 'text', id_1: 'int64', clock: 'text' },
    })
    expect(rows).toMatchObject([
      { id: 1, name: 'Anna', amount: 1.1, paid: true, column_7: 'x', id_1: 7, clock: '01:02:03' },
      { id: 2, name: '007', amount: -0.5, paid: false, column_7: null },
      { id: 12345678901, name: 'a&<b> "q" ü\n2', amount: 1e-7, day: null },
    ])
    const session = await fixture.session()
    expect(
      await session.rows(
        'select "day"::varchar as "day", "at"::varchar as "at" from staged where id < 3 order by id',
      ),
    ).toEqual([
      { day: '2026-01-31', at: '2026-01-31 12:30:15' },
      { day: '1900-02-28', at: '2026-01-31 00:00:00' },
    ])
    expect(rejects.map(({ record, line, reason }) => [record, line, reason])).toEqual([
      [3, 5, 'column name: a formula without a calculated value'],
      [5, 7, 'column name: a formula without a calculated value'],
      [6, 8, 'column id: an error of a formula'],
    ])
  })

  it('is read sheet by sheet; a column of numbers and texts is text', async () => {
    const options = { sheet: 'Zweites Blatt', header: false, nullTexts: ['1'] }
    expect((await fixture.stage('a.xlsx', golden, options)).rows).toEqual([
      { column_1: null, column_2: '2' },
      { column_1: 3, column_2: 'x' },
    ])
    const { rows, rejects } = await fixture.stage('a.xlsx', golden, { skipLines: 2 })
    expect(rows).toMatchObject([{ '2': 12345678901 }])
    expect(rejects).toHaveLength(3)
    await expect(fixture.stage('a.xlsx', golden, { sheet: 'orders' })).rejects.toMatchObject({
      ...{ code: 'WW4013', hint: 'Did you mean "Orders"?' },
    })
  })

  it('that is none, cut, or protected is an error', async () => {
    await expect(fixture.stage('a.xlsx', 'id,n\n1,2\n')).rejects.toMatchObject({ code: 'WW4002' })
    await expect(fixture.stage('a.xlsx', golden.subarray(0, -40))).rejects.toMatchObject({ code: 'WW4002' })
    const old = Buffer.from('d0cf11e0a1b11ae1', 'hex')
    await expect(fixture.stage('a.xlsx', old)).rejects.toMatchObject({ code: 'WW4012' })
  })

  it('damaged anywhere is an error or reads as it would otherwise', async () => {
    const whole = await fixture.decode('a.xlsx', golden, {})
    await fc.assert(
      fc.asyncProperty(fc.nat(golden.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const bytes = Buffer.from(golden)
        bytes[at] = bytes[at]! ^ change
        const found = await fixture.decode('a.xlsx', bytes, {}).catch((error: unknown) => error)
        if (found instanceof Error)
          expect(found).toMatchObject({ code: expect.stringMatching(/^WW40(02|12)$/) })
        else expect(found).toEqual(whole)
      }),
      { numRuns: Number(process.env['WATERWORKS_FUZZ_RUNS'] ?? 40) },
    )
  })

  it('shows moments by their format', () => {
    const of = (code: string) => formatMoment(164, new Map([[164, code]]))
    expect(of('yyyy\\-mm\\-dd')).toEqual({ day: true, time: false })
    expect(of('[$-409]h:mm AM/PM;@')).toEqual({ day: false, time: true })
    expect(of('d. mmm "um" hh:mm')).toEqual({ day: true, time: true })
    for (const code of ['General', '0.00', '#,##0 "days"', '[h]:mm', '0%', '[Red]0;[Blue]-0', '@']) {
      expect(of(code)).toBeUndefined()
    }
  })

  it('counts days as Excel does', () => {
    const day = { day: true, time: false }
    expect(momentText(1, day, false)).toBe('1900-01-01')
    expect(momentText(59, day, false)).toBe('1900-02-28')
    expect(momentText(60, day, false)).toBeUndefined()
    expect(momentText(61, day, false)).toBe('1900-03-01')
    expect(momentText(0, day, true)).toBe('1904-01-01')
    expect(momentText(46053.52100694, { day: true, time: true }, false)).toBe('2026-01-31 12:30:15')
    expect(momentText(-1, day, false)).toBeUndefined()
  })
})
