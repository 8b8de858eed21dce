import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WarehouseConnection } from '../../../src/dbt/adapter/warehouse-connection.ts'
import type { ManifestModel } from '../../../src/dbt/manifest/manifest-node.ts'
import { type ParsedPackages, parsePackages } from '../../../src/dbt/parse/parse-packages.ts'
import { renderTested } from '../../../src/dbt/unit-tests/render-tested.ts'
import { runUnitTest } from '../../../src/dbt/unit-tests/unit-test.ts'
import { duckDbDialect } from '../../../src/engines/duckdb/duckdb-dialect.ts'
import { DuckDbEngine } from '../../../src/engines/duckdb/duckdb-engine.ts'
import type { Session } from '../../../src/engines/engine.ts'
import { Diagnostics } from '../../../src/errors/diagnostics.ts'
import { loadProject } from '../../../src/project/load-project.ts'

const folder = fileURLToPath(new URL('project', import.meta.url))
const engine = new DuckDbEngine({ path: ':memory:' })
let session: Session
let parsed: ParsedPackages

beforeAll(async () => {
  const project = await loadProject(folder, { env: {} })
  const target = project.targets[project.defaultTarget]!
  const diagnostics = new Diagnostics()
  parsed = parsePackages(project, {
    settings: {
      projectName: project.name,
      targetName: project.defaultTarget,
      target,
      vars: project.packages[0]!.config.vars,
      cliVars: {},
      dialect: duckDbDialect,
      now: '2026-01-31T06:00:00Z',
      runId: 'run',
      env: {},
    },
    diagnostics,
    log: () => undefined,
  })
  expect(diagnostics.all().map(({ error }) => error.message)).toEqual([])
  session = await engine.connect()
  await session.execute("attach ':memory:' as ut")
  await session.execute('use ut')
  const src = parsed.manifest.nodes['model.ut.src']!
  await session.execute(`create table src as ${src.raw_code}`)
  await session.execute('create table inc as select *, 10 as cutoff, null as nothing from src')
})

afterAll(async () => {
  await session.close()
  await engine.close()
})

async function run(id: string) {
  const { manifest, renderer, lookup } = parsed
  const test = manifest.unit_tests[id]!
  const model = modelOf(test.depends_on.nodes[0]!)
  const connection = new WarehouseConnection(session, {
    type: 'duckdb',
    database: 'ut',
    publishesAtOnce: true,
  })
  const quiet = { log: () => undefined, warn: () => undefined }
  return runUnitTest(test, model, {
    connection,
    dialect: { ...duckDbDialect, type: 'duckdb' },
    lookUp: (reference) => lookup.find(reference, test.package_name)?.node,
    render: (tested, view) => renderTested(renderer, tested, view, { ...quiet, manifest, connection }),
    compileEphemeral: async ({ raw_code }) => raw_code,
  })
}

function modelOf(id: string): ManifestModel {
  const node = parsed.manifest.nodes[id]
  if (node?.resource_type !== 'model') throw new Error(`${id} is no model`)
  return node
}

/** Space between words is as good as any other: dbt's templates leave much of it behind. */
const words = (sql: string) => sql.split(/\s+/).filter(Boolean).join(' ')

it('has the tests of every version, and not those that are switched off', () => {
  expect(Object.keys(parsed.manifest.unit_tests).toSorted()).toEqual([
    'unit_test.ut.from_source.of_a_source',
    'unit_test.ut.inc.empty',
    'unit_test.ut.inc.incremental',
    'unit_test.ut.inc.types',
    'unit_test.ut.joined.wrong',
    'unit_test.ut.vv.both_versions_v1',
    'unit_test.ut.vv.both_versions_v2',
    'unit_test.ut.vv.only_new_v2',
  ])
})

it.each([
  ['inc.types', 'pass'],
  ['inc.incremental', 'pass'],
  ['inc.empty', 'pass'],
  ['joined.wrong', 'fail'],
  ['from_source.of_a_source', 'pass'],
  ['vv.both_versions_v1', 'pass'],
  ['vv.both_versions_v2', 'pass'],
  ['vv.only_new_v2', 'pass'],
])('%s compiles to what dbt makes of it, and ends as there: %s', async (name, status) => {
  const outcome = await run(`unit_test.ut.${name}`)
  const golden = new URL(`golden/dbt/${name.split('.')[1]}.sql`, import.meta.url)
  expect(words(outcome.compiled.code)).toBe(words(await readFile(golden, 'utf8')))
  expect(outcome.status).toBe(status)
})

it('shows how rows differ', async () => {
  const { message } = await run('unit_test.ut.joined.wrong')
  expect(message).toBe(`actual differs from expected:

@@   id  name  amount
→    1   x     4.00→3.00
---  9   q     3.00
+++  3   z     4.00
`)
})
