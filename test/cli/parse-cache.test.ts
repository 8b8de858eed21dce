import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Command } from '../../src/cli/command.ts'
import { compile } from '../../src/cli/commands/compile.ts'
import { ls } from '../../src/cli/commands/ls.ts'
import { parse } from '../../src/cli/commands/parse.ts'
import { Output } from '../../src/cli/output.ts'
import { parseFlags } from '../../src/cli/parse-flags.ts'
import { ProjectErrors } from '../../src/errors/project-errors.ts'

const FILES: Readonly<Record<string, string>> = {
  'dbt_project.yml': `name: shop
version: '1.0'
profile: shop
vars: {limit: 10}
models:
  shop:
    marts: {+materialized: table, +tags: ["limit_{{ var('limit') }}"]}
`,
  'profiles.yml': 'shop: {target: dev, outputs: {dev: {type: duckdb, path: w.duckdb, schema: analytics}}}\n',
  'models/orders.sql': "select * from {{ ref('stg_orders') }} -- {{ money('amount') }}\n",
  'models/stg_orders.sql': "select 1 as id, {{ money('2') }} as amount\n",
  'models/marts/totals.sql':
    "{{ config(alias=env_var('TOTALS', 'totals')) }}select sum(amount) as amount from {{ ref('orders') }}\n",
  'models/marts/talks.sql': "{{ log('talking', info=true) }}select 1 as id\n",
  'models/schema.yml': `models:
  - name: orders
    description: "{{ doc('orders') }}"
    columns: [{name: id, data_tests: [unique, not_null]}]
  - name: stg_orders
    config: {meta: {owner: "{{ env_var('OWNER', 'nobody') }}"}}
  - name: not_there
`,
  'models/docs.md': '{% docs orders %}What was ordered.{% enddocs %}\n',
  'macros/money.sql': '{% macro money(column) %}round({{ column }}, 2){% endmacro %}\n',
  'tests/no_negative.sql': "select * from {{ ref('orders') }} where amount < 0\n",
  'seeds/countries.csv': 'code\nde\n',
  'dbt_packages/tools/dbt_project.yml': "name: tools\nversion: '1.0'\n",
  'dbt_packages/tools/macros/one.sql': '{% macro one() %}1{% endmacro %}\n',
  'dbt_packages/tools/models/tool.sql': 'select {{ one() }} as id\n',
}

let folder: string
const at = (path: string) => join(folder, path)
const write = (path: string, text: string) => {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), text)
}
const variables = ['TOTALS', 'OWNER', 'UNREAD'] as const

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waterworks-parse-cache-'))
  for (const [path, text] of Object.entries(FILES)) write(path, text)
})
afterEach(async () => {
  for (const name of variables) delete process.env[name]
  await rm(folder, { recursive: true, force: true })
})

/** What a command leaves and says, without the moments and ids in it. */
async function outcome(args: readonly string[], command: Command = parse) {
  const [out, err] = [new PassThrough(), new PassThrough()]
  const { flags, positionals } = parseFlags(command, ['--project-dir', folder, ...args], {})
  const output = new Output({ json: false, quiet: false, color: false, logFormat: 'text' }, out, err)
  try {
    await command.run({ flags, positionals, output })
  } catch (error) {
    if (!(error instanceof ProjectErrors)) throw error
    return {
      errors: error.diagnostics.map(({ error: { code, message, location } }) => ({
        code,
        message,
        location,
      })),
    }
  }
  return {
    said: [out.read(), err.read()].map((bytes: Buffer | null) => bytes?.toString() ?? ''),
    documents: ['manifest.json', 'graph_summary.json', 'semantic_manifest.json'].map((name) =>
      timeless(at(`target/${name}`)),
    ),
  }
}

const OF_ONE_RUN = new Set([
  'created_at',
  'generated_at',
  'invocation_id',
  '_invocation_id',
  'invocation_started_at',
])

function timeless(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'), (key, value: unknown) => (OF_ONE_RUN.has(key) ? null : value))
}

/** Whether what was just done went by what was kept, wholly or but for some models. */
async function wasAnswered(doing: () => Promise<unknown>, kept = 'parse'): Promise<boolean> {
  const salt = () =>
    JSON.parse(readFileSync(at(`.waterworks/${kept}/record.json`), 'utf8')).inputs.salt as unknown
  const before = salt()
  await doing()
  return salt() === before
}

/** The graph as `ls` gives it: what is compiled decides its fingerprints, and it leaves a manifest. */
function listed(args: readonly string[] = []) {
  return outcome(['--json', '--output', 'json', ...args], ls)
}

