import ssh2, {
  type AnyAuthMethod,
  type Client,
  type FileEntryWithStats,
  type SFTPWrapper,
  type Stats,
} from 'ssh2'
import { fingerprint, hostKeyProblem, keyType, signaturesFor, type TrustedKeys } from './host-key.ts'
import { StoreRefusal } from './remote-store.ts'

export interface SftpPlace {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string | undefined
  /** A private key's text, and what it is encrypted with. */
  readonly privateKey: string | undefined
  readonly passphrase: string | undefined
  /** The socket of an agent that keeps keys. */
  readonly agent: string | undefined
  readonly trusted: TrustedKeys
  /** How long the server may say nothing. */
  readonly timeoutMs: number
  readonly retries: number
}

/** What the server answers to a request that it understood and does not do. */
export class SftpStatus extends Error {
  /** https://datatracker.ietf.org/doc/html/draft-ietf-secsh-filexfer-02#section-7 */
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }

  get isMissing(): boolean {
    return this.status === ssh2.utils.sftp.STATUS_CODE.NO_SUCH_FILE
  }
}

type Done<T> = (error: Error | null | undefined, value: T) => void

/** One connection. Its requests reject with SftpStatus, or with other errors when the connection is no more. */
export class SftpSession {
  readonly #client: Client
  readonly #sftp: SFTPWrapper
  readonly #timeoutMs: number
  #broken: Error | undefined
  #asked = 0
  #silence: NodeJS.Timeout | undefined

