import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readIsolated } from '../../src/formats/isolated/isolated-reader.ts'
import { pdfMoment } from '../../src/formats/pdf/pdf-moment.ts'
import { StageFixture } from './stage-fixture.ts'

const fixture = new StageFixture()
afterAll(() => fixture.dispose())

/** Written by ReportLab, and encrypted by pypdf. */
const golden = (name: string) => readFileSync(join(import.meta.dirname, 'goldens/documents', name))

const LETTER = 'Dear Grace,\nsee you 10 €.'

describe('a PDF', () => {
  it('is one record with its text, and what it says of itself', async () => {
    const { rows, records, rejects } = await fixture.stage('a.pdf', golden('plain.pdf'))
    expect([records, rejects]).toEqual([1, []])
    expect(rows).toMatchObject([
      {
        content: `${LETTER}\fYours, Ada\f`,
        characters: 37,
        lines: 2,
        bytes: 2228,
        pages: 3,
        title: 'Grüße',
        author: 'Ada Example',
        subject: 'A letter',
        keywords: 'a, b',
        creator: 'a program',
        language: null,
        version: '1.3',
      },
    ])
  })

  it('is a record a page where that is wanted', async () => {
    const { rows, records } = await fixture.stage('a.pdf', golden('plain.pdf'), { byPage: true })
    expect(records).toBe(3)
    expect(rows.map(({ page, pages, content }) => ({ page, pages, content }))).toEqual([
      { page: 1, pages: 3, content: LETTER },
      { page: 2, pages: 3, content: 'Yours, Ada' },
      { page: 3, pages: 3, content: '' },
    ])
  })

  it('that may be read by anybody is read, and one that needs a password is rejected', async () => {
    expect((await fixture.stage('owned.pdf', golden('owned.pdf'))).rows).toMatchObject([{ title: 'Grüße' }])
    for (const byPage of [false, true]) {
      const { records, rows, rejects } = await fixture.stage('locked.pdf', golden('locked.pdf'), { byPage })
      expect([records, rows]).toEqual([1, []])
      expect(rejects).toMatchObject([{ reason: 'the document is encrypted, and needs a password' }])
    }
  })

  it('loses no characters in silence where a map of them is missing', async () => {
    const whole = await fixture.stage('map.pdf', golden('map.pdf'))
    expect(whole.rejects).toMatchObject([
      { reason: 'page 2 needs the character map UniJIS-UCS2-H, which is not there' },
    ])
    const pages = await fixture.stage('map.pdf', golden('map.pdf'), { byPage: true })
    expect([pages.records, pages.rows.length, pages.rejects.length]).toEqual([3, 1, 2])
  })

  it.each([
    ['nothing', ''],
    ['something else', 'Dear Grace, this is no PDF.'],
    ['a PDF without its end', golden('plain.pdf').subarray(0, 700)],
    [
      'a PDF with its middle gone',
      Buffer.concat([golden('plain.pdf').subarray(0, 300), golden('plain.pdf').subarray(1200)]),
    ],
  ])('that is %s ends in as many rows and rejects as it has records', async (_what, content) => {
    for (const byPage of [false, true]) {
      const { records, rows, rejects } = await fixture.stage('broken.pdf', content, { byPage })
      expect(rows.length + rejects.length).toBe(records)
      for (const { reason } of rejects) expect(reason).toMatch(/^(?:the document|the page|page \d+) /)
    }
  })
})

describe('a reader in a thread of its own', () => {
  const file = join(import.meta.dirname, 'goldens/documents/plain.pdf')
  const pieces = async (limits: { readonly memoryMb: number; readonly pieceMs: number }) => {
    const found = []
    for await (const piece of readIsolated('pdf', { file, pages: 'all' }, limits)) found.push(piece)
    return found
  }

  it('is ended when it takes too long, and the next file is read as if nothing had been', async () => {
    await expect(pieces({ memoryMb: 500, pieceMs: 1 })).rejects.toThrow('takes more than 0.001 s')
    expect(await pieces({ memoryMb: 500, pieceMs: 60_000 })).toHaveLength(4)
  })

  it('is ended when it takes too much memory, and the process is not', async () => {
    await expect(pieces({ memoryMb: 8, pieceMs: 60_000 })).rejects.toThrow('takes more than 8 MB of memory')
  })
})

describe('a moment of a PDF', () => {
  it.each([
    ["D:20260701123005+02'00'", '2026-07-01T12:30:05+02:00'],
    ["D:20260701123005-05'30", '2026-07-01T12:30:05-05:30'],
    ['D:20260701123005Z', '2026-07-01T12:30:05+00:00'],
    ['20260701', '2026-07-01T00:00:00+00:00'],
    ['D:2026', '2026-01-01T00:00:00+00:00'],
    ['D:20260231', null],
    ['D:20261301', null],
    ['yesterday', null],
    [null, null],
  ])('%s is %s', (text, moment) => {
    expect(pdfMoment(text)).toBe(moment)
  })
})
