import { accessSync, constants, existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { errorCatalogue } from '../../errors/catalogue.ts'
import { ProjectErrors } from '../../errors/project-errors.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { OwnerClient } from '../../owner/owner-client.ts'
import { readRows } from '../../owner/reader.ts'
import { socketPath } from '../../owner/socket-path.ts'
import type { Connection, Target } from '../../project/project.ts'
import type { Command, Invocation } from '../command.ts'
import { openDialect } from '../compose/open-dialect.ts'
import { withReader } from '../compose/open-reader.ts'
import { openState } from '../compose/open-state.ts'
import { compileOpened, type OpenProject, openProject } from '../compose/workspace.ts'
import { renderTable } from '../render-table.ts'
import { sayAmount, sayBytes } from '../say-number.ts'

export const debug: Command = {
  name: 'debug',
  summary: 'Test the project, its connections and its state',
  description: `Looks at everything a build needs, one line each: Node, the project, each target and connection, recorded state, the
landing folder, the owner's socket, free disk space. What failed comes with its remedy, and the exit code is 1.`,
  options: [],
  examples: [
    { line: 'waterworks debug', says: 'Everything.' },
    { line: `waterworks debug --json | jq '.probes[] | select(.ok | not)'`, says: 'Only what failed.' },
  ],
  run,
}

interface Probe {
  readonly name: string
  readonly ok: boolean
  /** What was found. */
  readonly says: string
  readonly remedy?: string | undefined
}

async function run(invocation: Invocation): Promise<number> {
  const { output } = invocation
  const probes: Probe[] = [nodeProbe()]
  const [project, opened] = await projectProbe(invocation)
  probes.push(project)
  if (opened !== undefined) {
    for (const [name, target] of Object.entries(opened.project.targets)) {
      probes.push(await targetProbe({ ...opened, targetName: name, target }))
    }
    for (const connection of Object.values(opened.project.connections)) {
      probes.push(await connectionProbe(connection))
    }
    probes.push(await stateProbe(opened), landingProbe(opened), await ownerProbe(opened), diskProbe(opened))
  }
  const { paint } = output
  const rows = probes.map(({ name, ok, says }) => [name, ok ? 'ok' : 'failed', says])
  const lines = renderTable([{ title: 'probe' }, { title: 'result' }, { title: '' }], rows, {
    heading: paint.faint,
  })
  for (const [index, { ok, remedy }] of probes.entries()) {
    if (index === 0) output.print(lines[0]!)
    const line = lines[index + 1]!
    output.print(ok ? line : paint.error(line))
    if (!ok && remedy !== undefined) output.print(`  ${remedy}`)
  }
  const failed = probes.some((probe) => !probe.ok)
  output.json({ status: failed ? 'failed' : 'ok', probes })
  return failed ? 1 : 0
}

function nodeProbe(): Probe {
  const ok = Number(process.versions.node.split('.')[0]) >= 24
  return { name: 'node', ok, says: process.version, remedy: ok ? undefined : 'Install Node 24 or newer.' }
}

async function projectProbe(invocation: Invocation): Promise<readonly [Probe, OpenProject | undefined]> {
  let opened: OpenProject | undefined
  try {
    opened = await lookIfPossible(invocation)
    const { graph } = compileOpened(opened, invocation)
    const says = `${opened.project.name} in ${opened.project.root}, ${sayAmount(graph.nodes.size, 'node')}`
    return [{ name: 'project', ok: true, says }, opened]
  } catch (error) {
    if (error instanceof ProjectErrors) {
      const remedy = 'Run `waterworks check` to see them.'
      return [{ name: 'project', ok: false, says: error.message, remedy }, opened]
    }
    return [failure('project', error), opened]
  }
}

/** Sources that cannot be reached show in probes of their own. */
async function lookIfPossible(invocation: Invocation): Promise<OpenProject> {
  try {
    return await openProject(invocation, { allTargets: true, look: true })
  } catch (error) {
    if (!(error instanceof WaterworksError) || !error.code.startsWith('WW42')) throw error
    return openProject(invocation, { allTargets: true })
  }
}

async function targetProbe(place: OpenProject): Promise<Probe> {
  const { target, project, targetName } = place
  const name = `target ${targetName}`
  if (
    target.type === 'duckdb' &&
    (target.path === ':memory:' || !existsSync(resolve(project.root, target.path)))
  ) {
    return { name, ok: true, says: `${describe(target)}, nothing built yet` }
  }
  try {
    const version = await withReader(place, async (reader) => {
      const [row] = await readRows(reader, 'select version() as version')
      return String(row?.['version'] ?? '').split(',')[0]
    })
    return { name, ok: true, says: `${describe(target)}, ${version}` }
  } catch (error) {
    return failure(name, error, describe(target))
  }
}

async function connectionProbe(connection: Connection): Promise<Probe> {
  const { type, name, user, host, port, database, maxConnections } = connection
  const place = `${type === 'mysql' ? 'MySQL' : 'Postgres'} ${user}@${host}:${port}/${database}`
  try {
    const dialect = await openDialect(connection)
    const client = await dialect.connect()
    try {
      const { product, version, freeConnections: free } = await dialect.facts(client)
      const tables = await dialect.listTables(client)
      const says = `${place}, ${product} ${version}, ${sayAmount(tables.length, 'table')} to read`
      if (tables.length === 0) {
        const remedy = `Grant the role ${user} USAGE on schemas and SELECT on tables.`
        return { name: `connection ${name}`, ok: false, says, remedy }
      }
      if (free < maxConnections) {
        const remedy = 'Lower max_connections of the connection, or raise it on the server.'
        return { name: `connection ${name}`, ok: false, says: `${says}, ${free} connections left`, remedy }
      }
      return { name: `connection ${name}`, ok: true, says }
    } finally {
      await client.close()
    }
  } catch (error) {
    return failure(`connection ${name}`, error, place)
  }
}

/** Without the password. */
function describe(target: Target): string {
  if (target.type === 'duckdb') return `DuckDB ${target.path}`
  return `Postgres ${target.user}@${target.host}:${target.port}/${target.database}`
}

async function stateProbe(place: OpenProject): Promise<Probe> {
  const path = join(place.home, 'state.db')
  const shown = relative(place.project.root, path)
  if (!existsSync(path)) return { name: 'state', ok: true, says: `${shown} will be made by the first run` }
  try {
    const state = await openState(place)
    try {
      const [last] = await state.runs({ limit: 1, tasks: false })
      return { name: 'state', ok: true, says: `${shown}, last run ${last?.startedAt ?? 'none'}` }
    } finally {
      await state.close()
    }
  } catch (error) {
    return failure('state', error)
  }
}

function landingProbe({ home, project }: OpenProject): Probe {
  const folder = join(home, 'landing')
  const shown = relative(project.root, folder)
  try {
    if (!existsSync(folder)) {
      accessSync(existsSync(home) ? home : project.root, constants.W_OK)
      return { name: 'landing', ok: true, says: `${shown} will be made by the first load` }
    }
    const probe = join(folder, `probe-${process.pid}.tmp`)
    mkdirSync(folder, { recursive: true })
    writeFileSync(probe, '')
    rmSync(probe)
    return { name: 'landing', ok: true, says: `${shown} can be written` }
  } catch (error) {
    const says = `${shown} cannot be written: ${error instanceof Error ? error.message : String(error)}`
    return { name: 'landing', ok: false, says, remedy: 'Give this user the right to write to the folder.' }
  }
}

async function ownerProbe({ project }: OpenProject): Promise<Probe> {
  const path = socketPath(project.root)
  const client = await OwnerClient.connect(path)
  if (client === undefined) {
    return { name: 'owner', ok: true, says: 'no process owns the warehouse file now' }
  }
  try {
    await readRows(client, 'select 1 as one')
    return { name: 'owner', ok: true, says: 'a process owns the warehouse file and answers' }
  } catch (error) {
    return failure('owner', error)
  } finally {
    await client.close()
  }
}

/** Under this, a build of any size is likely to fail midway. */
const LITTLE_SPACE = 1_000_000_000

function diskProbe({ project }: OpenProject): Probe {
  const { bavail, bsize } = statfsSync(project.root)
  const free = bavail * bsize
  const ok = free >= LITTLE_SPACE
  return {
    name: 'disk',
    ok,
    says: `${sayBytes(free)} free`,
    remedy: ok ? undefined : 'Make room: landing, evidence and the warehouse are written under the project.',
  }
}

function failure(name: string, error: unknown, about = ''): Probe {
  const lead = about === '' ? '' : `${about}: `
  if (error instanceof WaterworksError) {
    const remedy = error.hint ?? errorCatalogue[error.code].remedy
    return { name, ok: false, says: `${lead}${error.code} ${error.message}`, remedy }
  }
  return { name, ok: false, says: `${lead}${error instanceof Error ? error.message : String(error)}` }
}