const models = [
  'models/orders.sql',
  'models/stg_orders.sql',
  'models/marts/totals.sql',
  'models/marts/talks.sql',
  'models/new.sql',
]
const anywhere = fc.constantFrom(...Object.keys(FILES), 'models/new.sql', 'macros/new.sql')
const edits = fc.oneof(
  fc.record({
    kind: fc.constant('append' as const),
    path: fc.constantFrom(...models),
    text: fc.constantFrom(
      '-- a word\n',
      ' ',
      "-- {{ ref('stg_orders') }}",
      "{{ config(tags=['late']) }}",
      '{{ config(enabled=false) }}',
      "{{ money('3') }}",
      '{{ tools.one() }}',
      '{{ run_started_at }}',
      "{{ log('more', info=true) }}",
      '{{ nothing() }}',
      '{% if %}',
    ),
  }),
  fc.record({
    kind: fc.constant('append' as const),
    path: anywhere,
    text: fc.constantFrom('\n', '# a word\n', '{# a word #}'),
  }),
  fc.record({
    kind: fc.constant('write' as const),
    path: fc.constantFrom('macros/money.sql', 'macros/new.sql'),
    text: fc.constantFrom(
      "{% macro money(column) %}{{ config(tags=['money']) }}{{ column }}{% endmacro %}",
      '{% macro generate_alias_name(custom_alias_name=none, node=none) %}x_{{ node.name }}{% endmacro %}',
      FILES['macros/money.sql']!,
    ),
  }),
  fc.record({
    kind: fc.constant('write' as const),
    path: fc.constant('models/schema.yml'),
    text: fc.constantFrom(
      'models: [{name: orders, columns: [{name: id, data_tests: [unique]}]}]\n',
      'models: [{name: stg_orders, config: {materialized: table}}]\n',
      FILES['models/schema.yml']!,
    ),
  }),
  fc.record({
    kind: fc.constant('write' as const),
    path: fc.constant('models/new.sql'),
    text: fc.constantFrom('select 1 as id', "select * from {{ ref('totals') }}"),
  }),
  fc.record({ kind: fc.constant('remove' as const), path: anywhere }),
  fc.record({
    kind: fc.constant('rename' as const),
    path: fc.constantFrom(...models),
    to: fc.constantFrom(...models),
  }),
  fc.record({ kind: fc.constant('touch' as const), path: anywhere }),
  fc.record({
    kind: fc.constant('variable' as const),
    name: fc.constantFrom(...variables),
    value: fc.constantFrom('a', 'b', undefined),
  }),
  fc.constant({ kind: 'nothing' as const }),
)

function apply(edit: typeof edits extends fc.Arbitrary<infer T> ? T : never): void {
  switch (edit.kind) {
    case 'append':
      if (existsSync(at(edit.path))) appendFileSync(at(edit.path), edit.text)
      break
    case 'write':
      write(edit.path, edit.text)
      break
    case 'remove':
      if (!/dbt_project|profiles/.test(edit.path)) rmSync(at(edit.path), { force: true })
      break
    case 'rename':
      if (existsSync(at(edit.path))) renameSync(at(edit.path), at(edit.to))
      break
    case 'touch':
      if (existsSync(at(edit.path))) utimesSync(at(edit.path), 1, 1)
      break
    case 'variable':
      if (edit.value === undefined) delete process.env[edit.name]
      else process.env[edit.name] = edit.value
      break
    case 'nothing':
  }
}

