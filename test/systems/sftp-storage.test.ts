import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { knownHost } from '../../src/connectors/files/storage/known-hosts.ts'
import { RemoteStorage } from '../../src/connectors/files/storage/remote-storage.ts'
import { SftpStore } from '../../src/connectors/files/storage/sftp-store.ts'
import { hashFile } from '../../src/formats/bytes/hash-file.ts'
import { type OpensshServer, prepareOpenssh, startOpenssh } from '../support/openssh-server.ts'

const root = prepareOpenssh((reason) => console.error(`No OpenSSH server was read: ${reason}`))

describe.skipIf(root === undefined)('the SFTP of OpenSSH', () => {
  let folder: string
  let port: number
  let server: OpensshServer

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waterworks-openssh-'))
    port = await freePort()
    server = await startOpenssh(root!, folder, port)
  })

  afterAll(async () => {
    server?.process.kill('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  })

  const store = (list: string) =>
    new SftpStore('sftp://host', {
      ...{ host: '127.0.0.1', port, user: userInfo().username, timeoutMs: 20_000, retries: 1 },
      ...{ password: undefined, agent: undefined },
      ...{ privateKey: server.userKey, passphrase: server.passphrase },
      trusted: knownHost(list, '127.0.0.1', port),
    })

  it('gives what it lists, whole, and only to who knows it', async () => {
    const data = join(folder, 'data/2026')
    await mkdir(data, { recursive: true })
    await writeFile(join(data, 'big.csv'), 'some text of a line\n'.repeat(1_000_000))
    for (let n = 0; n < 300; n++)
      await writeFile(join(data, `${String(n).padStart(3, '0')} é.csv`), String(n))
    await expect(store('').look('/')).rejects.toMatchObject({
      message: expect.stringContaining('is not known'),
    })
    const storage = new RemoteStorage(store(`[127.0.0.1]:${port} ${server.hostKey}`), join(folder, 'fetched'))
    const found = await storage.match(`sftp://host${folder}/data/**/*.csv`)
    expect(found).toHaveLength(301)
    {
      await using held = (await storage.hold(join(data, 'big.csv')))!
      expect(await hashFile(held.path)).toBe(await hashFile(join(data, 'big.csv')))
    }
    expect(await storage.text(join(data, '007 é.csv'))).toBe('7')
    // Listed before, and another since.
    await appendFile(join(data, '008 é.csv'), 'more')
    expect(await storage.hold(join(data, '008 é.csv'))).toBeUndefined()
    expect(await storage.match('sftp://host/nowhere/*')).toEqual([])
    await storage.close()
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
