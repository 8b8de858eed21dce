import { join, relative, resolve } from 'node:path'
import type { CredentialStore } from '../../connectors/airbyte/credentials/credential-store.ts'
import type { Connector } from '../../connectors/connector.ts'
import { FilesConnector } from '../../connectors/files/files-connector.ts'
import type { TableStream } from '../../connectors/tables/table-stream.ts'
import type { Executor } from '../../engines/engine.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { KeyRing } from '../../privacy/key-ring.ts'
import { protectConnector } from '../../privacy/protect-connector.ts'
import { type TokenStore, TokenVault } from '../../privacy/token-vault.ts'
import { acts } from '../../project/personal-data.ts'
import {
  type ApiExtract,
  type DatabaseExtract,
  type Pipeline,
  personalOf,
  type TableSource,
  type TapExtract,
} from '../../project/pipeline.ts'
import type { Project } from '../../project/project.ts'
import { openDialect } from './open-dialect.ts'
import type { OpenManifest } from './open-manifest.ts'
import { openStorage } from './open-storage.ts'
import { TapLog } from './tap-log.ts'

export interface ConnectorOptions {
  /** A session of an embedded DuckDB, for looking into files. */
  readonly look: () => Promise<Executor>
  /** Where tokens of personal data are kept. */
  readonly tokens: () => Promise<TokenStore>
  /** Where credentials are kept that a server changes; without it they cannot be used. */
  readonly credentials?: () => Promise<CredentialStore>
  /** Gets every secret that the connector learns. */
  readonly onSecret?: (secret: string) => void
  /** About how many records an arrival of an API has. */
  readonly chunkRows?: number | undefined
}

/**
 * The connector that a pipeline reads by, whose data is treated as the project declares it; nothing is connected to
 * before its first use.
 */
export async function openConnector(
  project: Project,
  pipeline: Pipeline,
  options: ConnectorOptions,
): Promise<Connector> {
  return protectConnector(await openSource(project, pipeline, options), {
    declared: (stream) => personalOf(pipeline.extract, stream),
    mode: project.privacy.mode,
    keys: new KeyRing(project.privacy.keys),
    vault: new TokenVault(options.tokens),
    executor: options.look,
  })
}

async function openSource(
  project: Project,
  pipeline: Pipeline,
  { look, credentials, onSecret = () => undefined, chunkRows }: ConnectorOptions,
): Promise<Connector> {
  const { database, files, api, tap } = pipeline.extract
  if (api !== undefined)
    return openApi(project, pipeline, api, {
      credentials: credentials && whenNeeded(credentials),
      onSecret,
      chunkRows,
    })
  if (tap !== undefined) return openTap(project, pipeline, tap, chunkRows)
  if (database === undefined) {
    const storage = await openStorage(project, pipeline)
    return new FilesConnector({ root: project.root, files, storage, executor: look })
  }
  const connection = project.connections[database.connection]
  if (connection === undefined) {
    throw new WaterworksError('WW9001', { message: `the connection ${database.connection} was not read` })
  }
  const { TablesConnector } = await import('../../connectors/tables/tables-connector.ts')
  const streams = database.tables.map((table) => streamOf(pipeline, database, table))
  return new TablesConnector(await openDialect(connection), { streams, chunkRows: database.chunkRows })
}

function streamOf({ extract, load }: Pipeline, database: DatabaseExtract, table: TableSource): TableStream {
  const { schema, name, columns } = table
  const key = table.incrementalKey ?? extract.incrementalKey
  const keys = table.mergeKeys ?? load.mergeKeys
  return {
    stream: table.table,
    schema,
    name,
    columns: { ...database.columns, ...columns },
    incremental:
      extract.strategy === 'full' || key === undefined
        ? undefined
        : {
            key,
            lag: database.lag,
            identified:
              (load.strategy === 'merge' && load.matched !== 'delete-insert') ||
              load.strategy === 'soft-delete' ||
              (load.strategy === 'append' && keys.length > 0),
            onNullKey: database.onNullKey,
          },
  }
}

async function openApi(
  project: Project,
  { extract, load }: Pipeline,
  { manifest: file, document, config, streams, written }: ApiExtract,
  options: Pick<OpenManifest, 'credentials' | 'chunkRows' | 'onSecret'>,
): Promise<Connector> {
  const { openManifest } = await import('./open-manifest.ts')
  return openManifest({
    file: resolve(project.root, file),
    shown: file,
    document,
    written,
    config,
    streams: streams.map(({ table, name }) => ({ stream: table, name })),
    appends: extract.strategy === 'incremental' && load.strategy === 'append',
    spoolFolder: join(project.root, '.waterworks', 'answers'),
    ...options,
  })
}

function whenNeeded(open: () => Promise<CredentialStore>): CredentialStore {
  return {
    credential: async (name) => (await open()).credential(name),
    keepCredential: async (name, sealed) => (await open()).keepCredential(name, sealed),
  }
}

async function openTap(
  project: Project,
  pipeline: Pipeline,
  tap: TapExtract,
  chunkRows: number | undefined,
): Promise<Connector> {
  const { SingerConnector } = await import('../../connectors/singer/singer-connector.ts')
  const { extract, load } = pipeline
  const isIncremental = extract.strategy === 'incremental'
  const home = join(project.root, '.waterworks')
  const isTreated =
    project.privacy.mode === 'enforce' ||
    tap.streams.some(({ table }) => personalOf(extract, table).some(acts))
  const isWithheld = (tap.log ?? (isTreated ? 'withhold' : 'keep')) === 'withhold'
  const log = new TapLog(join(home, 'logs', 'taps', `${pipeline.name}.log`), project.secrets, isWithheld)
  return new SingerConnector({
    command: tap.command,
    cwd: project.root,
    config: tap.config,
    catalog: tap.catalog,
    streams: tap.streams.map(({ table, name, replicationKey, properties }) => {
      return { stream: table, name, replicationKey, properties, isIncremental }
    }),
    folder: join(home, 'taps'),
    silenceMs: tap.silenceSeconds * 1000,
    onLog: (line) => log.add(line),
    logName: relative(project.root, log.path),
    appends: isIncremental && load.strategy === 'append',
    chunkRows,
  })
}
