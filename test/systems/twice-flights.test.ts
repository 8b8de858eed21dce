import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import { WaterworksProcess } from '../support/scratch/waterworks-process.ts'

const repository = fileURLToPath(new URL('../..', import.meta.url))

it('the flights example built twice has the same three million rows', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'waterworks-flights-'))
  const root = join(folder, 'examples/flights')
  await mkdir(join(folder, 'examples'))
  await cp(join(repository, 'examples/flights'), root, {
    recursive: true,
    filter: (path) => !path.endsWith('.waterworks'),
  })
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'))
  try {
    const first = await build(root)
    expect(first).toMatchObject({ 'pipeline.flights.vega_flights': { extracted: 3_000_000 } })
    const before = await hashes(root)
    const second = await build(root)
    for (const ledger of Object.values(second)) expect(ledger).toMatchObject({ extracted: 0, inserted: 0 })
    expect(await hashes(root)).toEqual(before)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

/** Builds; the ledgers of the pipelines. Throws unless all succeeded. */
async function build(root: string): Promise<Readonly<Record<string, unknown>>> {
  const { exitCode, stdout, stderr } = await new WaterworksProcess(['build', '--json', '--project-dir', root])
    .ended
  if (exitCode !== 0) throw new Error(`${stdout}\n${stderr}`)
  const report = JSON.parse(stdout) as { nodes: { unique_id: string; ledger?: unknown }[] }
  return Object.fromEntries(
    report.nodes.flatMap(({ unique_id, ledger }) => (ledger ? [[unique_id, ledger]] : [])),
  )
}

/** How many rows each table and view has and a hash over them that their order does not touch, by name. */
async function hashes(root: string): Promise<Readonly<Record<string, unknown>>> {
  const engine = new DuckDbEngine({ path: join(root, '.waterworks/warehouse.duckdb') })
  try {
    const session = await engine.connect()
    const relations = await session.rows(
      'select table_schema as s, table_name as t from information_schema.tables',
    )
    const found: Record<string, unknown> = {}
    for (const { s, t } of relations) {
      found[`${s}.${t}`] = await session.rows(
        `select count(*) as n, bit_xor(hash(x)) as odd, sum(hash(x)) as sum from ${s}.${t} as x`,
      )
    }
    await session.close()
    return found
  } finally {
    await engine.close()
  }
}
