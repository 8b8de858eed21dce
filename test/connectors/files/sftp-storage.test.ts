import { appendFile, mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { TrustedKeys } from '../../../src/connectors/files/storage/host-key.ts'
import { knownHost } from '../../../src/connectors/files/storage/known-hosts.ts'
import { RemoteStorage } from '../../../src/connectors/files/storage/remote-storage.ts'
import type { SftpPlace } from '../../../src/connectors/files/storage/sftp-session.ts'
import { SftpStore } from '../../../src/connectors/files/storage/sftp-store.ts'
import { newKey, type SftpLogin, type SftpServer, sftpServer } from '../../support/sftp-server.ts'

const PASSWORD = 'a secret that is nowhere'
const DAY = new Date('2026-07-01T00:00:00Z')
let folder: string
let service: SftpServer
let storage: RemoteStorage

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waterworks-sftp-'))
  service = await serve({ user: 'reader', password: PASSWORD })
})

beforeEach(async () => {
  await rm(join(folder, 'server'), { recursive: true, force: true })
  await mkdir(join(folder, 'server/home'), { recursive: true })
  Object.assign(service, {
    cutAfter: undefined,
    shortReads: undefined,
    isSilent: false,
    denied: undefined,
    onOpen: undefined,
  })
  service.requests.length = 0
  storage = open()
})

afterEach(() => storage.close())

afterAll(async () => {
  await service.close()
  await rm(folder, { recursive: true, force: true })
})

function serve(login: SftpLogin): Promise<SftpServer> {
  return sftpServer(join(folder, 'server'), login)
}

function open(given: Partial<SftpPlace> = {}, retries = 5, of = service): RemoteStorage {
  const place: SftpPlace = {
    host: '127.0.0.1',
    port: of.port,
    user: 'reader',
    password: PASSWORD,
    privateKey: undefined,
    passphrase: undefined,
    agent: undefined,
    trusted: { pinned: [of.fingerprint] },
    timeoutMs: 20_000,
    retries: 1,
    ...given,
  }
  return new RemoteStorage(new SftpStore('sftp://host', place), join(folder, 'fetched'), {
    retries,
    pauseMs: 1,
  })
}