describe('what was parsed before', () => {
  it('is told as a whole parse tells it, whatever was edited', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edits, { minLength: 1, maxLength: 6 }), async (all) => {
        rmSync(folder, { recursive: true, force: true })
        for (const name of variables) delete process.env[name]
        for (const [path, text] of Object.entries(FILES)) write(path, text)
        await outcome([])
        for (const edit of all) {
          apply(edit)
          const kept = await outcome([])
          expect(kept).toEqual(await outcome(['--no-partial-parse']))
        }
      }),
      { numRuns: 6 },
    )
  })

  it('is gone on from as from a whole parse, whatever was edited', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edits, { minLength: 1, maxLength: 6 }), async (all) => {
        rmSync(folder, { recursive: true, force: true })
        for (const name of variables) delete process.env[name]
        for (const [path, text] of Object.entries(FILES)) write(path, text)
        await listed()
        for (const edit of all) {
          apply(edit)
          const kept = await listed()
          expect(kept).toEqual(await listed(['--no-partial-parse']))
        }
      }),
      { numRuns: 6 },
    )
  })

  it('is gone on from by other commands, and for models whose texts alone were edited', async () => {
    await listed()
    const again = () => listed()
    expect(await wasAnswered(again, 'parsed')).toBe(true)
    appendFileSync(at('models/orders.sql'), '-- a word')
    appendFileSync(at('models/marts/totals.sql'), '-- another')
    expect(await wasAnswered(again, 'parsed')).toBe(true)
    const compiled = await outcome([], compile)
    expect(compiled).toEqual(await outcome(['--no-partial-parse'], compile))
    expect(JSON.stringify(compiled)).toContain('-- a word')
    appendFileSync(at('models/orders.sql'), ' and one more')
    expect(await wasAnswered(() => outcome([], compile), 'parsed')).toBe(true)
    expect(await listed()).toEqual(await listed(['--no-partial-parse']))
    appendFileSync(at('macros/money.sql'), '{# a word #}')
    expect(await wasAnswered(again, 'parsed')).toBe(false)
  })

  it('is another for another command where a template looks at the flags', async () => {
    const looks = '{{ config(tags=[flags.WHICH]) }}select 1 as id'
    write('models/marts/talks.sql', looks)
    await listed()
    expect(await wasAnswered(() => listed(), 'parsed')).toBe(true)
    expect(await wasAnswered(() => outcome([], compile), 'parsed')).toBe(false)
    expect(timeless(at('target/manifest.json'))).toHaveProperty(
      ['nodes', 'model.shop.talks', 'tags'],
      ['limit_10', 'compile'],
    )
  })

  it('keeps apart what JSON takes for one', async () => {
    write('models/schema.yml', `models: [{name: orders, config: {meta: {one: 1, whole: 1.0, half: 0.5}}}]\n`)
    write('models/marts/talks.sql', "select '{{ graph.nodes['model.shop.orders'].config.meta }}' as id")
    const first = await outcome([], compile)
    expect(JSON.stringify(first)).toContain("'whole': 1.0")
    expect(await wasAnswered(() => outcome([], compile), 'parsed')).toBe(true)
    expect(await outcome([], compile)).toEqual(first)
  })

  it('shows where something is wrong in files that were not read again', async () => {
    write('models/stg_orders.sql', 'select 1 as id\n')
    write(
      'models/schema.yml',
      'models:\n  - name: orders\n    columns:\n      - {name: idd, data_tests: [{unique: {column: 3}}]}\n',
    )
    const first = await listed()
    expect(await listed()).toEqual(first)
    expect(first).toEqual(await listed(['--no-partial-parse']))
  })

  it('answers for a project that is the same, and for models whose texts alone were edited', async () => {
    await outcome([])
    const again = () => outcome([])
    expect(await wasAnswered(again)).toBe(true)
    appendFileSync(at('models/orders.sql'), '-- a word')
    appendFileSync(at('models/marts/totals.sql'), '-- another')
    expect(await wasAnswered(again)).toBe(true)
    appendFileSync(at('models/orders.sql'), ' and one more')
    expect(await wasAnswered(again)).toBe(true)
    expect(await again()).toEqual(await outcome(['--no-partial-parse']))
    appendFileSync(at('macros/money.sql'), '{# a word #}')
    expect(await wasAnswered(again)).toBe(false)
  })

  it('is known by times once those have settled', { timeout: 30_000 }, async () => {
    await outcome([])
    await wait(2_500)
    for (let i = 0; i < 2; i++) expect(await wasAnswered(() => outcome([]))).toBe(true)
    appendFileSync(at('models/stg_orders.sql'), '-- a word')
    const kept = await outcome([])
    expect(kept).toEqual(await outcome(['--no-partial-parse']))
  })

  it.each(['record.json', 'models.json', 'manifest.json', 'graph_summary.json'])(
    'is passed over where %s was cut off',
    async (name) => {
      const first = await outcome([])
      truncateSync(at(`.waterworks/parse/${name}`), 100)
      appendFileSync(at('models/orders.sql'), '-- a word')
      expect(await outcome([])).toEqual(await outcome(['--no-partial-parse']))
      writeFileSync(at('models/orders.sql'), FILES['models/orders.sql']!)
      expect(await outcome([])).toEqual(first)
    },
  )

  it.each(['record.json', 'content.json'])(
    'is passed over by other commands where %s was cut off',
    async (name) => {
      const first = await listed()
      truncateSync(at(`.waterworks/parsed/${name}`), 100)
      expect(await listed()).toEqual(first)
    },
  )

  it('is another for other variables and targets of the command line', async () => {
    await outcome([])
    const args = ['--vars', '{limit: 20}']
    expect(await outcome(args)).toEqual(await outcome([...args, '--no-partial-parse']))
    await listed()
    expect(await listed(args)).toEqual(await listed([...args, '--no-partial-parse']))
  })

  it('keeps no value of a variable', async () => {
    process.env['OWNER'] = 'somebody-to-hide'
    await outcome([])
    await listed()
    for (const kept of ['parse', 'parsed']) {
      expect(readFileSync(at(`.waterworks/${kept}/record.json`), 'utf8')).not.toContain('somebody-to-hide')
    }
  })
})
