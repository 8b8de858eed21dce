import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { ProjectErrors } from '../../src/errors/project-errors.ts'
import { WaterworksError } from '../../src/errors/waterworks-error.ts'
import { findProjectRoot } from '../../src/project/find-project-root.ts'
import { type LoadOptions, loadProject } from '../../src/project/load-project.ts'
import type { Project } from '../../src/project/project.ts'

const fixture = join(import.meta.dirname, 'fixtures', 'flights')
const env = { PGPORT: '5433', PGPASSWORD: '12345' }
const folders: string[] = []

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })))
})

async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'waterworks-project-'))
  folders.push(root)
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return root
}

const varsOf = ({ packages }: Project) => packages[0]?.config.vars

async function mistakes(
  files: Readonly<Record<string, string>>,
  options: LoadOptions = {},
): Promise<string[]> {
  try {
    await loadProject(await project(files), { env: {}, ...options })
  } catch (error) {
    if (!(error instanceof ProjectErrors)) throw error
    return error.diagnostics.map(
      ({ error: { code, location: at } }) => `${code} ${at?.file}:${at?.line}:${at?.column}`,
    )
  }
  return []
}

const PIPELINE = `pipeline:
  name: orders
  extract: { source_system: shop, files: orders.csv }
  load: { strategy: append }
`

describe('a dbt project of others', () => {
  it('may have a key twice, of which the last one holds', async () => {
    const schema = 'models:\n  - name: a\n    description: first\n    description: last\n'
    const root = await project({ 'dbt_project.yml': 'name: shop\nname: other\n', 'models/s.yml': schema })
    const { name, warnings } = await loadProject(root, { env: {} })
    expect(name).toBe('other')
    expect(warnings.map(({ error: { code, location: at } }) => `${code} ${at?.file}:${at?.line}`)).toEqual([
      'WW1003 dbt_project.yml:2',
      'WW1003 models/s.yml:4',
    ])
  })

  it('may have keys that dbt does not know where dbt overlooks them', async () => {
    const schema = `models:
  - name: a
    descripton: misspelt
    columns: [{name: id, tets: [unique]}]
sources:
  - name: s
    tables: [{name: t, identfier: x}]
`
    const root = await project({ 'dbt_project.yml': 'name: shop\n', 'models/s.yml': schema })
    const { warnings } = await loadProject(root, { env: {} })
    const told = warnings.map(({ error: { code, location: at } }) => `${code} ${at?.line}:${at?.column}`)
    expect(told.filter((line) => line.startsWith('WW1004'))).toEqual([
      'WW1004 3:5',
      'WW1004 4:26',
      'WW1004 7:24',
    ])
    const sources = 'sources:\n  - name: s\n    tabels: [{name: t}]\n'
    expect(await mistakes({ 'dbt_project.yml': 'name: shop\n', 'models/s.yml': sources })).toContain(
      'WW1004 models/s.yml:3:5',
    )
  })

  it('may name its folders as dbt called them once', async () => {
    const root = await project({
      'dbt_project.yml': 'name: shop\nsource-paths: [queries]\ndata-paths: [data]\n',
      'queries/a.sql': 'select 1',
      'data/b.csv': 'id\n1\n',
    })
    const [shop] = (await loadProject(root, { env: {} })).packages
    expect(shop?.models.map(({ path }) => path)).toEqual(['queries/a.sql'])
    expect(shop?.seeds.map(({ path }) => path)).toEqual(['data/b.csv'])
  })
})