  private constructor(client: Client, sftp: SFTPWrapper, timeoutMs: number) {
    this.#client = client
    this.#sftp = sftp
    this.#timeoutMs = timeoutMs
    client.on('error', (error) => this.#break(error))
    client.on('close', () => this.#break(new Error('the connection was closed')))
    sftp.on('close', () => this.#break(new Error('the server ended the session')))
  }

  /** Connects, checks the host's key, logs in and starts SFTP. Rejects with StoreRefusal when another try would end alike. */
  static async open(place: SftpPlace): Promise<SftpSession> {
    const methods = authentication(place)
    const client = new ssh2.Client()
    let refusal: StoreRefusal | undefined
    const sftp = await new Promise<SFTPWrapper>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no answer in time')), place.timeoutMs)
      const settle = (error: Error) => {
        clearTimeout(timer)
        reject(refusal ?? loginRefusal(error, place) ?? error)
      }
      // Requests are small: Nagle's algorithm would hold each back until the one before it is acknowledged.
      client.on('connect', () => client.setNoDelay(true))
      client.on('error', settle)
      client.on('close', () => settle(new Error('the connection was closed')))
      client.on('ready', () =>
        client.sftp((error, started) => {
          if (error) return settle(new StoreRefusal(`${at(place)}: the server has no SFTP for this user`))
          clearTimeout(timer)
          resolve(started)
        }),
      )
      const signatures = signaturesFor(place.trusted)
      client.connect({
        host: place.host,
        port: place.port,
        username: place.user,
        readyTimeout: 0,
        keepaliveInterval: place.timeoutMs,
        ...(signatures === undefined ? {} : { algorithms: { serverHostKey: signatures } }),
        hostVerifier: (key: Buffer) => {
          refusal = keyRefusal(key, place)
          return refusal === undefined
        },
        authHandler: methods,
      })
    }).catch((error: unknown) => {
      client.on('error', () => undefined)
      client.destroy()
      throw error
    })
    return new SftpSession(client, sftp, place.timeoutMs)
  }

  get isBroken(): boolean {
    return this.#broken !== undefined
  }

  stat(path: string): Promise<Stats> {
    return this.#ask((done) => this.#sftp.stat(path, done))
  }

  realPath(path: string): Promise<string> {
    return this.#ask((done) => this.#sftp.realpath(path, done))
  }

  /** Everything in a folder, as it is there: links are not followed. */
  async entries(path: string): Promise<readonly FileEntryWithStats[]> {
    const found: FileEntryWithStats[] = []
    const handle = await this.#ask<Buffer>((done) => this.#sftp.opendir(path, done))
    try {
      for (;;)
        found.push(...(await this.#ask<FileEntryWithStats[]>((done) => this.#sftp.readdir(handle, done))))
    } catch (error) {
      if (error instanceof SftpStatus && error.status === ssh2.utils.sftp.STATUS_CODE.EOF) return found
      throw error
    } finally {
      await this.closeHandle(handle)
    }
  }

  openFile(path: string): Promise<Buffer> {
    return this.#ask((done) => this.#sftp.open(path, 'r', done))
  }

  statHandle(handle: Buffer): Promise<Stats> {
    return this.#ask((done) => this.#sftp.fstat(handle, done))
  }

  /** `length` bytes from an offset on, fewer at the file's end. A server may give less than it is asked for at a time. */
  async read(handle: Buffer, offset: number, length: number): Promise<Buffer> {
    const target = Buffer.allocUnsafe(length)
    let filled = 0
    while (filled < length) {
      const count = await this.#ask<number>((done) =>
        this.#sftp.read(handle, target, filled, length - filled, offset + filled, done),
      )
      if (count === 0) break
      filled += count
    }
    return target.subarray(0, filled)
  }

  /** Of a handle that is of no use any more: nothing is said of what goes wrong. */
  async closeHandle(handle: Buffer): Promise<void> {
    if (this.isBroken) return
    await this.#ask<void>((done) => this.#sftp.close(handle, (error) => done(error, undefined))).catch(
      () => undefined,
    )
  }

  async close(): Promise<void> {
    if (this.isBroken) return
    const closed = new Promise<void>((resolve) => this.#client.once('close', () => resolve()))
    this.#client.end()
    const timer = setTimeout(() => this.#client.destroy(), CLOSING_MS)
    await closed
    clearTimeout(timer)
  }

  #ask<T>(start: (done: Done<T>) => unknown): Promise<T> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken)
    return new Promise((resolve, reject) => {
      this.#asked++
      this.#silence ??= setTimeout(() => this.#break(new Error('nothing came any more')), this.#timeoutMs)
      start((error, value) => {
        this.#heard()
        if (!error) return resolve(value)
        const isStatus = 'code' in error && typeof error.code === 'number'
        reject(isStatus ? new SftpStatus(Number(error.code), error.message) : (this.#broken ?? error))
      })
    })
  }

  /** Whatever is answered shows that the server is there: a slow line is no dead one. */
  #heard(): void {
    if (--this.#asked > 0) this.#silence?.refresh()
    else {
      clearTimeout(this.#silence)
      this.#silence = undefined
    }
  }

  /** All that is asked for rejects as the client closes. */
  #break(error: Error): void {
    this.#broken ??= error
    this.#client.destroy()
  }
}

/** How long a server may take to say goodbye. */
const CLOSING_MS = 500

function at({ host, port }: SftpPlace): string {
  return port === 22 ? `sftp://${host}` : `sftp://${host}:${port}`
}

function authentication({ user: username, password, privateKey, passphrase, agent, ...place }: SftpPlace) {
  const methods: AnyAuthMethod[] = []
  if (privateKey !== undefined) {
    const key = ssh2.utils.parseKey(privateKey, passphrase)
    if (key instanceof Error) {
      const message = `sftp://${place.host}: the private key cannot be read: ${key.message}`
      throw new StoreRefusal(
        message,
        'Give the key as OpenSSH or PEM has it, and its passphrase where it has one.',
      )
    }
    methods.push({ type: 'publickey', username, key: Array.isArray(key) ? key[0]! : key })
  }
  if (agent !== undefined) methods.push({ type: 'agent', username, agent })
  if (password !== undefined) {
    methods.push({ type: 'password', username, password })
    // Servers that ask for the password in a dialogue of their own.
    methods.push({
      type: 'keyboard-interactive',
      username,
      prompt: (_name, _instructions, _lang, prompts, finish) => finish(prompts.map(() => password)),
    })
  }
  return methods
}

function keyRefusal(key: Buffer, place: SftpPlace): StoreRefusal | undefined {
  const problem = hostKeyProblem(key, place.trusted)
  if (problem === undefined) return undefined
  const shown = `${fingerprint(key)} (${keyType(key)})`
  if (problem === 'unknown') {
    return new StoreRefusal(
      `${at(place)}: the host is not known; it shows the key ${shown}`,
      `Ask who runs it whether that is its key, then set host_key: "${fingerprint(key)}" at the connection, or add it to known_hosts.`,
    )
  }
  return new StoreRefusal(
    `${at(place)}: the host shows the key ${shown}, ${problem === 'revoked' ? 'which is revoked' : 'which is not the one that is known'}`,
    'Somebody may be listening in. If the host has a new key, ask who runs it for its fingerprint and set it as host_key or in known_hosts.',
  )
}

function loginRefusal(error: Error, place: SftpPlace): StoreRefusal | undefined {
  if (!('level' in error) || error.level !== 'client-authentication') return undefined
  return new StoreRefusal(
    `${at(place)}: the server does not let ${place.user} in`,
    'Check the user and its password, key_file, private_key or agent.',
  )
}
