import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { parseYaml } from '../../src/project/yaml/parse-yaml.ts'
import { waterworks } from './support/waterworks.ts'

const VEGA = join(import.meta.dirname, '../../node_modules/vega-datasets/data')
const folders: string[] = []

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })))
})

async function folderOf(files: Readonly<Record<string, string | Buffer>> = {}): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'waterworks-init-'))
  folders.push(folder)
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  return folder
}

interface Made {
  readonly tables: readonly {
    readonly table: string
    readonly rows: number
    readonly rejected: number
    readonly key: readonly string[]
  }[]
  readonly files: readonly string[]
  readonly left: readonly string[]
}

/** Makes a project in `out` and builds it, which must go well. */
async function initAndBuild(folder: string, files: readonly string[]): Promise<Made> {
  const made = await waterworks(folder, ['init', 'out', '--json', '--name', 'starter', '--files', ...files])
  expect(made).toMatchObject({ code: 0 })
  const built = await waterworks(join(folder, 'out'), ['build', '--json'])
  const { status, nodes } = JSON.parse(built.stdout)
  const bad = nodes.flatMap(
    (node: {
      checks: { name: string; status: string }[]
      unique_id: string
      status: string
      message: string
    }) => [
      ...(node.status === 'success' ? [] : [`${node.unique_id}: ${node.message}`]),
      ...(node.checks ?? []).filter((check) => check.status !== 'pass').map(({ name }) => name),
    ],
  )
  expect({ status, code: built.code, bad, stderr: built.stderr.match(/warning WW.*/g) }).toEqual({
    status: 'success',
    code: 0,
    bad: [],
    stderr: null,
  })
  return JSON.parse(made.stdout)
}

