import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { ScratchProject } from '../support/scratch-project.ts'

const files = () => ({
  'waterworks.yml': 'name: watched\n',
  'pipelines/orders.yml': `pipeline:
  name: orders
  extract: {source_system: shop, files: "in/*.csv", complete_when: {marker: .done}}
  load: {strategy: append}
`,
})

describe('ingest --watch', () => {
  it('takes files as they come, and ends in good order when it is told to', {
    timeout: 120_000,
  }, async () => {
    const project = await ScratchProject.create('duckdb', 1, files)
    onTestFinished(() => project[Symbol.asyncDispose]())
    const watching = project.start(['ingest', '--watch', '--every', '0.1 seconds'])
    const runs = async () =>
      (await readFile(join(project.root, '.waterworks/logs/pipeline-runs.ndjson'), 'utf8').catch(() => ''))
        .split('\n')
        .filter((line) => line !== '')
    const reach = (count: number) =>
      vi.waitFor(async () => expect(await runs()).toHaveLength(count), { timeout: 50_000, interval: 50 })
    await project.write('in/a.csv', 'id,n\n1,2\n')
    await project.write('in/a.csv.done', '')
    await reach(1)
    await project.write('in/b.csv', 'id,n\n2,3\n3,4\n')
    await project.write('in/b.csv.done', '')
    await vi.waitFor(
      async () => {
        const loaded = (await runs()).map((line): unknown => JSON.parse(line))
        expect(loaded).toContainEqual(expect.objectContaining({ rows_loaded: 2, status: 'success' }))
      },
      { timeout: 50_000, interval: 50 },
    )
    watching.stop()
    const ended = await watching.ended
    expect([ended.exitCode, ended.signal]).toEqual([0, null])
    const rows = await project.withWarehouse((warehouse) =>
      warehouse.rows('select id from raw.raw_shop_orders order by 1'),
    )
    expect(rows).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
  })

  it('does not go with one document of JSON', async () => {
    const project = await ScratchProject.create('duckdb', 1, files)
    onTestFinished(() => project[Symbol.asyncDispose]())
    const ended = await project.run(['ingest', '--watch', '--json'])
    expect([ended.exitCode, ended.stdout.includes('WW7001') || ended.stderr.includes('WW7001')]).toEqual([
      2,
      true,
    ])
  })
})
