import { existsSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Engine } from '../../engines/engine.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { OwnerClient } from '../../owner/owner-client.ts'
import { type Reader, readRows } from '../../owner/reader.ts'
import { SessionReader } from '../../owner/session-reader.ts'
import { socketPath } from '../../owner/socket-path.ts'
import { duckDbOptions } from './open-engine.ts'
import { withPatience } from './patience.ts'
import type { OpenProject } from './workspace.ts'

/**
 * Read access to the target, also while another process builds it: through the owner of a DuckDB file, or the file
 * itself, read-only, when nobody owns it; to Postgres directly. Throws WW7004 when there is no warehouse yet,
 * WW3003 when its owner does not answer for some seconds, WW3002 when the server cannot be reached.
 */
export async function openReader(place: OpenProject): Promise<Reader> {
  const { target, project } = place
  if (target.type === 'postgres') {
    const { PostgresEngine } = await import('../../engines/postgres/postgres-engine.ts')
    return readerOf(new PostgresEngine({ ...target, readOnly: true }))
  }
  if (target.path === ':memory:') {
    throw new WaterworksError('WW7004', {
      message: `target ${place.targetName} is in memory, so nothing of it is left to read`,
      hint: 'Give the target a path in waterworks.yml.',
    })
  }
  const file = resolve(project.root, target.path)
  return withPatience(async () => {
    const owner = await ownerOf(file, project.root)
    if (owner !== undefined) return owner
    if (!existsSync(file)) throw nothingBuilt(place)
    const { DuckDbEngine } = await import('../../engines/duckdb/duckdb-engine.ts')
    return readerOf(new DuckDbEngine({ ...duckDbOptions(target, project.root), readOnly: true }))
  })
}

/** Runs `work` with a reader, and closes it: a DuckDB file is not kept from a build longer than need be. */
export async function withReader<T>(place: OpenProject, work: (reader: Reader) => Promise<T>): Promise<T> {
  const reader = await openReader(place)
  try {
    return await work(reader)
  } finally {
    await reader.close()
  }
}

function nothingBuilt({ targetName }: OpenProject): WaterworksError {
  return new WaterworksError('WW7004', { message: `nothing has been built on target ${targetName} yet` })
}

/** A project may have several DuckDB targets: who listens must own this one's file. */
async function ownerOf(file: string, root: string): Promise<OwnerClient | undefined> {
  const client = await OwnerClient.connect(socketPath(root))
  if (client === undefined) return undefined
  try {
    const [row] = await readRows(
      client,
      'select path from duckdb_databases() where database_name = current_database()',
    )
    if (typeof row?.['path'] === 'string' && sameFile(row['path'], file)) return client
  } catch (error) {
    // An owner that ends while it is asked leaves the file free, or to the next one.
    if (!(error instanceof WaterworksError) || error.code !== 'WW6013') throw error
  }
  await client.close()
  return undefined
}

function sameFile(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b)
  } catch {
    return resolve(a) === resolve(b)
  }
}

async function readerOf(engine: Engine): Promise<Reader> {
  try {
    const reader = await SessionReader.open(engine)
    return {
      query: (sql, params) => reader.query(sql, params),
      fields: (sql) => reader.fields(sql),
      interrupt: () => reader.interrupt(),
      async close() {
        await reader.close()
        await engine.close()
      },
    }
  } catch (error) {
    await engine.close().catch(() => undefined)
    throw error
  }
}
