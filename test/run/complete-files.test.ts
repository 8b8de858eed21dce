import { createHash } from 'node:crypto'
import { rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { suiteEngine } from '../support/engines.ts'
import { RunProject } from '../support/run-project.ts'

const pipeline = (rules: string, load = 'append', files = 'in/*.csv') => `pipeline:
  name: orders
  extract: {source_system: shop, files: "${files}", complete_when: ${rules}}
  load: {strategy: ${load}}
`

describe('files that are read when they are complete', () => {
  const test = suiteEngine('duckdb')
  const start = (
    rules: string,
    more: Readonly<Record<string, string>> = {},
    load = 'append',
    files = 'in/*.csv',
  ) =>
    RunProject.create(test.engine, {
      'pipelines/orders.yml': pipeline(rules, load, files),
      'in/a.csv': 'id,n\n1,2\n',
      ...more,
    })
  const ids = async (project: RunProject) =>
    (await project.rows('select id from raw.raw_shop_orders order by 1')).map((row) => row['id'])

  it('wait for a marker beside them, which may go afterwards', async () => {
    const project = await start('{marker: .done}', { 'in/b.csv': 'id,n\n2,3\n', 'in/a.csv.done': '' })
    const ran = await project.build()
    expect(await ids(project)).toEqual([1])
    expect(ran.node('orders').message).toBe('not read: in/b.csv (its marker is not there yet)')
    await project.write({ 'in/b.csv.done': '' })
    await rm(join(project.root, 'in/a.csv.done'))
    expect((await project.build()).node('orders').message).toBe('')
    expect(await ids(project)).toEqual([1, 2])
  })

  it('wait for a marker of their folder; a table that is replaced keeps what it had until then', async () => {
    const project = await start('{marker: _SUCCESS}', { 'in/_SUCCESS': '' }, 'truncate-reload', 'in/**/*.csv')
    await project.build()
    await project.write({ 'in/next/b.csv': 'id,n\n2,3\n' })
    expect((await project.build()).node('orders').ledger).toMatchObject({ extracted: 0 })
    await project.write({ 'in/next/_SUCCESS': '' })
    await project.build()
    expect(await ids(project)).toEqual([1, 2])
  })

  it('wait until nothing has written to them for a while', async () => {
    const project = await start('{stable_for: "1 hour"}', { 'in/b.csv': 'id,n\n2,3\n' })
    const before = new Date(Date.now() - 2 * 3_600_000)
    await utimes(join(project.root, 'in/a.csv'), before, before)
    expect((await project.build()).node('orders').message).toBe(
      'not read: in/b.csv (written to a moment ago)',
    )
    expect(await ids(project)).toEqual([1])
  })

  it('wait for a manifest that says what they are', async () => {
    const project = await start(
      '{manifest: manifest.json}',
      { 'in/b.csv': 'id,n\n2,3\n', 'in/c.csv': 'id,n\n3,4\n' },
      'append',
      'in/*',
    )
    const note = (files: unknown) => project.write({ 'in/manifest.json': JSON.stringify(files) })
    await note([
      { file: 'a.csv', records: 1, bytes: 9 },
      { file: 'b.csv', records: 2 },
    ])
    const ran = await project.build()
    expect(await ids(project)).toEqual([1])
    expect(ran.node('orders').message).toBe(
      'not read: in/c.csv (not in its manifest yet); not read: in/b.csv (not what its manifest says)',
    )
    const sha256 = createHash('sha256').update('id,n\n3,4\n').digest('hex').toUpperCase()
    await note({
      files: [
        { file: 'in/b.csv', bytes: 9 },
        { file: 'c.csv', sha256 },
      ],
    })
    await project.build()
    expect(await ids(project)).toEqual([1, 2, 3])
    await project.write({
      'in/d.csv': 'id,n\n4,5\n',
      'in/manifest.json': '{"files": [{"file": "d.csv", "bytes": -1}]}',
    })
    expect((await project.build()).node('orders').message).toContain('WW4014')
  })
})
