import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeS3, fakeS3 } from '../support/fake-s3.ts'
import { waterworks } from './support/waterworks.ts'

const SECRET = 'a secret that is nowhere'
let service: FakeS3
let root: string

beforeAll(async () => {
  service = await fakeS3('AKIAEXAMPLE')
  root = await mkdtemp(join(tmpdir(), 'waterworks-store-'))
  const files = {
    'waterworks.yml': `name: lake
connections:
  lake:
    type: s3
    endpoint: ${service.endpoint}
    bucket: lake
    path: exports
    access_key_id: AKIAEXAMPLE
    secret_access_key: \${LAKE_SECRET}
`,
    '.env': `LAKE_SECRET="${SECRET}"\n`,
    'pipelines/orders.yml': `pipeline:
  name: orders
  extract:
    source_system: shop
    connection: lake
    files: "{region}/*.csv"
    complete_when: {marker: .done}
  load: {strategy: append}
`,
  }
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
})

afterAll(async () => {
  await service.close()
  await rm(root, { recursive: true, force: true })
})

const rows = async () => {
  const { stdout } = await waterworks(root, [
    'sql',
    '--json',
    'select id, region from raw.raw_shop_orders order by id',
  ])
  return JSON.parse(stdout).rows
}
const fetched = () => service.requests.filter((request) => request.endsWith('.csv')).length

describe('files of a bucket', () => {
  it('are loaded once each when they are complete, with what their names say', async () => {
    const first = `id,n\n${Array.from({ length: 3000 }, (_, n) => `${n},x`).join('\n')}\n`
    service.put('lake/exports/eu/a.csv', first)
    service.put('lake/exports/eu/a.csv.done', '')
    service.put('lake/exports/us/b.csv', 'id,n\n5000,x\n')
    service.cutAfter = 4000
    const built = await waterworks(root, ['build', '--json'])
    expect(built).toMatchObject({ code: 0 })
    expect(JSON.parse(built.stdout).nodes[0].ledger).toMatchObject({ extracted: 3000, inserted: 3000 })
    expect(built.stdout + built.stderr).not.toContain(SECRET)
    expect((await rows()).at(-1)).toEqual({ id: 2999, region: 'eu' })
    service.put('lake/exports/us/b.csv.done', '')
    const before = fetched()
    expect(await waterworks(root, ['build'])).toMatchObject({ code: 0 })
    // What was loaded is known by its version, and not fetched again.
    expect(fetched() - before).toBe(1)
    expect((await rows()).at(-1)).toEqual({ id: 5000, region: 'us' })
    expect(await waterworks(root, ['build'])).toMatchObject({ code: 0 })
    expect(fetched() - before).toBe(1)
  })

  it('that cannot be read fail the load with the service’s word for it', async () => {
    service.busy = 99
    const built = await waterworks(root, ['build'])
    service.busy = 0
    expect(built.code).toBe(1)
    expect(built.stderr + built.stdout).toContain('503 SlowDown')
  })

  it('are not mixed with those of the disk', async () => {
    await writeFile(
      join(root, 'pipelines/mixed.yml'),
      'pipeline:\n  name: mixed\n  extract: {source_system: shop, files: ["a.csv", "s3://lake/b.csv"]}\n  load: {strategy: append}\n',
    )
    const checked = await waterworks(root, ['check'])
    expect(checked).toMatchObject({ code: 2, stderr: expect.stringContaining('WW1040') })
    await rm(join(root, 'pipelines/mixed.yml'))
  })
})
