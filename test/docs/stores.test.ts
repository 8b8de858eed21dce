import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { waterworks } from '../cli/support/waterworks.ts'
import { fakeS3 } from '../support/fake-s3.ts'
import { newKey, sftpServer } from '../support/sftp-server.ts'
import { fencedBlocks } from './support/fenced-blocks.ts'

const ORDERS = 'id,total\n1,9.50\n2,3.00\n'

/** The project that a page shows, on a server of the test's own. */
async function projectOf(page: string, replacements: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'waterworks-docs-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  const text = await readFile(join(import.meta.dirname, '../../docs', page), 'utf8')
  for (const { file, text: shown } of fencedBlocks(text)) {
    if (file === undefined) continue
    let written = shown
    for (const [from, to] of Object.entries(replacements)) written = written.replace(from, to)
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), written)
  }
  return root
}

/** Adds up what the pipelines of a project brought. */
async function built(root: string): Promise<unknown> {
  const { code, stdout, stderr } = await waterworks(root, ['build', '--json'])
  expect(`${code} ${stderr}`).toMatch(/^0 /)
  const { nodes } = JSON.parse(stdout) as { nodes: { ledger: { extracted: number; inserted: number } }[] }
  return nodes.map(({ ledger: { extracted, inserted } }) => [extracted, inserted])
}

async function build(root: string, env: Readonly<Record<string, string>>): Promise<void> {
  const lines = Object.entries(env).map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
  await writeFile(join(root, '.env'), lines.join(''))
  const { code, stdout, stderr } = await waterworks(root, ['build', '--json'])
  expect(`${code} ${stderr}`).toMatch(/^0 /)
  expect(JSON.parse(stdout).nodes[0]).toMatchObject({
    ledger: { extracted: 2, inserted: 2 },
  })
  for (const secret of Object.values(env)) expect(stdout + stderr).not.toContain(secret)
}

describe('the project of', () => {
  test('docs/files.md reads documents, and pictures without where they were taken', async () => {
    const root = await projectOf('files.md', {})
    await writeFile(join(root, 'waterworks.yml'), `name: office\nprivacy: {keys: {k1: "\${PRIVACY_KEY}"}}\n`)
    await writeFile(join(root, '.env'), `PRIVACY_KEY=${'ab'.repeat(32)}\n`)
    for (const [golden, file] of [
      ['plain.pdf', 'letters/ada/1.pdf'],
      ['photo.jpg', 'photos/summer/beach.jpg'],
    ] as const) {
      await mkdir(dirname(join(root, file)), { recursive: true })
      await copyFile(join(import.meta.dirname, '../formats/goldens/documents', golden), join(root, file))
    }
    expect(await built(root)).toEqual(
      expect.arrayContaining([
        [3, 3],
        [1, 1],
      ]),
    )
    const query = 'select * exclude (taken_at) from raw.raw_phones_photos'
    const { stdout } = await waterworks(root, ['sql', '--json', query])
    const [photo] = JSON.parse(stdout).rows
    expect(photo).toMatchObject({
      album: 'summer',
      name: 'beach',
      kind: 'jpg',
      width: 32,
      camera_make: 'Kamera',
    })
    for (const column of ['gps_latitude', 'gps_longitude', 'artist', 'owner_name']) {
      expect(photo).not.toHaveProperty(column)
    }
  })

  test('docs/s3-source.md reads a bucket', async () => {
    const service = await fakeS3('AKIAEXAMPLE')
    onTestFinished(() => service.close())
    service.put('exports/daily/eu/orders-1.csv', ORDERS)
    service.put('exports/daily/eu/orders-1.csv.done', '')
    const root = await projectOf('s3-source.md', {
      'orders-*.csv.gz': 'orders-*.csv',
      '# endpoint: https://minio.example.com:9000': `endpoint: ${service.endpoint}`,
    })
    await build(root, { LAKE_KEY_ID: 'AKIAEXAMPLE', LAKE_SECRET: 'a secret of the lake' })
  })

  test('docs/sftp-source.md reads a server’s files', async () => {
    const passphrase = 'a secret of the key'
    const key = newKey(passphrase)
    const folder = await mkdtemp(join(tmpdir(), 'waterworks-sftp-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    await mkdir(join(folder, 'exports/daily/eu'), { recursive: true })
    await writeFile(join(folder, 'exports/daily/eu/orders-1.csv'), ORDERS)
    await writeFile(join(folder, 'exports/daily/eu/orders-1.csv.done'), '')
    const service = await sftpServer(folder, { user: 'reader', publicKey: key.public })
    onTestFinished(() => service.close())
    const root = await projectOf('sftp-source.md', {
      'host: files.example.com': `host: 127.0.0.1\n    port: ${service.port}`,
      '~/.ssh/id_ed25519': 'keys/id_ed25519',
      'SHA256:3Lv0e4Yd1hJtqzJ2q1gqkJqjT1pN2y5wV8x6m0bCdEE': service.fingerprint,
    })
    await mkdir(join(root, 'keys'))
    await writeFile(join(root, 'keys/id_ed25519'), key.private)
    await build(root, { PARTNER_PASSPHRASE: passphrase })
  })
})