describe('a project made from data', () => {
  test('builds at once, with every check passed, from three million flights and other public files', async () => {
    const folder = await folderOf()
    const names = [
      'flights-3m.parquet',
      'airports.csv',
      'seattle-weather.csv',
      'movies.json',
      'cars.json',
      'stocks.csv',
    ]
    const more = [
      'gapminder.json',
      'unemployment.tsv',
      'zipcodes.csv',
      'github.csv',
      'miserables.json',
      'birdstrikes.csv',
    ]
    const made = await initAndBuild(
      folder,
      [...names, ...more].map((name) => join(VEGA, name)),
    )
    const keys = Object.fromEntries(made.tables.map(({ table, key }) => [table, key]))
    expect(keys).toMatchObject({
      flights_3m: [],
      airports: ['iata'],
      seattle_weather: ['date'],
      movies: [],
      stocks: ['symbol', 'date'],
      zipcodes: ['zip_code'],
    })
    const out = join(folder, 'out')
    const text = (path: string) => readFile(join(out, path), 'utf8')
    for (const path of [
      'pipelines/starter_airports.yml',
      'models/staging/stg_starter__movies.sql',
      'models/staging/schema.yml',
      'README.md',
    ]) {
      const plain = (await text(path)).replaceAll(relative(out, VEGA).replaceAll('\\', '/'), '<data>')
      await expect(plain).toMatchFileSnapshot(`golden/init/${path.replaceAll('/', '-')}.txt`)
    }
  })

  test('satisfies the schemas that its first lines name', async () => {
    const folder = await folderOf()
    await waterworks(folder, ['init', '--yes'])
    const ajv = new Ajv({ strict: false })
    const entries = await readdir(folder, { recursive: true })
    const yaml = entries.filter((path) => path.endsWith('.yml') && !path.startsWith('.'))
    expect(yaml.length).toBeGreaterThan(4)
    for (const path of yaml) {
      const text = await readFile(join(folder, path), 'utf8')
      const named = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)?.[1] ?? ''
      const schema = JSON.parse(await readFile(join(folder, dirname(path), named), 'utf8'))
      const validate = ajv.compile(schema)
      expect({ path, valid: validate(parseYaml(text, path, 'core')), errors: validate.errors }).toMatchObject(
        { valid: true },
      )
    }
  })

  test('bears with odd names, defects and encodings', async () => {
    const rows = (count: number, row: (index: number) => string) =>
      Array.from({ length: count }, (_, index) => `${row(index)}\n`).join('')
    const folder = await folderOf({
      'Übersicht (1) [final]*.csv': `Ä id;größe cm;na"me;{{ jinja }};\${HOME};select;it's\n${rows(80, (i) => `${i};${i * 1.5};"a ""q"" ${i}";x;y;z;w`)}`,
      'latin.csv': Buffer.from(`id,name\n${rows(60, (i) => `${i},Käse${i}`)}`, 'latin1'),
      'header only.csv': 'a,b,c\n',
      'empty.csv': '',
      'dups.csv': 'ID,id,Id,,\n1,2,3,4,5\n2,3,4,5,6\n',
      'ragged.csv': 'id,name\n1,a\n2,b,c\n3,d\n',
      'late.csv': `id,v\n${rows(150_000, (i) => `${i},${i}`)}150000,oops\n150001,1.5\n`,
      'late decimals.csv': `id,v\n${rows(150_000, (i) => `${i},${i}`)}150001,1.5\n`,
      'reserved.csv':
        '_loaded_at,_run_id,order,group,table,date\n1,2,4,5,6,2020-01-01\n2,2,4,5,6,2020-01-02\n',
      'internal.csv': '_ww_fate,a\n1,2\n',
      'orders_2024-01.csv': 'order_id,customer_id,at\n1,1,01/31/2024\n2,2,01/30/2024\n',
      'orders_2024-02.csv': 'order_id,customer_id,at\n2,2,02/28/2024\n3,1,02/14/2024\n',
      'orders_2024-03.csv': 'order_id,customer_id,at\nx3,1,02/14/2024\n',
      'customers.csv': 'id,name\n1,Ann\n2,Bob\n',
      'nested.json': JSON.stringify(
        Array.from({ length: 70 }, (_, id) => ({ id, tags: ['a'], o: { x: id }, mixed: id % 2 ? id : 'x' })),
      ),
      'lines.ndjson': '{"a":1}\n{"a":2,"b":null}\nnot json\n',
      '2024.csv': '2024,id\n1,2\n3,4\n',
      '名前.csv': '名前,値\n太郎,1\n花子,2\n',
      'pipe|name.tsv': 'a\tb\n1\t2\n',
      'zip.csv.gz': gzipSync('id,a\n1,2\n2,3\n'),
      'quote.csv': 'id,"multi\nline",c\n1,"x\ny",2\n2,"z",3\n',
      'long.csv': `${Array.from({ length: 60 }, (_, i) => `c${i}_${'x'.repeat(80)}`).join(',')}\n${'1,'.repeat(59)}1\n`,
      [`${'x'.repeat(120)}.csv`]: 'id\n1\n2\n',
      'percent.csv': `pct,lat,lon,when,id\n${rows(100, (i) => `${i},${i % 90},${-i},2024/1/${(i % 28) + 1},${i}`)}`,
      'template.csv': 'id,{% raw %},{# c #}\n1,2,3\n2,3,4\n',
      'control.csv': 'id,a\tb,c\u0085d,e\u2028f\n1,2,3,4\n',
      'broken.parquet': 'PAR1 and no more',
    })
    const made = await initAndBuild(folder, ['.'])
    const tables = new Map(made.tables.map((table) => [table.table, table]))
    expect([...tables.keys()]).not.toEqual(expect.arrayContaining(['empty', 'internal', 'broken']))
    expect(tables.get('orders')).toMatchObject({ rows: 5, key: ['order_id'] })
    expect(tables.get('ragged')).toMatchObject({ rows: 2, rejected: 1 })
    expect(tables.get('late')).toMatchObject({ rows: 150_002, rejected: 0 })
    expect(tables.get('late_decimals')).toMatchObject({ rows: 150_001, rejected: 0 })
    expect(tables.get('latin')).toMatchObject({ rows: 60, rejected: 0 })
    const query = "select count(*) as n from stg_starter__latin where name = 'Käse7'"
    const found = await waterworks(join(folder, 'out'), ['sql', '--format', 'csv', query])
    expect(found.stdout).toBe('n\r\n1\r\n')
  })

  test('builds whatever the columns are called and hold', async () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
      fc.constantFrom(
        'id',
        'ID',
        'order',
        'date',
        'user',
        'null',
        "o'clock",
        'a"b',
        `\${X}`,
        '{{x}}',
        '{% x',
        'price',
        'lat',
      ),
    )
    const value = fc.oneof(
      fc.integer({ min: -5, max: 200 }).map(String),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.constantFrom(
        '',
        'true',
        '2024-02-29',
        '2024/2/9',
        '31.12.2024',
        'Jan 5 2020',
        '13/01/2020',
        "x'y",
        '名',
        'NULL',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    )
    const tables = fc.sample(
      fc.record({
        names: fc.uniqueArray(name, { minLength: 1, maxLength: 6 }),
        rows: fc.integer({ min: 0, max: 90 }),
        values: fc.array(value, { minLength: 1, maxLength: 20 }),
      }),
      { numRuns: 25, seed: 20_250_101 },
    )
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
    const files = tables.map(({ names, rows, values }, number) => {
      const line = (row: number) =>
        names
          .map((_, index) =>
            cell(index === 0 ? `k${row}` : (values[(row * 7 + index) % values.length] ?? '')),
          )
          .join(',')
      return [
        `t${number}.csv`,
        `${names.map(cell).join(',')}\n${Array.from({ length: rows }, (_, row) => `${line(row)}\n`).join('')}`,
      ]
    })
    await initAndBuild(await folderOf(Object.fromEntries(files)), ['.'])
  })
})

