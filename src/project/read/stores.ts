import { parseHours } from '../duration.ts'
import type { Intake } from '../intake.ts'
import type { S3Connection, SftpConnection, StoreConnection } from '../project.ts'
import type { S3ConnectionEntry, SftpConnectionEntry } from '../schema/connection-entry.ts'
import { asList } from '../schema/fields.ts'
import type { WaterworksFile } from '../schema/waterworks-file.ts'
import { WATERWORKS_FILE } from './waterworks.ts'

const MS_PER_HOUR = 3_600_000
const USUAL_TIMEOUT_MS = 60_000
const URL_OF_STORE = /^(s3|sftp):\/\//
const SSH_PORT = 22
const FINGERPRINT = /^SHA256:[A-Za-z0-9+/]{43}=?$/
const PUBLIC_KEY = /^(?:ssh|ecdsa|sk)-[A-Za-z0-9@.-]+ [A-Za-z0-9+/]{32,}=*(?: .*)?$/

/** The places of files of waterworks.yml, with their defaults filled in. */
export function readStores(
  connections: WaterworksFile['connections'],
  lacking: ReadonlyMap<string, readonly string[]>,
  intake: Intake,
): Record<string, StoreConnection> {
  const read: Record<string, StoreConnection> = {}
  for (const [name, entry] of Object.entries(connections ?? {})) {
    if (entry.type === 's3') read[name] = readS3(name, entry, lacking.get(name) ?? [], intake)
    if (entry.type === 'sftp') read[name] = readSftp(name, entry, lacking.get(name) ?? [], intake)
  }
  return read
}

function readS3(
  name: string,
  entry: S3ConnectionEntry,
  lacks: readonly string[],
  intake: Intake,
): S3Connection {
  const { endpoint } = entry
  const at = (key: string) => ({ file: WATERWORKS_FILE, path: ['connections', name, key] })
  if (endpoint !== undefined && !(/^https?:\/\//.test(endpoint) && URL.canParse(endpoint))) {
    intake.error('WW1006', at('endpoint'), {
      message: `the endpoint of connection "${name}" is no URL`,
      hint: 'Write it as https://host:port.',
    })
  }
  return {
    type: 's3',
    name,
    endpoint,
    region: entry.region,
    accessKeyId: entry.access_key_id,
    secretAccessKey: entry.secret_access_key,
    sessionToken: entry.session_token,
    anonymous: entry.anonymous ?? false,
    addressing: entry.addressing ?? (endpoint === undefined ? 'host' : 'path'),
    timeoutMs: readTimeout(name, entry.timeout, intake),
    lacks,
  }
}

function readSftp(
  name: string,
  entry: SftpConnectionEntry,
  lacks: readonly string[],
  intake: Intake,
): SftpConnection {
  const at = (key: string) => ({ file: WATERWORKS_FILE, path: ['connections', name, key] })
  const hostKeys = asList(entry.host_key)
  if (!hostKeys.every((key) => FINGERPRINT.test(key) || PUBLIC_KEY.test(key))) {
    intake.error('WW1006', at('host_key'), {
      message: `the host_key of connection "${name}" is neither a fingerprint nor a public key`,
      hint: 'Write it as SHA256:… or as "ssh-ed25519 AAAA…".',
    })
  }
  if (entry.key_file !== undefined && entry.private_key !== undefined) {
    intake.error('WW1040', at('private_key'), {
      message: `connection "${name}" has both a key_file and a private_key`,
      hint: 'Keep one of them.',
    })
  }
  const logsIn = [entry.password, entry.key_file, entry.private_key].some((way) => way !== undefined)
  return {
    type: 'sftp',
    name,
    host: entry.host,
    port: entry.port ?? SSH_PORT,
    user: entry.user,
    password: entry.password,
    keyFile: entry.key_file,
    privateKey: entry.private_key,
    passphrase: entry.passphrase,
    agent: entry.agent ?? !logsIn,
    hostKeys,
    knownHosts: entry.known_hosts ?? '~/.ssh/known_hosts',
    timeoutMs: readTimeout(name, entry.timeout, intake),
    lacks,
  }
}

function readTimeout(name: string, timeout: string | undefined, intake: Intake): number {
  const hours = timeout === undefined ? undefined : parseHours(timeout)
  if (timeout !== undefined && hours === undefined) {
    const at = { file: WATERWORKS_FILE, path: ['connections', name, 'timeout'] }
    intake.error('WW1024', at, { message: `"${timeout}" is not a duration` })
  }
  return hours === undefined ? USUAL_TIMEOUT_MS : Math.round(hours * MS_PER_HOUR)
}

/** The kind of store that a path names by itself; undefined for paths of the disk. */
export function storeKindOf(path: string): StoreConnection['type'] | undefined {
  const kind = URL_OF_STORE.exec(path)?.[1]
  return kind === 's3' || kind === 'sftp' ? kind : undefined
}

/** What the paths of a store's pipelines start from: `s3://bucket/folder`, `sftp://host/folder`, `sftp://host/~/folder`. */
export function storeFolder(entry: S3ConnectionEntry | SftpConnectionEntry): string {
  if (entry.type === 'sftp') {
    const { path = '' } = entry
    return `${sftpRoot(entry)}${path.startsWith('/') ? '' : '/~/'}${path.replace(/\/+$/, '')}`.replace(
      /\/$/,
      '',
    )
  }
  const parts = [entry.bucket, entry.path].filter((part) => part !== undefined)
  return `s3://${parts.map((part) => part.replace(/^\/+|\/+$/g, '')).join('/')}`
}

/** What URLs of a server's files begin with, before their path. */
export function sftpRoot({
  host,
  port,
}: {
  readonly host: string
  readonly port?: number | undefined
}): string {
  return `sftp://${host}${port === undefined || port === SSH_PORT ? '' : `:${port}`}`
}