describe('a whole project', () => {
  it('is read as data', async () => {
    const {
      locate: _locate,
      root: _root,
      packages: _packages,
      warnings,
      ...data
    } = await loadProject(fixture, {
      env,
    })
    await expect(`${JSON.stringify(data, null, 2)}\n`).toMatchFileSnapshot('golden/flights.txt')
    expect(warnings.map(({ error }) => error.code)).toEqual(['WW1908'])
  })

  it('is frozen', async () => {
    const { pipelines, packages } = await loadProject(fixture, { env })
    expect(Object.isFrozen(pipelines[0]?.extract.files[0])).toBe(true)
    expect(Object.isFrozen(packages[0]?.properties[0]?.document.models?.[0])).toBe(true)
  })

  it('knows where its values stand', async () => {
    const loaded = await loadProject(fixture, { env })
    const [document] = loaded.packages[0]!.properties
    const index = document!.document.models!.findIndex(({ name }) => name === 'fct_flights')
    const origin = { file: document!.shown, path: ['models', index, 'columns', 0, 'tests', 1] }
    expect(loaded.locate(origin)).toMatchObject({ file: 'models/schema.yml', line: 32, column: 13 })
    const pipeline = loaded.pipelines.find(({ name }) => name === 'flights')
    const { file, path } = pipeline!.origin
    expect(loaded.locate({ file, path: [...path, 'load', 'strategy'] })).toEqual({
      file: 'pipelines/flights.yml',
      line: 38,
      column: 15,
      text: '    strategy: upsert',
    })
  })

  it('is found from any folder inside it', () => {
    expect(findProjectRoot(join(fixture, 'models', 'marts'))).toBe(fixture)
    expect(() => findProjectRoot('/')).toThrow(WaterworksError)
  })

  it('is not taken for granted', async () => {
    await expect(loadProject(join(fixture, 'models'))).rejects.toMatchObject({ code: 'WW1001' })
  })

  it('may be a plain dbt project', async () => {
    const root = await project({
      'dbt_project.yml': 'name: shop\nversion: 1.0\nmodel-paths: [sql]\nseeds: {}\n',
      'sql/orders.sql': 'select 1',
    })
    const loaded = await loadProject(root, { env: {} })
    expect(loaded).toMatchObject({
      name: 'shop',
      defaultTarget: 'dev',
      targets: { dev: { type: 'duckdb', path: '.waterworks/warehouse.duckdb', schema: 'main' } },
    })
    expect(loaded.packages[0]?.models).toMatchObject([{ name: 'orders', path: 'sql/orders.sql' }])
    expect(loaded.warnings).toEqual([])
  })
})

describe('targets', () => {
  const WATERWORKS = `name: shop
targets:
  dev: { type: duckdb }
  prod: { type: postgres, user: loader, password: "\${PROD_PASSWORD}", database: shop, port: "\${PROD_PORT:-6543}" }
`
  it('need the variables of the one that is asked for only', async () => {
    const root = await project({ 'waterworks.yml': WATERWORKS })
    expect(Object.keys((await loadProject(root, { env: {} })).targets)).toEqual(['dev'])
    expect(await mistakes({ 'waterworks.yml': WATERWORKS }, { target: 'prod' })).toEqual([
      'WW1010 waterworks.yml:4:51',
    ])
    const loaded = await loadProject(root, { env: { PROD_PASSWORD: 'x' }, target: 'prod' })
    expect(loaded.defaultTarget).toBe('prod')
    expect(loaded.targets['prod']).toMatchObject({
      password: 'x',
      port: 6543,
      host: 'localhost',
      schema: 'public',
    })
  })

  it('are known by name', async () => {
    expect(await mistakes({ 'waterworks.yml': WATERWORKS }, { target: 'prd' })).toEqual([
      'WW1013 waterworks.yml:2:1',
    ])
    expect(await mistakes({ 'waterworks.yml': 'name: a\n' }, { target: 'prod' })).toEqual([
      'WW1013 waterworks.yml:1:1',
    ])
  })

  it('come from profiles.yml, with env_var()', async () => {
    const root = await project({
      'dbt_project.yml': 'name: shop\nprofile: shop\n',
      'profiles.yml': `shop:
  target: "{{ env_var('T', 'ci') }}"
  outputs:
    ci: { type: postgres, host: h, user: u, pass: "{{ env_var('P') }}", port: "{{ env_var('PORT') | as_number }}", dbname: d, threads: 7 }
    away: { type: postgres, host: "{{ env_var('NOT_SET') }}", user: u, dbname: d }
    local: { type: duckdb, path: x.duckdb }
`,
    })
    const loaded = await loadProject(root, { env: { P: '0123', PORT: '5555' } })
    expect(loaded.defaultTarget).toBe('ci')
    expect(loaded.threads).toBe(7)
    expect(loaded.targets).toEqual({
      ci: {
        type: 'postgres',
        host: 'h',
        port: 5555,
        user: 'u',
        password: '0123',
        database: 'd',
        schema: 'public',
        threads: 7,
      },
      local: { type: 'duckdb', path: 'x.duckdb', schema: 'main' },
    })
  })

  it('may have a password in the file when it is said to be meant', async () => {
    const target = '{ type: postgres, user: u, database: d, password: x, allow_plaintext_password: true }'
    const root = await project({ 'waterworks.yml': `name: a\ntargets:\n  ci: ${target}\n` })
    expect((await loadProject(root, { env: {} })).targets['ci']).toMatchObject({ password: 'x' })
  })
})