async function put(path: string, content: string, at = DAY): Promise<void> {
  const file = join(folder, 'server', path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
  await utimes(file, at, at)
}

async function content(file: string): Promise<string | undefined> {
  const held = await storage.hold(file)
  if (held === undefined) return undefined
  await using copy = held
  return readFile(copy.path, 'utf8')
}

const origins = async (glob: string, of = storage) => (await of.match(glob)).map(({ origin }) => origin)
const opened = (path: string) => service.requests.filter((request) => request === `OPEN ${path}`).length

describe('a listing', () => {
  it('gives what matches in order, and looks into no folder that cannot have it', async () => {
    const names = [
      'a b/1&2.csv',
      'c.csv',
      'b.csv',
      'd/e/f.csv',
      'x.json',
      '.hidden.csv',
      'é.csv',
      'old/deep/z.csv',
    ]
    for (const name of names) await put(`in/${name}`, name)
    expect(await origins('sftp://host/in/*.csv')).toEqual(
      ['b', 'c', 'é'].map((name) => `sftp://host/in/${name}.csv`),
    )
    expect(service.requests.filter((request) => request.startsWith('OPENDIR'))).toEqual(['OPENDIR /in'])
    expect(await origins('sftp://host/in/{d,old}/*/*.csv')).toEqual([
      'sftp://host/in/d/e/f.csv',
      'sftp://host/in/old/deep/z.csv',
    ])
    expect(await origins('sftp://host/in/**/*.csv')).toHaveLength(6)
    expect(await origins('sftp://host/in/c.csv')).toEqual(['sftp://host/in/c.csv'])
    expect(await origins('sftp://host/nowhere/*')).toEqual([])
    expect(await origins('sftp://host/in/b.csv/*')).toEqual([])
  })

  it('starts from the home of the user, or from the root', async () => {
    await put('home/mine/a.csv', 'home')
    await put('a.csv', 'root')
    expect(await origins('sftp://host/~/mine/*.csv')).toEqual(['sftp://host/~/mine/a.csv'])
    expect(await content('/~/mine/a.csv')).toBe('home')
    expect(await origins('sftp://host/*.csv')).toEqual(['sftp://host/a.csv'])
    expect(await content('/a.csv')).toBe('root')
  })

  it('follows links, and goes in no circle', async () => {
    await put('store/a.csv', 'a')
    await mkdir(join(folder, 'server/in'))
    await symlink('../store', join(folder, 'server/in/link'))
    await symlink('../in', join(folder, 'server/store/back'))
    await symlink('a.csv', join(folder, 'server/store/b.csv'))
    await symlink('nowhere', join(folder, 'server/store/c.csv'))
    expect(await origins('sftp://host/in/**/*.csv')).toEqual(
      ['a', 'b'].map((name) => `sftp://host/in/link/${name}.csv`),
    )
    expect(await content('/in/link/b.csv')).toBe('a')
  })

  it('leaves no folder out that may not be read', async () => {
    await put('in/a.csv', 'a')
    await put('in/closed/b.csv', 'b')
    service.denied = '/in/closed'
    expect(await origins('sftp://host/in/*.csv')).toHaveLength(1)
    await expect(storage.match('sftp://host/in/**')).rejects.toMatchObject({
      code: 'WW4015',
      message: expect.stringContaining('/in/closed: Permission denied'),
    })
  })
})

describe('a file', () => {
  it('is held as it was listed, with its size and time', async () => {
    await put('in/a.csv', 'id\n1\n')
    const [found] = await storage.match('sftp://host/in/*')
    expect(await storage.look(found!.file)).toMatchObject({ size: 5, mtimeMs: DAY.getTime() })
    expect(await content(found!.file)).toBe('id\n1\n')
    expect(await storage.text('/in/none.csv')).toBeUndefined()
    expect(await storage.look('/in')).toBeUndefined()
    const before = await storage.stamp(found!.file)
    await put('in/a.csv', 'id\n1\n2\n')
    await storage.match('sftp://host/in/*')
    expect(await storage.stamp(found!.file)).not.toBe(before)
  })

  it('comes whole however often the connection is cut', async () => {
    const text = Array.from({ length: 60_000 }, (_, n) => `${n}\n`).join('')
    await put('in/a.csv', text)
    service.cutAfter = 100_000
    expect(await content('/in/a.csv')).toBe(text)
    expect(opened('/in/a.csv')).toBe(4)
  })

  it('comes whole however little comes at a time', async () => {
    const text = 'little by little\n'.repeat(10_000)
    await put('in/a.csv', text)
    service.shortReads = 10_000
    expect(await content('/in/a.csv')).toBe(text)
  })

  it('that nothing comes of any more is given up', async () => {
    await put('in/a.csv', 'abc')
    await storage.close()
    storage = open({ timeoutMs: 1500 }, 0)
    await storage.match('sftp://host/in/*')
    service.isSilent = true
    await expect(content('/in/a.csv')).rejects.toMatchObject({
      code: 'WW4015',
      message: expect.stringContaining('nothing came any more'),
    })
  })

  it('that is written to as it is fetched is left for another time', async () => {
    await put('in/a.csv', 'old\n'.repeat(40_000))
    service.cutAfter = 100_000
    service.onOpen = async () => {
      if (opened('/in/a.csv') === 2) await appendFile(join(folder, 'server/in/a.csv'), 'more')
    }
    await storage.match('sftp://host/in/*')
    expect(await content('/in/a.csv')).toBeUndefined()
    await storage.match('sftp://host/in/*')
    await rm(join(folder, 'server/in/a.csv'))
    expect(await content('/in/a.csv')).toBeUndefined()
  })
})

describe('logging in', () => {
  const elsewhere = async (login: SftpLogin) => {
    const other = await serve(login)
    onTestFinished(() => other.close())
    return other
  }
  const attempt = async (of: SftpServer, given: Partial<SftpPlace>) => {
    const tried = open(given, 0, of)
    try {
      return await origins('sftp://host/*.csv', tried)
    } finally {
      await tried.close()
    }
  }

  it('takes a private key with its passphrase', async () => {
    const key = newKey('open sesame')
    const other = await elsewhere({ user: 'reader', publicKey: key.public })
    await put('a.csv', 'a')
    const place = { password: undefined, privateKey: key.private }
    expect(await attempt(other, { ...place, passphrase: 'open sesame' })).toHaveLength(1)
    for (const passphrase of [undefined, 'wrong']) {
      await expect(attempt(other, { ...place, passphrase })).rejects.toMatchObject({
        code: 'WW4015',
        message: expect.stringContaining('the private key cannot be read'),
      })
    }
    await expect(attempt(other, { password: undefined, privateKey: newKey().private })).rejects.toMatchObject(
      {
        message: expect.stringContaining('does not let reader in'),
      },
    )
  })

  it('gives the password in a dialogue where the server wants one', async () => {
    const other = await elsewhere({ user: 'reader', password: PASSWORD, dialogue: true })
    await put('a.csv', 'a')
    expect(await attempt(other, {})).toHaveLength(1)
  })

  it('is not tried again when the server refuses, and tells no secret', async () => {
    storage = open({ password: 'another secret' })
    for (let tries = 0; tries < 2; tries++) {
      const refused = await storage.match('sftp://host/*').catch((error: unknown) => error)
      expect(refused).toMatchObject({
        code: 'WW4015',
        message: expect.stringContaining('does not let reader in'),
      })
      expect(JSON.stringify(refused)).not.toContain('another secret')
    }
    await expect(content('/a.csv')).rejects.toMatchObject({ code: 'WW4015' })
    expect(service.requests).toEqual(['LOGIN password', 'LOGIN keyboard-interactive'])
  })
})

describe('the host', () => {
  const match = async (trusted: TrustedKeys) => {
    await storage.close()
    storage = open({ trusted })
    return origins('sftp://host/*')
  }

  it('is refused before anything is said to it when it is not known, with its fingerprint', async () => {
    await put('a.csv', 'a')
    await expect(match({ keys: [], revoked: [] })).rejects.toMatchObject({
      code: 'WW4015',
      message: expect.stringContaining(
        `is not known; it shows the key ${service.fingerprint} (ecdsa-sha2-nistp256)`,
      ),
      hint: expect.stringContaining(`host_key: "${service.fingerprint}"`),
    })
    expect(service.requests).toEqual([])
  })

  it('is refused when it shows another key than before, or a revoked one', async () => {
    const other = `SHA256:${'A'.repeat(43)}`
    await expect(match({ pinned: [other] })).rejects.toMatchObject({
      message: expect.stringContaining('is not the one that is known'),
    })
    const key = Buffer.from(service.publicKey.split(' ')[1]!, 'base64')
    await expect(match({ keys: [key], revoked: [key] })).rejects.toMatchObject({
      message: expect.stringContaining('is revoked'),
    })
    expect(service.requests).toEqual([])
  })

  it('is known by a fingerprint, by its key, or by the list of known hosts', async () => {
    await put('a.csv', 'a')
    const list = knownHost(
      `[127.0.0.1]:${service.port} ${service.publicKey} comment\n`,
      '127.0.0.1',
      service.port,
    )
    for (const trusted of [{ pinned: [service.fingerprint] }, { pinned: [service.publicKey] }, list]) {
      expect(await match(trusted)).toHaveLength(1)
    }
  })

  it('that nobody answers for is said to be out of reach', async () => {
    const other = await serve({ user: 'reader' })
    const { port } = other
    await other.close()
    await expect(open({ port, retries: 0 }).match('sftp://host/*')).rejects.toMatchObject({
      code: 'WW4015',
      message: expect.stringContaining('ECONNREFUSED'),
    })
  })
})
