import { parseHours } from '../duration.ts'
import type { Intake } from '../intake.ts'
import type { StoreConnection } from '../project.ts'
import type { ConnectionEntry, S3ConnectionEntry } from '../schema/connection-entry.ts'
import type { WaterworksFile } from '../schema/waterworks-file.ts'
import { WATERWORKS_FILE } from './waterworks.ts'

const MS_PER_HOUR = 3_600_000
const USUAL_TIMEOUT_MS = 60_000
const URL_OF_STORE = /^(s3):\/\//

/** The places of files of waterworks.yml, with their defaults filled in. */
export function readStores(
  connections: WaterworksFile['connections'],
  lacking: ReadonlyMap<string, readonly string[]>,
  intake: Intake,
): Record<string, StoreConnection> {
  const read: Record<string, StoreConnection> = {}
  for (const [name, entry] of Object.entries(connections ?? {})) {
    if (entry.type === 's3') read[name] = readS3(name, entry, lacking.get(name) ?? [], intake)
  }
  return read
}

function readS3(
  name: string,
  entry: S3ConnectionEntry,
  lacks: readonly string[],
  intake: Intake,
): StoreConnection {
  const { endpoint, timeout } = entry
  const at = (key: string) => ({ file: WATERWORKS_FILE, path: ['connections', name, key] })
  if (endpoint !== undefined && !(/^https?:\/\//.test(endpoint) && URL.canParse(endpoint))) {
    intake.error('WW1006', at('endpoint'), {
      message: `the endpoint of connection "${name}" is no URL`,
      hint: 'Write it as https://host:port.',
    })
  }
  const hours = timeout === undefined ? undefined : parseHours(timeout)
  if (timeout !== undefined && hours === undefined) {
    intake.error('WW1024', at('timeout'), { message: `"${timeout}" is not a duration` })
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
    timeoutMs: hours === undefined ? USUAL_TIMEOUT_MS : Math.round(hours * MS_PER_HOUR),
    lacks,
  }
}

/** The kind of store that a path names by itself; undefined for paths of the disk. */
export function storeKindOf(path: string): StoreConnection['type'] | undefined {
  return URL_OF_STORE.test(path) ? 's3' : undefined
}

/** What the paths of a store's pipelines start from: `s3://bucket/folder`. */
export function storeFolder(entry: Extract<ConnectionEntry, { type: 's3' }>): string {
  const parts = [entry.bucket, entry.path].filter((part) => part !== undefined)
  return `s3://${parts.map((part) => part.replace(/^\/+|\/+$/g, '')).join('/')}`
}