describe('packages', () => {
  const files = {
    'dbt_project.yml': `name: shop
profile: x
vars: { start: "{{ 1 }}", utils: { a: 1 } }
models: { shop: { +schema: "{{ env_var('S') }}" } }
tests: { +severity: warn }
on-run-start: "select '{{ target.name }}'"
dispatch: [{ macro_namespace: utils, search_order: [shop, utils] }]
`,
    'models/staging/stg_a.sql': '\n\n  select 1\n',
    'models/schema.yml': 'seeds: [{ name: codes, columns: [{ name: id, tests: [unique] }] }]\n',
    'seeds/codes.csv': 'id\n1\n',
    'snapshots/snap.sql': '{% snapshot s %}{% endsnapshot %}',
    'tests/singular.sql': 'select 1',
    'tests/generic/is_odd.sql': '{% test is_odd(model) %}{% endtest %}',
    'tests/fixtures/rows.csv': 'id\n1\n',
    'macros/deep/m.sql': '{% macro m() %}{% endmacro %}',
    'analyses/a.sql': 'select 2',
    'models/docs.md': '{% docs d %}text{% enddocs %}',
    'dbt_packages/utils/dbt_project.yml': 'name: utils\nmacro-paths: [jinja]\nsomething-of-theirs: 1\n',
    'dbt_packages/utils/jinja/star.sql': '{% macro star() %}*{% endmacro %}',
    'dbt_packages/utils/models/m.yml': 'models: [{ name: m, descripton: x }]\n',
    'dbt_packages/notes/readme.md': 'no package',
  }

  it('are the project, what is installed for it, and what is built in', async () => {
    const { packages } = await loadProject(await project(files), { env: { S: 'x' } })
    expect(packages.map(({ name, kind }) => [name, kind])).toEqual([
      ['shop', 'root'],
      ['utils', 'installed'],
      ['dbt_duckdb', 'built-in'],
      ['dbt_postgres', 'built-in'],
      ['waterworks', 'built-in'],
      ['dbt', 'built-in'],
    ])
    const [shop, utils] = packages
    expect(shop?.config).toMatchObject({
      vars: { start: '{{ 1 }}', utils: { a: 1 } },
      trees: { models: { shop: { '+schema': "{{ env_var('S') }}" } }, data_tests: { '+severity': 'warn' } },
      onRunStart: ["select '{{ target.name }}'"],
      dispatch: [{ namespace: 'utils', searchOrder: ['shop', 'utils'] }],
    })
    expect(shop?.models).toEqual([
      {
        name: 'stg_a',
        path: 'models/staging/stg_a.sql',
        below: 'staging/stg_a.sql',
        shown: 'models/staging/stg_a.sql',
        text: 'select 1',
        firstLine: 3,
      },
    ])
    // Of the text without white space around it: python3 -c "import hashlib; print(hashlib.sha256(b'id\\n1').hexdigest())"
    expect(shop?.seeds[0]?.checksum).toEqual({
      name: 'sha256',
      checksum: '605096a310e4908def91488e2d873d6bd9f4a9930bcb42eeac08d6f0ccf3ba0e',
    })
    const kinds = [
      'snapshots',
      'singularTests',
      'genericTests',
      'macros',
      'analyses',
      'docs',
      'fixtures',
    ] as const
    expect(kinds.map((kind) => shop?.[kind].map(({ below }) => below))).toEqual([
      ['snap.sql'],
      ['singular.sql'],
      ['is_odd.sql'],
      ['deep/m.sql'],
      ['a.sql'],
      ['docs.md'],
      ['rows.csv'],
    ])
    expect(utils?.macros[0]).toMatchObject({ below: 'star.sql', shown: 'dbt_packages/utils/jinja/star.sql' })
  })

  it('must be installed', async () => {
    const wanted = { ...files, 'packages.yml': 'packages: [{ package: a/utils }, { package: a/codegen }]\n' }
    expect(await mistakes(wanted)).toContain('WW1035 packages.yml:1:1')
    const locked = {
      ...wanted,
      'package-lock.yml':
        'packages: [{ name: utils, package: a/utils }, { name: codegen, package: a/codegen }]\n',
    }
    await expect(loadProject(await project(locked), { env: {} })).rejects.toMatchObject({
      diagnostics: expect.arrayContaining([
        expect.objectContaining({
          error: expect.objectContaining({ code: 'WW1035', message: 'the package codegen is not installed' }),
        }),
      ]),
    })
  })

  it('have names of their own', async () => {
    const same = { ...files, 'dbt_packages/utils/dbt_project.yml': 'name: shop\n' }
    expect(await mistakes(same)).toContain('WW1036 dbt_project.yml:1:7')
  })
})

