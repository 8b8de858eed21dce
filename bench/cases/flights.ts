import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { duckDbDialect } from '../../src/engines/duckdb/duckdb-dialect.ts'
import { buildGraph } from '../../src/graph/build-graph.ts'
import type { Graph } from '../../src/graph/graph.ts'
import { loadProject } from '../../src/project/load-project.ts'
import { compileChecks } from '../../src/quality/compile-checks.ts'
import { type BenchCase, median } from '../measurement.ts'
import { BINARY, DATA_FOLDER, FLIGHTS_FILE, FLIGHTS_PROJECT, STRAIGHT } from '../places.ts'
import { runNode } from '../run-process.ts'
import { Scratch } from '../scratch.ts'

const RUNS = 3

/** The example from empty to published, against the same SQL, copies and checks run straight in DuckDB. */
export const flights: BenchCase = {
  name: 'flights end to end',
  async run() {
    using scratch = new Scratch()
    const now = new Date().toISOString()
    const project = await loadProject(FLIGHTS_PROJECT)
    const graph = buildGraph(project, { target: project.defaultTarget, dialect: duckDbDialect, now })
    scratch.write({ 'straight.json': JSON.stringify([...copies(), ...models(graph, now)]) })
    const warehouse = mkdtempSync(join(tmpdir(), 'waterworks-flights-'))
    try {
      const ours = () => {
        rmSync(join(FLIGHTS_PROJECT, '.waterworks'), { recursive: true, force: true })
        return runNode([BINARY, 'build', '--quiet', '--json'], FLIGHTS_PROJECT).seconds
      }
      const straight = () => {
        rmSync(join(warehouse, 'warehouse.duckdb'), { force: true })
        return runNode(
          [STRAIGHT, join(warehouse, 'warehouse.duckdb'), scratch.file('straight.json')],
          scratch.path,
        ).seconds
      }
      ours()
      straight()
      const value = median(Array.from({ length: RUNS }, () => ours() / straight()))
      const says = 'build / the same copies, models and checks in DuckDB, whole processes'
      return [{ name: 'flights end to end', says, value, unit: 'x', budget: 1.5, better: 'lower' }]
    } finally {
      rmSync(warehouse, { recursive: true, force: true })
    }
  },
}

/** What the pipelines do to the data, as a person would write it by hand. */
function copies(): readonly string[] {
  const stamps = "now() as _loaded_at, cast('01a1fc21-2aed-7099-af27-058254649cd6' as uuid) as _run_id"
  const csv = (file: string) => `read_csv('${DATA_FOLDER}/${file}')`
  return [
    'create schema raw',
    'create schema analytics',
    `create table raw.raw_vega_flights as select distinct *, ${stamps} from read_parquet('${FLIGHTS_FILE}')
where delay >= -120 and distance between 1 and 6000 and date is not null and origin is not null
and destination is not null and regexp_matches(origin, '^[A-Z]{3}$') and regexp_matches(destination, '^[A-Z]{3}$')`,
    'select count(*) filter (delay > 1440), count(*) filter (origin = destination), count(*) from raw.raw_vega_flights',
    `create table raw.raw_vega_airports as select * replace (nullif(city, 'NA') as city, nullif(state, 'NA') as state),
${stamps} from ${csv('airports.csv')}`,
    `create table raw.raw_vega_weather as select *, ${stamps} from ${csv('seattle-weather.csv')}`,
  ]
}

function models(graph: Graph, now: string): readonly string[] {
  const statements: string[] = []
  for (const node of graph.nodes.values()) {
    if (node.kind === 'model' && node.materialization !== 'ephemeral') {
      const name = duckDbDialect.relation(node.relation)
      statements.push(`create ${node.materialization} ${name} as ${node.compiledSql}`)
    }
  }
  const checks = [...graph.nodes.values()].flatMap((node) => (node.kind === 'check' ? [node] : []))
  const relation = (check: (typeof checks)[number]) =>
    check.relation ? duckDbDialect.relation(check.relation) : '(select 1)'
  for (const [from, nodes] of Map.groupBy(checks, relation)) {
    const { steps } = compileChecks(
      nodes.map((node) => node.check),
      { from, dialect: duckDbDialect, now },
    )
    statements.push(...steps.map(({ sql }) => sql))
  }
  return statements
}
