/**
 * Which room may import which: the house's plan, as a table. `node scripts/import-rules.ts` writes it into
 * biome.json as `noRestrictedImports` overrides; with `--check` it fails when biome.json does not say the same.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Rooms under src/, innermost first. A slash names a room's implementation folder: outsiders see its interface only. */
const rooms = [
  'errors',
  'ledger',
  'batch',
  'sql',
  'jinja',
  'fail-point',
  'naming',
  'anomalies',
  'postgres-protocol',
  'engines',
  'engines/duckdb',
  'engines/postgres',
  'formats',
  'diff',
  'quality',
  'contracts',
  'expectations',
  'transform',
  'api-manifest',
  'singer-catalog',
  'project',
  'packages',
  'drift',
  'dbt',
  'dbt/python',
  'graph',
  'plan',
  'events',
  'state',
  'state/sqlite',
  'state/postgres',
  'connectors',
  'connectors/files',
  'connectors/tables',
  'connectors/postgres',
  'connectors/mysql',
  'connectors/http',
  'connectors/records',
  'connectors/airbyte',
  'connectors/singer',
  'landing',
  'privacy',
  'owner',
  'run',
  'init',
  'cli',
  'api',
] as const

type Room = (typeof rooms)[number]

/** What each room may import beside itself and Node; `cli` and `api` may import anything. */
const allowed: Readonly<Record<Exclude<Room, 'cli' | 'api'>, readonly Room[]>> = {
  errors: [],
  ledger: [],
  batch: ['errors'],
  sql: ['errors'],
  jinja: ['errors'],
  'fail-point': [],
  naming: [],
  anomalies: [],
  'postgres-protocol': ['batch', 'errors'],
  engines: ['batch', 'errors', 'sql'],
  'engines/duckdb': ['batch', 'engines', 'errors', 'sql'],
  'engines/postgres': ['batch', 'engines', 'errors', 'postgres-protocol', 'sql'],
  // DuckDB is also the platform's reader of files, so these two write its SQL.
  formats: ['batch', 'engines', 'engines/duckdb', 'errors', 'sql'],
  landing: ['batch', 'connectors', 'engines', 'engines/duckdb', 'errors', 'fail-point', 'formats'],
  diff: ['batch', 'engines', 'engines/duckdb', 'errors'],
  quality: ['batch', 'engines', 'errors', 'sql'],
  contracts: ['batch', 'engines', 'errors', 'quality', 'sql'],
  // Suites of Great Expectations, compiled to our metrics.
  expectations: ['batch', 'engines', 'errors', 'quality'],
  transform: ['batch', 'engines', 'errors'],
  'api-manifest': ['errors'],
  'singer-catalog': ['api-manifest', 'errors'],
  project: [
    'batch',
    'diff',
    'contracts',
    'engines',
    'errors',
    'jinja',
    'api-manifest',
    'naming',
    'quality',
    'singer-catalog',
    'transform',
  ],
  packages: ['errors', 'jinja', 'project'],
  drift: ['batch', 'errors', 'project', 'transform'],
  dbt: ['dbt/python', 'engines', 'errors', 'jinja', 'project', 'quality', 'sql'],
  // Python's modules as templates have them; they stand on Jinja alone.
  'dbt/python': ['errors', 'jinja'],
  graph: ['contracts', 'dbt', 'engines', 'errors', 'naming', 'project', 'quality', 'sql', 'transform'],
  plan: ['drift', 'graph', 'errors'],
  events: ['drift', 'errors', 'ledger', 'quality'],
  state: ['errors', 'events', 'ledger', 'quality', 'state/sqlite', 'state/postgres'],
  'state/sqlite': ['errors', 'events', 'ledger', 'quality', 'state'],
  'state/postgres': ['errors', 'events', 'ledger', 'quality', 'state'],
  connectors: ['batch', 'engines', 'errors', 'formats'],
  'connectors/files': ['batch', 'connectors', 'engines', 'errors', 'formats', 'project'],
  'connectors/tables': ['batch', 'connectors', 'errors', 'project'],
  'connectors/postgres': ['batch', 'connectors/tables', 'errors', 'postgres-protocol', 'project'],
  'connectors/mysql': ['batch', 'connectors/tables', 'errors', 'project'],
  'connectors/http': ['errors'],
  // Records of JSON on their way to batches.
  'connectors/records': ['api-manifest', 'batch', 'connectors', 'errors', 'formats'],
  // Templates of manifests compute with Python's times.
  'connectors/airbyte': [
    'batch',
    'connectors',
    'connectors/http',
    'connectors/records',
    'dbt/python',
    'errors',
    'formats',
    'jinja',
    'api-manifest',
  ],
  'connectors/singer': [
    'api-manifest',
    'batch',
    'connectors',
    'connectors/records',
    'errors',
    'singer-catalog',
  ],
  privacy: ['batch', 'connectors', 'engines', 'errors', 'formats', 'project', 'transform'],
  owner: ['batch', 'engines', 'errors'],
  run: [
    'batch',
    'connectors',
    'dbt',
    'dbt/python',
    'drift',
    'engines',
    'errors',
    'events',
    'expectations',
    'fail-point',
    'formats',
    'graph',
    'landing',
    'ledger',
    'naming',
    'plan',
    'project',
    'quality',
    'sql',
    'state',
    'transform',
  ],
  // Reads files as loading would, in an embedded DuckDB.
  init: [
    'batch',
    'connectors',
    'connectors/files',
    'connectors/tables',
    'engines',
    'engines/duckdb',
    'errors',
    'formats',
    'landing',
    'privacy',
    'project',
  ],
}