describe('profiles.yml', () => {
  const profile = (schema: string) => `x:\n  outputs:\n    dev: { type: duckdb, schema: ${schema} }\n`
  const files = { 'dbt_project.yml': 'name: shop\nprofile: x\n' }

  it('is looked for where dbt looks for it', async () => {
    const home = await project({ '.dbt/profiles.yml': profile('of_home') })
    const other = await project({ 'profiles.yml': profile('of_other') })
    const bare = await project(files)
    const own = await project({ ...files, 'profiles.yml': profile('of_project') })
    const schemaOf = async (root: string, options: Parameters<typeof loadProject>[1]) =>
      (await loadProject(root, options)).targets['dev']?.schema
    expect(await schemaOf(bare, { env: { HOME: home } })).toBe('of_home')
    expect(await schemaOf(own, { env: { HOME: home } })).toBe('of_project')
    expect(await schemaOf(own, { env: { HOME: home, DBT_PROFILES_DIR: other } })).toBe('of_other')
    expect(await schemaOf(own, { env: { DBT_PROFILES_DIR: home }, profilesDir: other })).toBe('of_other')
    expect(await mistakes(files, { profilesDir: bare })).toEqual(['WW1016 dbt_project.yml:2:10'])
  })
})

describe('values from the environment', () => {
  it('are text where text is wanted, and numbers where numbers are', async () => {
    const root = await project({
      'waterworks.yml': `name: shop\nthreads: \${N}\nvars: { code: "\${N}", literal: "$\${N}" }\n`,
      'pipelines/orders.yml': PIPELINE.replace('orders.csv', `"\${DIR:-in}/orders.csv"`),
    })
    const loaded = await loadProject(root, { env: { N: '8' } })
    expect(loaded.threads).toBe(8)
    expect(varsOf(loaded)).toEqual({ code: '8', literal: `\${N}` })
    expect(loaded.pipelines[0]?.extract.files[0]?.paths).toEqual(['in/orders.csv'])
  })

  it('never stand in messages', async () => {
    const root = await project({
      'waterworks.yml': 'name: a\n',
      'pipelines/a.yml': PIPELINE.replace('append', `\${STRATEGY}`),
    })
    const error: unknown = await loadProject(root, { env: { STRATEGY: 'hunter2' } }).catch(
      (caught: unknown) => caught,
    )
    expect(error).toBeInstanceOf(ProjectErrors)
    expect(JSON.stringify(error)).not.toContain('hunter2')
  })
})

