import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Manifest } from '../../../src/dbt/manifest/manifest.ts'
import { parsePackages } from '../../../src/dbt/parse/parse-packages.ts'
import { duckDbDialect } from '../../../src/engines/duckdb/duckdb-dialect.ts'
import { Diagnostics } from '../../../src/errors/diagnostics.ts'
import { loadProject } from '../../../src/project/load-project.ts'
import fixtures from './fixtures.json' with { type: 'json' }
import golden from './golden.json' with { type: 'json' }

interface Parsed {
  readonly manifest: Manifest
  readonly diagnostics: Diagnostics
}

/** What parsing the project in a folder gives. */
async function parsed(folder: string): Promise<Parsed> {
  const project = await loadProject(folder, { env: {} })
  const [root, ...others] = project.packages
  const diagnostics = new Diagnostics()
  const { manifest } = parsePackages(project, {
    diagnostics,
    log: () => {},
    settings: {
      projectName: project.name,
      targetName: 'dev',
      target: project.targets['dev']!,
      vars: root!.config.vars,
      packageVars: Object.fromEntries(others.map(({ name, config }) => [name, config.vars])),
      cliVars: {},
      dialect: duckDbDialect,
      quoting: root!.config.quoting,
      now: '2026-11-21T06:00:00Z',
      runId: 'run-1',
      env: {},
    },
  })
  return { manifest, diagnostics }
}

/** A project of test/dbt-projects, which have no profiles of their own. */
async function fixture(name: string): Promise<Parsed> {
  const root = mkdtempSync(join(tmpdir(), 'waterworks-parse-'))
  try {
    cpSync(join(import.meta.dirname, '../../dbt-projects', name), root, { recursive: true })
    writeFileSync(join(root, 'profiles.yml'), PROFILES)
    return await parsed(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

const PROFILES = `fixture:
  target: dev
  outputs:
    dev: {type: duckdb, path: warehouse.duckdb, schema: analytics, threads: 1}
`

const UNORDERED: ReadonlySet<string> = new Set(['tags', 'refs', 'sources', 'nodes', 'macros', 'metrics'])

/** As real-dbt.py does: without what is empty, and without an order where none is meant. */
function tidy(value: unknown, key?: string): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => tidy(item))
    return key !== undefined && UNORDERED.has(key)
      ? [...new Set(items.map((item) => pythonJson(item)))].sort()
      : items
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, item]) => [name, tidy(item, name)] as const)
  return Object.fromEntries(entries.filter(([, item]) => !isEmpty(item)))
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([name, item]) => `${JSON.stringify(name)}: ${pythonJson(item)}`).join(', ')}}`
}

type Golden = Readonly<Record<string, unknown>>

/** What real dbt makes of a project with nearly everything, and of some that show one feature each (real-dbt.py). */
const projects: readonly (readonly [name: string, golden: Golden, parsed: () => Promise<Parsed>])[] = [
  ['a project', golden, () => parsed(join(import.meta.dirname, 'project'))],
  ...Object.entries(fixtures).map(([name, expected]) => [name, expected, () => fixture(name)] as const),
]

describe.each(projects)('%s', (_name, expected, parse) => {
  let ours: Parsed
  beforeAll(async () => {
    ours = await parse()
  })

  it('has no problems', () => {
    const errors = ours.diagnostics.all().filter(({ severity }) => severity === 'error')
    expect(errors.map(({ error }) => `${error.code} ${error.message}`)).toEqual([])
  })

  it.each(Object.keys(expected).filter((name) => name !== 'disabled' && name !== 'group_map'))(
    'has the %s of dbt',
    (section) => {
      // As JSON: what artifacts and people see, where 1.0 is a number.
      const found = asRecord(JSON.parse(JSON.stringify(Reflect.get(ours.manifest, section))))
      const own = Object.keys(found).filter(
        (id) => !/^(?:macro|doc)\.(?:dbt|dbt_duckdb|waterworks)\./.test(id),
      )
      const resources = asRecord(expected[section])
      expect(own.sort()).toEqual(Object.keys(resources).sort())
      for (const [id, resource] of Object.entries(resources)) {
        const mine = found[id]
        if (Array.isArray(resource)) expect({ id, of: tidy(mine, 'nodes') }).toEqual({ id, of: resource })
        else expect({ id, ...asRecord(tidy(mine)) }).toMatchObject({ id, ...asRecord(resource) })
      }
    },
  )

  it('knows what is switched off and who belongs together', () => {
    expect(Object.keys(ours.manifest.disabled).sort()).toEqual(expected['disabled'])
    const groups = Object.entries(ours.manifest.group_map).map(([name, ids]) => [name, [...ids].sort()])
    expect(Object.fromEntries(groups)).toEqual(expected['group_map'])
  })
})

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
