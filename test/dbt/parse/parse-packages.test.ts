import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parsePackages } from '../../../src/dbt/parse/parse-packages.ts'
import { duckDbDialect } from '../../../src/engines/duckdb/duckdb-dialect.ts'
import { Diagnostics } from '../../../src/errors/diagnostics.ts'
import { loadProject } from '../../../src/project/load-project.ts'
import golden from './golden.json' with { type: 'json' }

/** A project with nearly everything that dbt parses, and what real dbt makes of it (real-dbt.py). */
async function parsed() {
  const project = await loadProject(join(import.meta.dirname, 'project'), { env: {} })
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

const sections = Object.keys(golden).filter((name) => name !== 'disabled' && name !== 'group_map')
const ours = parsed()

it('has no problems but those of files that are not there', async () => {
  const { diagnostics } = await ours
  expect(diagnostics.all().map(({ error }) => `${error.code} ${error.message}`)).toEqual([])
})

it.each(sections)('%s are those of dbt', async (section) => {
  const { manifest } = await ours
  const expected: Readonly<Record<string, unknown>> = Reflect.get(golden, section)
  const found: Readonly<Record<string, unknown>> = Reflect.get(manifest, section)
  const own = Object.keys(found).filter((id) => !/^(?:macro|doc)\.(?:dbt|waterworks)\./.test(id))
  expect(own.sort()).toEqual(Object.keys(expected).sort())
  for (const [id, resource] of Object.entries(expected)) {
    const mine = found[id]
    if (Array.isArray(resource)) expect({ id, of: tidy(mine, 'nodes') }).toEqual({ id, of: resource })
    else expect({ id, ...asRecord(tidy(mine)) }).toMatchObject({ id, ...asRecord(resource) })
  }
})

it('knows what is switched off and who belongs together', async () => {
  const { manifest } = await ours
  expect(Object.keys(manifest.disabled).sort()).toEqual(golden.disabled)
  const groups = Object.entries(manifest.group_map).map(([name, ids]) => [name, [...ids].sort()])
  expect(Object.fromEntries(groups)).toEqual(golden.group_map)
})

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