describe('YAML', () => {
  it('follows YAML 1.2 in the platform’s own files', async () => {
    const root = await project({
      'waterworks.yml':
        'name: a\nvars: { country: NO, zip: 01234, at: 12:30, big: 12345678901234567890, on: yes }\n',
    })
    expect(varsOf(await loadProject(root, { env: {} }))).toEqual({
      country: 'NO',
      zip: '01234',
      at: '12:30',
      big: 12345678901234567890n,
      on: 'yes',
    })
  })

  it('follows PyYAML in dbt’s files', async () => {
    const vars = 'vars: { a: NO, b: 010, c: 1:30, d: y, e: 1e3, f: 2020-01-02, g: "no", h: Off, i: 1.5 }\n'
    const root = await project({ 'dbt_project.yml': `name: a\n${vars}` })
    expect(varsOf(await loadProject(root, { env: {} }))).toEqual({
      a: false,
      b: 8,
      c: 90,
      d: 'y',
      e: '1e3',
      f: '2020-01-02',
      g: 'no',
      h: false,
      i: 1.5,
    })
  })

  it('merges anchors and places errors behind them', async () => {
    const text = `pipeline:
  name: orders
  extract: { source_system: shop, files: [{ path: a.csv, columns: &types { a: integer, b: intt } }, { path: b.csv, table: t, columns: { <<: *types, c: date } }] }
  load: { strategy: append }
`
    expect(await mistakes({ 'waterworks.yml': 'name: a\n', 'pipelines/a.yml': text })).toEqual([
      'WW1025 pipelines/a.yml:3:91',
      'WW1025 pipelines/a.yml:3:126',
    ])
  })

  it.each([
    ['a key that stands twice', 'name: a\nname: b\n', 'WW1003 waterworks.yml:2:1'],
    ['an open bracket', 'name: [a\n', 'WW1002 waterworks.yml:2:1'],
    ['a word as a key', 'name: a\nvars:\n  x: 1\n  null: 2\n', 'WW1002 waterworks.yml:4:3'],
    ['a list at the top', '- a\n', 'WW1006 waterworks.yml:1:1'],
    ['aliases without end', `name: a\nvars: &v { x: *v }\n`, 'WW1002 waterworks.yml:1:1'],
  ])('refuses %s', async (_case, text, mistake) => {
    expect(await mistakes({ 'waterworks.yml': text })).toContain(mistake)
  })

  it('refuses aliases that grow without measure', async () => {
    const rows = Array.from(
      { length: 9 },
      (_, n) => `  l${n + 1}: &l${n + 1} [${Array(10).fill(`*l${n}`).join(', ')}]`,
    )
    const text = `name: a\nvars:\n  l0: &l0 [a]\n${rows.join('\n')}\n`
    expect(await mistakes({ 'waterworks.yml': text })).toEqual(['WW1002 waterworks.yml:1:1'])
  })
})

describe('parts of a pipeline', () => {
  const tables = (extract: string, strategy: string) =>
    mistakes({
      'waterworks.yml': 'name: shop\nconnections: {db: {type: postgres, user: u, database: d}}\n',
      'pipelines/p.yml': `pipeline:
  name: p
  extract: {source_system: shop, connection: db, tables: [items], ${extract}}
  load: {strategy: ${strategy}}
`,
    })
  const reconcile = (action: string) =>
    `strategy: full, reconcile: {schedule: "0 0 * * *", action: ${action}}`

  it('that do not go together are refused', async () => {
    expect(await tables('strategy: incremental, incremental_key: n', 'truncate-reload')).toEqual([
      'WW1040 pipelines/p.yml:4:20',
    ])
    expect(await tables('strategy: full', 'append')).toEqual(['WW1040 pipelines/p.yml:4:20'])
    expect(await tables(reconcile('soft-delete'), 'scd2')).toEqual(['WW1040 pipelines/p.yml:3:126'])
  })

  it('that do are not', async () => {
    expect(await tables(reconcile('soft-delete'), 'merge')).toEqual([])
    expect(await tables(reconcile('delete'), 'scd2')).toEqual([])
  })
})

it('reads its fixture from the files as they are', async () => {
  const loaded = await loadProject(fixture, { env })
  const text = await readFile(join(fixture, 'models/marts/fct_flights.sql'), 'utf8')
  expect(loaded.packages[0]?.models.find(({ name }) => name === 'fct_flights')?.text).toBe(text.trim())
})
