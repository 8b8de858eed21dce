import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { expandTables, type FoundTables, unexpanded } from '../../project/expand-tables.ts'
import type { Project } from '../../project/project.ts'
import { openDialect } from './open-dialect.ts'

const cached = z.array(z.strictObject({ schema: z.string(), name: z.string() }))

/**
 * The project with its patterns of tables replaced by tables, by what an earlier look at the sources found. Patterns
 * of sources that nothing has looked at stay.
 */
export function withKnownTables(project: Project, home: string): Project {
  const found = new Map<string, FoundTables>()
  for (const connection of connectionsOf(project)) {
    const tables = readCache(home, connection)
    if (tables !== undefined) found.set(connection, tables)
  }
  return found.size === 0 ? project : expandTables(project, found)
}

/**
 * Looks at the sources whose tables are named by patterns, and keeps what is found under .waterworks/. Where a source
 * cannot be reached, what an earlier look found is used, with a word; there being none is the source's error.
 */
export async function withTablesOfNow(
  project: Project,
  home: string,
  say: (message: string) => void,
): Promise<Project> {
  const found = new Map<string, FoundTables>()
  for (const name of connectionsOf(project)) {
    try {
      const tables = await lookAt(project, name)
      writeCache(home, name, tables)
      found.set(name, tables)
    } catch (error) {
      const earlier = readCache(home, name)
      if (!(error instanceof WaterworksError) || earlier === undefined) throw error
      say(`${error.message}: its tables are taken to be those found before.`)
      found.set(name, earlier)
    }
  }
  return found.size === 0 ? project : expandTables(project, found)
}

/** Throws WW4208 when tables of a pipeline are not known yet. */
export function requireTables(project: Project): void {
  const [pipeline] = unexpanded(project)
  if (pipeline === undefined) return
  throw new WaterworksError('WW4208', {
    message: `the tables of pipeline "${pipeline.name}" are named by patterns, and its source was never looked at`,
    location: project.locate(pipeline.origin),
  })
}

function connectionsOf(project: Project): ReadonlySet<string> {
  return new Set(unexpanded(project).flatMap(({ extract }) => extract.database?.connection ?? []))
}

async function lookAt(project: Project, name: string): Promise<FoundTables> {
  const connection = project.connections[name]
  if (connection === undefined) throw new WaterworksError('WW9001', { message: `no connection ${name}` })
  const dialect = await openDialect(connection)
  const client = await dialect.connect()
  try {
    return await dialect.listTables(client)
  } finally {
    await client.close()
  }
}

function cacheFile(home: string, connection: string): string {
  return join(home, 'discovery', `${encodeURIComponent(connection)}.json`)
}

function readCache(home: string, connection: string): FoundTables | undefined {
  const file = cacheFile(home, connection)
  if (!existsSync(file)) return undefined
  try {
    return cached.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data
  } catch {
    // Cut off while it was written: the next look writes it anew.
    return undefined
  }
}

function writeCache(home: string, connection: string, tables: FoundTables): void {
  const file = cacheFile(home, connection)
  mkdirSync(join(home, 'discovery'), { recursive: true })
  writeFileSync(`${file}.${process.pid}.tmp`, `${JSON.stringify(tables, null, 1)}\n`)
  renameSync(`${file}.${process.pid}.tmp`, file)
}
