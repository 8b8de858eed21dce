import { join } from 'node:path'
import type { FileStorage } from '../../connectors/files/storage/file-storage.ts'
import { LocalStorage } from '../../connectors/files/storage/local-storage.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Pipeline } from '../../project/pipeline.ts'
import type { Project, S3Connection } from '../../project/project.ts'

const RETRIES = 5
const USUAL_TIMEOUT_MS = 60_000

/**
 * Where a pipeline's files are. Nothing is connected to before its first use. Throws WW4015 for a store that lacks something of
 * the environment.
 */
export async function openStorage(project: Project, { extract }: Pipeline): Promise<FileStorage> {
  const { store } = extract
  if (store === undefined) return new LocalStorage(project.root)
  const connection = store === null ? undefined : project.stores[store]
  if (connection !== undefined && connection.lacks.length > 0) {
    throw new WaterworksError('WW4015', {
      message: `connection ${connection.name}: ${connection.lacks.join('; ')}`,
    })
  }
  const { RemoteStorage } = await import('../../connectors/files/storage/remote-storage.ts')
  const folder = join(project.root, '.waterworks', 'fetched')
  if (connection?.type !== 'sftp') return new RemoteStorage(await openS3(connection), folder)
  const { openSftp } = await import('./open-sftp.ts')
  return new RemoteStorage(await openSftp(connection, project.root, RETRIES), folder)
}

async function openS3(connection: S3Connection | undefined) {
  const { S3Store } = await import('../../connectors/files/storage/s3-store.ts')
  const env = (name: string): string | undefined => process.env[name] || undefined
  const endpoint = connection?.endpoint ?? env('AWS_ENDPOINT_URL_S3') ?? env('AWS_ENDPOINT_URL')
  const own = connection?.accessKeyId !== undefined
  const accessKeyId = connection?.accessKeyId ?? env('AWS_ACCESS_KEY_ID')
  const secretAccessKey = connection?.secretAccessKey ?? env('AWS_SECRET_ACCESS_KEY')
  // A token belongs to the keys it was given out with.
  const sessionToken = connection?.sessionToken ?? (own ? undefined : env('AWS_SESSION_TOKEN'))
  const isSigned = !(connection?.anonymous ?? false)
  if (isSigned && (accessKeyId === undefined || secretAccessKey === undefined)) {
    throw new WaterworksError('WW4015', {
      message: `${connection === undefined ? 's3' : `connection ${connection.name}`}: there are no credentials`,
      hint: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the connection access_key_id and secret_access_key, or anonymous: true.',
    })
  }
  return new S3Store({
    endpoint,
    region: connection?.region ?? env('AWS_REGION') ?? env('AWS_DEFAULT_REGION') ?? 'us-east-1',
    credentials:
      isSigned && accessKeyId !== undefined && secretAccessKey !== undefined
        ? { accessKeyId, secretAccessKey, sessionToken }
        : undefined,
    addressing:
      connection?.endpoint === undefined && endpoint !== undefined
        ? 'path'
        : (connection?.addressing ?? 'host'),
    timeoutMs: connection?.timeoutMs ?? USUAL_TIMEOUT_MS,
    retries: RETRIES,
  })
}
