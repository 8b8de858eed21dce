import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plantedSeries } from '../anomalies/planted-faults.ts'
import { waterworks } from './support/waterworks.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ww-cli-anomalies-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

test('anomalies gives a score for each row of a file, and says how many are worth a look', async () => {
  const { points } = plantedSeries(3)
  const day = (at: number) => new Date(at).toISOString().slice(0, 10)
  const rows = points.map(({ at, value }) => `${day(at)},x,${value}`)
  rows[40] = `${day(points[40]!.at)},x,0`
  rows[50] = `${day(points[50]!.at)},x,`
  await writeFile(join(folder, 'rows.csv'), ['day,note,rows', ...rows, ''].join('\n'))
  const given = ['anomalies', '--series', 'rows.csv', '--value', 'rows']
  const ran = await waterworks(folder, given)
  expect(ran).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(/^\d+ anomal(y|ies) in 90 rows\n$/),
  })
  const lines = ran.stdout.trimEnd().split('\r\n')
  expect(lines[0]).toBe('day,rows,score,anomaly')
  expect(lines).toHaveLength(91)
  expect(lines[41]).toMatch(new RegExp(`^${day(points[40]!.at)},0,0\\.[5-9]\\d*,true$`))
  expect(lines[51]).toBe(`${day(points[50]!.at)},,,false`)
  const found = await waterworks(folder, [...given, '--only-anomalies', '--output', 'found.ndjson'])
  expect(found).toMatchObject({ code: 0, stdout: '' })
  const told = (await readFile(join(folder, 'found.ndjson'), 'utf8')).trimEnd().split('\n')
  expect(told.map((line): unknown => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ day: day(points[40]!.at), rows: 0, anomaly: true }),
  )
})

test.each([
  ['day,n\n2026-01-02,4\n2026-01-01,5\n', 'WW5402  row 2 is earlier than the one before it'],
  ['day,n\n2026-01-02,four\n', 'WW5401  row 1: the column n holds no number'],
  ['day,n\nyesterday,4\n', 'WW5401  row 1: the column day holds no moment'],
  ['day\n2026-01-02\n', 'WW5401  of day, no column is left for the numbers'],
])('anomalies refuses what is no series: %j', async (text, message) => {
  await writeFile(join(folder, 'bad.csv'), text)
  const ran = await waterworks(folder, ['anomalies', '--series', 'bad.csv'])
  expect(ran).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(message) })
})