describe('init', () => {
  test('makes a small sample without data, which builds', async () => {
    const folder = await folderOf()
    const made = await waterworks(folder, ['init', 'my shop!', '--yes'])
    expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining("cd 'my shop!'") })
    const built = await waterworks(join(folder, 'my shop!'), ['build', '--json'])
    expect(JSON.parse(built.stdout)).toMatchObject({ status: 'success' })
    expect(await readFile(join(folder, 'my shop!', 'waterworks.yml'), 'utf8')).toContain('name: my_shop\n')
  })

  test('never overwrites a file', async () => {
    const folder = await folderOf({ '.gitignore': 'mine\n', 'README.md': 'mine\n' })
    const first = await waterworks(folder, ['init', '--yes', '--json'])
    expect(JSON.parse(first.stdout).left).toEqual(['.gitignore', 'README.md'])
    expect(await readFile(join(folder, 'README.md'), 'utf8')).toBe('mine\n')
    const again = await waterworks(folder, ['init', '--yes'])
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining('WW7009') })
    const other = await folderOf({ 'models/staging/schema.yml': 'mine\n' })
    expect((await waterworks(other, ['init', '--yes'])).stderr).toContain(
      'models/staging/schema.yml is there already',
    )
    expect(await readdir(other)).toEqual(['models'])
  })

  test.each([
    [['init', 'a', 'b'], /init takes one folder, not 2/],
    [['init', '--files', 'nothing-*.csv'], /no file is or matches nothing-\*\.csv/],
    [['init', '--files', 'notes.txt'], /no file among notes\.txt/],
    [['init', '--name', 'My Shop'], /a name is small letters.*Write my_shop, for example/],
    [['init', '--files', 'empty.csv'], /it has no columns/],
  ])('%j says what is wrong', async (args, message) => {
    const folder = await folderOf({ 'notes.txt': 'x', 'empty.csv': '' })
    const ran = await waterworks(folder, args)
    expect(ran.code).toBe(2)
    expect(ran.stderr.replaceAll('\n', ' ')).toMatch(message)
    expect((await readdir(folder)).toSorted()).toEqual(['empty.csv', 'notes.txt'])
  })
})