/** Packages with effects, that the pure rooms must not touch. */
const effects = [
  '@duckdb/**',
  'pg',
  'pg-*',
  'mysql2',
  'kysely',
  'node:fs',
  'node:fs/**',
  'node:net',
  'node:child_process',
  'node:http',
]
const pure: readonly Room[] = [
  'errors',
  'ledger',
  'batch',
  'sql',
  'jinja',
  'api-manifest',
  'singer-catalog',
  'quality',
  'contracts',
  'expectations',
  'transform',
  'drift',
  'dbt',
  'graph',
  'plan',
]

/** How a file, however deep in its room, may spell the way to another room. */
function waysTo(room: Room): readonly string[] {
  return [`../${room}/**`, `../../${room}/**`, `../../../${room}/**`]
}

/** From one implementation folder to its neighbour under the same interface the way is shorter. */
function besides(room: Room, other: Room): readonly string[] {
  const [parent, leaf] = other.split('/')
  return room.startsWith(`${parent}/`) ? [`../${leaf}/**`, `../../${leaf}/**`] : []
}

function overrideOf(room: Exclude<Room, 'cli' | 'api'>) {
  const own = new Set<Room>([room, ...allowed[room]])
  const closed = rooms.filter((other) => !own.has(other) && !room.startsWith(`${other}/`))
  const group = closed.flatMap(waysTo)
  // An implementation folder opened on its own stays open although the folder around it is not.
  const reopened = [...own].flatMap(waysTo).map((way) => `!${way}`)
  const shut = closed
    .filter((other) => other.includes('/'))
    .flatMap((other) => [...waysTo(other), ...besides(room, other)])
  const patterns = [
    {
      group: [...group, ...reopened, ...shut],
      message: `src/${room} may import: ${allowed[room].join(', ') || 'nothing'}.`,
    },
    ...(pure.includes(room) ? [{ group: effects, message: `src/${room} has no effects.` }] : []),
  ]
  const nested = rooms.filter((other) => other.startsWith(`${room}/`)).map((other) => `!src/${other}/**`)
  return {
    includes: [`src/${room}/**`, ...nested],
    linter: { rules: { style: { noRestrictedImports: { level: 'error', options: { patterns } } } } },
  }
}

const path = new URL('../biome.json', import.meta.url)
const config = JSON.parse(readFileSync(path, 'utf8'))
const names = rooms.filter((room) => room !== 'cli' && room !== 'api')
const before = JSON.stringify(config.overrides)
config.overrides = names.map(overrideOf)
if (process.argv.includes('--check')) {
  if (before !== JSON.stringify(config.overrides)) {
    console.error(
      'biome.json does not say what scripts/import-rules.ts says: run `node scripts/import-rules.ts`',
    )
    process.exit(1)
  }
} else {
  writeFileSync(path, `${JSON.stringify(config, undefined, 2)}\n`)
  const root = fileURLToPath(new URL('..', import.meta.url))
  const format = spawnSync('npx', ['biome', 'format', '--write', 'biome.json'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (format.status !== 0) throw new Error(`biome.json was not formatted:\n${format.stderr}`)
}
