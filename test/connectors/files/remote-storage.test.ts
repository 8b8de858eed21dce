import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { remoteGlob } from '../../../src/connectors/files/storage/remote-glob.ts'
import { RemoteStorage } from '../../../src/connectors/files/storage/remote-storage.ts'
import { S3Store } from '../../../src/connectors/files/storage/s3-store.ts'
import { type FakeS3, fakeS3 } from '../../support/fake-s3.ts'

const KEY = 'AKIAEXAMPLE'
let service: FakeS3
let storage: RemoteStorage
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waterworks-storage-'))
  service = await fakeS3(KEY)
  storage = open()
})

afterEach(async () => {
  await storage.close()
  await service.close()
  await rm(folder, { recursive: true, force: true })
})

function open(given: { readonly key?: string; readonly retries?: number } = {}): RemoteStorage {
  const credentials = { accessKeyId: given.key ?? KEY, secretAccessKey: 'x', sessionToken: undefined }
  const place = {
    endpoint: service.endpoint,
    region: 'us-east-1',
    credentials,
    addressing: 'path',
    timeoutMs: 1000,
    retries: 3,
  } as const
  return new RemoteStorage(new S3Store(place), folder, { retries: given.retries ?? 5, pauseMs: 1 })
}

async function content(file: string): Promise<string | undefined> {
  const held = await storage.hold(file)
  if (held === undefined) return undefined
  await using copy = held
  return readFile(copy.path, 'utf8')
}

describe('a copy', () => {
  it('is gone when it is let go, and by the next one when a kill has left it', async () => {
    // No process has a number so high: https://man7.org/linux/man-pages/man5/proc_sys_kernel.5.html
    const left = join(folder, '4194305-left')
    await mkdir(left)
    await writeFile(join(left, 'a.csv'), 'left by a kill')
    service.put('lake/a.csv', 'a')
    await storage.match('s3://lake/*')
    const held = await storage.hold('lake/a.csv')
    expect(await readdir(folder)).toEqual([expect.stringMatching(new RegExp(`^${process.pid}-`))])
    await held?.[Symbol.asyncDispose]()
    expect(await readdir(folder)).toEqual([])
  })
})

describe('a listing', () => {
  it('goes through all pages below the beginning of the pattern, and gives what matches in order', async () => {
    const names = ['a b/1&2.csv', 'c.csv', 'b.csv', 'd/e/f.csv', 'x.json', '.hidden.csv', 'é.csv', 'd/']
    for (const name of names) service.put(`lake/in/${name}`, name)
    service.put('lake/other/z.csv', '')
    const origins = async (glob: string) => (await storage.match(glob)).map(({ origin }) => origin)
    expect(await origins('s3://lake/in/*.csv')).toEqual(
      ['b', 'c', 'é'].map((name) => `s3://lake/in/${name}.csv`),
    )
    expect(await origins('s3://lake/in/**/*.csv')).toEqual(
      ['a b/1&2', 'b', 'c', 'd/e/f', 'é'].map((name) => `s3://lake/in/${name}.csv`),
    )
    expect(await origins('s3://lake/in/{b,c}.csv')).toHaveLength(2)
    expect(await origins('s3://lake/in/a b/1&2.csv')).toEqual(['s3://lake/in/a b/1&2.csv'])
    expect(await origins('s3://lake/in/nothing*')).toEqual([])
    expect(service.requests.filter((request) => !request.includes('prefix=in/'))).toEqual([])
  })

  it('waits for a service that is busy, and says what it refuses', async () => {
    service.put('lake/a.csv', 'a')
    service.busy = 2
    expect(await storage.match('s3://lake/*')).toHaveLength(1)
    service.busy = 9
    await expect(storage.match('s3://lake/*')).rejects.toMatchObject({
      code: 'WW4015',
      message: expect.stringContaining('503 SlowDown'),
    })
    service.busy = 0
    await expect(open({ key: 'AKIAOTHER' }).match('s3://lake/*')).rejects.toMatchObject({
      code: 'WW4015',
      message: expect.stringContaining('403 AccessDenied'),
    })
  })
})

describe('a file', () => {
  it('is held as it was listed, and gone when it is let go', async () => {
    service.put('lake/a.csv', 'id\n1\n')
    const [found] = await storage.match('s3://lake/*.csv')
    const held = (await storage.hold(found!.file))!
    expect(await readFile(held.path, 'utf8')).toBe('id\n1\n')
    expect(held.path).toMatch(/\/a\.csv$/)
    expect(held.stamp).toBe(await storage.stamp(found!.file))
    await held[Symbol.asyncDispose]()
    await expect(readFile(held.path)).rejects.toThrow()
  })

  it('comes whole however often the connection is cut', async () => {
    const text = Array.from({ length: 50_000 }, (_, n) => `${n}\n`).join('')
    service.put('lake/a.csv', text)
    service.cutAfter = 40_000
    expect(await content('lake/a.csv')).toBe(text)
    expect(service.requests.filter((request) => request === 'GET /lake/a.csv').length).toBeGreaterThan(6)
  })

  it('is given up when nothing more comes', async () => {
    service.put('lake/a.csv', 'abc')
    service.cutAfter = 0
    await expect(content('lake/a.csv')).rejects.toMatchObject({ code: 'WW4015' })
  })

  it('that is written to as it is fetched is left for another time', async () => {
    const text = 'old\n'.repeat(50_000)
    service.put('lake/a.csv', text)
    service.cutAfter = 1000
    let asked = 0
    service.onGet = () => {
      if (++asked === 3) service.put('lake/a.csv', 'new\n'.repeat(50_000))
    }
    await storage.match('s3://lake/*')
    expect(await content('lake/a.csv')).toBeUndefined()
    service.onGet = () => service.remove('lake/a.csv')
    await storage.match('s3://lake/*')
    expect(await content('lake/a.csv')).toBeUndefined()
  })

  it('has another stamp when its content is another', async () => {
    service.put('lake/a.csv', 'one')
    await storage.match('s3://lake/*')
    const before = await storage.stamp('lake/a.csv')
    service.put('lake/a.csv', 'two')
    await storage.match('s3://lake/*')
    expect(await storage.stamp('lake/a.csv')).not.toBe(before)
    await expect(storage.stamp('lake/none.csv')).rejects.toThrow()
    expect(await storage.look('lake/none.csv')).toBeUndefined()
  })
})

describe('a glob over paths', () => {
  it.each([
    ['b/in/*.csv', 'b/in/'],
    ['b/in/2026-*/x.csv', 'b/in/2026-'],
    ['b/**', 'b/'],
    ['b/{x,y}/*', 'b/'],
    ['b/one.csv', 'b/one.csv'],
  ])('%s begins with %s', (glob, prefix) => {
    expect(remoteGlob(glob).prefix).toBe(prefix)
  })

  it('looks into no folder that cannot have what is wanted', () => {
    const { mayHold } = remoteGlob('in/2026-*/*/x.csv')
    expect(['in', 'in/2026-01', 'in/2026-01/eu'].map(mayHold)).toEqual([true, true, true])
    expect(['out', 'in/2025-12', 'in/2026-01/eu/deep', 'in/.git'].map(mayHold)).toEqual([
      false,
      false,
      false,
      false,
    ])
    expect(remoteGlob('in/**/x.csv').mayHold('in/a/b/c/d')).toBe(true)
  })
})
