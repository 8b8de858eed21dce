import { createHash, generateKeyPairSync } from 'node:crypto'
import { type FileHandle, lstat, open, readdir, realpath, stat } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join, posix, relative } from 'node:path'
import ssh2, { type AuthContext, type Connection, type ParsedKey, type SFTPWrapper } from 'ssh2'

declare module 'ssh2' {
  // It is there, and documented, and its types lack it.
  interface Connection {
    setNoDelay(noDelay: boolean): this
  }
}

const { STATUS_CODE } = ssh2.utils.sftp
/** How many names a listing gives at a time. */
const PAGE = 3

/** A server of a folder's files, which behaves badly where it is told to. */
export interface SftpServer {
  readonly port: number
  /** Of the key it shows, as OpenSSH tells it. */
  readonly fingerprint: string
  /** The key itself, as known_hosts has it: `ssh-ed25519 AAAA…`. */
  readonly publicKey: string
  /** How many bytes of files a connection gives before it is cut; none is cut unless set. */
  cutAfter: number | undefined
  /** The most bytes it gives at a time. */
  shortReads: number | undefined
  /** Whether it answers no read any more. */
  isSilent: boolean
  /** A folder that it does not list. */
  denied: string | undefined
  /** Hears of each file that is opened. */
  onOpen: ((path: string) => Promise<void> | void) | undefined
  /** What it was asked: `OPEN /in/a.csv`, `LOGIN password`. */
  readonly requests: string[]
  close(): Promise<void>
}

export interface SftpLogin {
  readonly user: string
  readonly password?: string
  /** A public key, as authorized_keys has it. */
  readonly publicKey?: string
  /** Asks for the password in a dialogue, and takes it no other way. */
  readonly dialogue?: boolean
}

