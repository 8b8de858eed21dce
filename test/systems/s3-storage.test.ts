import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AwsClient } from 'aws4fetch'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { preparePython } from '../../scripts/python-program.ts'
import { RemoteStorage } from '../../src/connectors/files/storage/remote-storage.ts'
import { S3Store } from '../../src/connectors/files/storage/s3-store.ts'

const python = preparePython({ script: '', packages: ['moto[s3,server]==5.2.5'] }, (reason) =>
  console.error(`No S3 service was read: ${reason}`),
)
const KEYS = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret', sessionToken: undefined }

describe.skipIf(python === undefined)('the S3 of moto', () => {
  let server: ChildProcess
  let endpoint: string
  const client = new AwsClient({
    accessKeyId: KEYS.accessKeyId,
    secretAccessKey: KEYS.secretAccessKey,
    service: 's3',
    region: 'eu-west-3',
    retries: 0,
  })

  beforeAll(async () => {
    const port = await freePort()
    endpoint = `http://127.0.0.1:${port}`
    server = spawn(python!.python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
      stdio: 'ignore',
    })
    for (let tries = 0; tries < 300; tries++) {
      const answer = await fetch(endpoint).catch(() => undefined)
      if (answer !== undefined) break
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    const body =
      '<CreateBucketConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><LocationConstraint>eu-west-3</LocationConstraint></CreateBucketConfiguration>'
    const made = await client.fetch(`${endpoint}/lake`, { method: 'PUT', body })
    expect(made.status).toBe(200)
  })

  afterAll(() => void server?.kill('SIGTERM'))

  const put = async (key: string, body: string) => {
    const answer = await client.fetch(
      `${endpoint}/lake/${key.split('/').map(encodeURIComponent).join('/')}`,
      {
        method: 'PUT',
        body,
      },
    )
    expect(answer.status).toBe(200)
  }
  const open = (given: { readonly region?: string } = {}) =>
    new RemoteStorage(
      new S3Store({
        endpoint,
        region: given.region ?? 'eu-west-3',
        credentials: KEYS,
        addressing: 'path',
        timeoutMs: 10_000,
        retries: 1,
      }),
      join(tmpdir(), 'waterworks-s3-storage'),
    )

  it('lists more than a page, and gives what it lists', async () => {
    for (let n = 0; n < 1050; n += 50) {
      await Promise.all(
        Array.from({ length: 50 }, (_, i) => put(`many/${String(n + i).padStart(4, '0')}.csv`, `${n + i}`)),
      )
    }
    await put('odd/a b+c&d=é(1).csv', 'odd')
    const storage = open()
    expect(await storage.match('s3://lake/many/*.csv')).toHaveLength(1050)
    const [odd] = await storage.match('s3://lake/odd/*')
    expect(odd?.origin).toBe('s3://lake/odd/a b+c&d=é(1).csv')
    await using held = (await storage.hold(odd!.file))!
    expect(await readFile(held.path, 'utf8')).toBe('odd')
  })

  it('is gone on with from the middle of a file, and told from another version of it', async () => {
    await put('big.csv', 'old'.repeat(100_000))
    const store = new S3Store({
      endpoint,
      region: 'eu-west-3',
      credentials: KEYS,
      addressing: 'path',
      timeoutMs: 10_000,
      retries: 1,
    })
    const file = (await store.look('lake/big.csv'))!
    const parts: Buffer[] = []
    for await (const part of await store.open(file, 299_990)) parts.push(Buffer.from(part))
    expect(Buffer.concat(parts).toString()).toBe('doldoldold')
    await put('big.csv', 'new'.repeat(100_000))
    await expect(store.open(file, 0)).rejects.toThrow('changed')
  })

  it('refuses what is not there', async () => {
    await expect(open().match('s3://nobucket/*')).rejects.toMatchObject({
      code: 'WW4015',
      message: expect.stringContaining('NoSuchBucket'),
    })
  })
})

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = address !== null && typeof address === 'object' ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