/** @param folder what is `/` of the server; the user's home is `/home` */
export async function sftpServer(folder: string, login: SftpLogin): Promise<SftpServer> {
  const host = newKey()
  const key = parsed(host.private).getPublicSSH()
  const connections = new Set<Connection>()
  const server = new ssh2.Server({ hostKeys: [host.private] }, (client) => {
    client.setNoDelay(true)
    connections.add(client)
    client.on('error', () => undefined)
    client.on('close', () => connections.delete(client))
    client.on('authentication', (context) => authenticate(context, login, fake.requests))
    client.on('session', (accept) => {
      accept().on('sftp', (start) => serve(start(), () => client.end(), folder, fake))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const fake: SftpServer = {
    port: (server.address() as AddressInfo).port,
    fingerprint: `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`,
    publicKey: host.public,
    cutAfter: undefined,
    shortReads: undefined,
    isSilent: false,
    denied: undefined,
    onOpen: undefined,
    requests: [],
    close: async () => {
      for (const client of connections) client.end()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
  return fake
}

/** A key pair, as PEM and as it stands in authorized_keys. */
export function newKey(passphrase?: string): { readonly private: string; readonly public: string } {
  const encrypted = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase }
  const { privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'sec1', format: 'pem', ...encrypted },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const key = parsed(privateKey, passphrase)
  return { private: privateKey, public: `${key.type} ${key.getPublicSSH().toString('base64')}` }
}

function parsed(text: string, passphrase?: string): ParsedKey {
  const key = ssh2.utils.parseKey(text, passphrase)
  if (key instanceof Error) throw key
  return Array.isArray(key) ? key[0] : key
}

function authenticate(context: AuthContext, login: SftpLogin, requests: string[]): void {
  requests.push(`LOGIN ${context.method}`)
  if (isRight(context, login)) context.accept()
  else if (context.method === 'keyboard-interactive' && login.dialogue === true) {
    context.prompt([{ prompt: 'Password: ', echo: false }], ([answer]) =>
      context.username === login.user && answer === login.password ? context.accept() : context.reject(),
    )
  } else context.reject(['password', 'publickey', 'keyboard-interactive'])
}

function isRight(context: AuthContext, login: SftpLogin): boolean {
  if (context.username !== login.user) return false
  if (context.method === 'password') return login.dialogue !== true && context.password === login.password
  if (context.method !== 'publickey' || login.publicKey === undefined) return false
  const key = parsed(login.publicKey)
  const { signature, blob, hashAlgo } = context
  const isSigned = signature === undefined || (blob !== undefined && key.verify(blob, signature, hashAlgo))
  return isSigned && context.key.data.equals(key.getPublicSSH())
}

/** https://datatracker.ietf.org/doc/html/draft-ietf-secsh-filexfer-02 */
function serve(sftp: SFTPWrapper, cut: () => void, folder: string, fake: SftpServer): void {
  const files = new Map<string, FileHandle>()
  const listings = new Map<
    string,
    { filename: string; longname: string; attrs: ReturnType<typeof attributes> }[]
  >()
  let handles = 0
  let given = 0
  const reads: Promise<void>[] = []
  const newHandle = () => Buffer.from(String(++handles))
  const onDisk = (path: string) => join(folder, posix.resolve('/home', path))
  const answer = (id: number, work: Promise<unknown>) => {
    work.catch((error: unknown) => {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'ENOENT' || code === 'ENOTDIR') sftp.status(id, STATUS_CODE.NO_SUCH_FILE)
      else if (code === 'EACCES') sftp.status(id, STATUS_CODE.PERMISSION_DENIED)
      else sftp.status(id, STATUS_CODE.FAILURE)
    })
  }
  const note = (verb: string, path: string) => fake.requests.push(`${verb} ${posix.resolve('/home', path)}`)
  sftp.on('REALPATH', (id, path) => {
    answer(
      id,
      realpath(onDisk(path)).then((real) => {
        const filename = `/${relative(folder, real)}`
        sftp.name(id, [{ filename, longname: filename, attrs: NO_ATTRIBUTES }])
      }),
    )
  })
  sftp.on('STAT', (id, path) => {
    note('STAT', path)
    answer(
      id,
      stat(onDisk(path)).then((found) => sftp.attrs(id, attributes(found))),
    )
  })
  sftp.on('LSTAT', (id, path) =>
    answer(
      id,
      lstat(onDisk(path)).then((found) => sftp.attrs(id, attributes(found))),
    ),
  )
  sftp.on('OPENDIR', (id, path) => {
    note('OPENDIR', path)
    if (posix.resolve('/home', path) === fake.denied) return sftp.status(id, STATUS_CODE.PERMISSION_DENIED)
    const list = async () => {
      const names = await readdir(onDisk(path))
      const entries = await Promise.all(
        ['.', '..', ...names].map(async (filename) => {
          const attrs = attributes(await lstat(join(onDisk(path), filename)))
          return { filename, longname: filename, attrs }
        }),
      )
      const handle = newHandle()
      listings.set(handle.toString(), entries)
      sftp.handle(id, handle)
    }
    answer(id, list())
  })
  sftp.on('READDIR', (id, handle) => {
    const page = listings.get(handle.toString())?.splice(0, PAGE) ?? []
    if (page.length === 0) sftp.status(id, STATUS_CODE.EOF)
    else sftp.name(id, page)
  })
  sftp.on('OPEN', (id, path) => {
    note('OPEN', path)
    const start = async () => {
      await fake.onOpen?.(posix.resolve('/home', path))
      const handle = newHandle()
      files.set(handle.toString(), await open(onDisk(path)))
      sftp.handle(id, handle)
    }
    answer(id, start())
  })
  sftp.on('FSTAT', (id, handle) => {
    answer(
      id,
      files
        .get(handle.toString())!
        .stat()
        .then((found) => sftp.attrs(id, attributes(found))),
    )
  })
  sftp.on('READ', (id, handle, offset, length) => {
    if (fake.isSilent) return
    const wanted = Math.min(length, fake.shortReads ?? length)
    if (fake.cutAfter !== undefined && given + wanted > fake.cutAfter) {
      // All that was asked for before is given first: how much comes does not depend on the clock.
      void Promise.all(reads).then(cut)
      return
    }
    given += wanted
    const read = async () => {
      const { bytesRead, buffer } = await files
        .get(handle.toString())!
        .read(Buffer.alloc(wanted), 0, wanted, offset)
      if (bytesRead === 0) sftp.status(id, STATUS_CODE.EOF)
      else sftp.data(id, buffer.subarray(0, bytesRead))
    }
    const reading = read()
    reads.push(reading.catch(() => undefined))
    answer(id, reading)
  })
  sftp.on('CLOSE', (id, handle) => {
    const file = files.get(handle.toString())
    files.delete(handle.toString())
    listings.delete(handle.toString())
    answer(
      id,
      (file?.close() ?? Promise.resolve()).then(() => sftp.status(id, STATUS_CODE.OK)),
    )
  })
  sftp.on('close', () => {
    for (const file of files.values()) void file.close()
  })
}

const NO_ATTRIBUTES = { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 }

function attributes({ mode, uid, gid, size, atimeMs, mtimeMs }: Awaited<ReturnType<typeof stat>>) {
  const seconds = (ms: number | bigint) => Math.floor(Number(ms) / 1000)
  return {
    ...{ mode: Number(mode), uid: Number(uid), gid: Number(gid), size: Number(size) },
    ...{ atime: seconds(atimeMs), mtime: seconds(mtimeMs) },
  }
}
