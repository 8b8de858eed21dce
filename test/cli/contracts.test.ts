import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { contracts } from '../../src/cli/commands/contracts.ts'
import { Output } from '../../src/cli/output.ts'
import { ProjectErrors } from '../../src/errors/project-errors.ts'
import { read } from '../project/contracts/read.ts'
import { FULL } from '../project/contracts/texts.ts'

let root = ''
const git = (...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.email=a@example.com', '-c', 'user.name=a', ...args], { cwd: root })
const edit = (text: string) => writeFileSync(join(root, 'contracts/orders.yml'), text)

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'contracts-'))
  mkdirSync(join(root, 'contracts'))
  mkdirSync(join(root, 'models'))
  writeFileSync(join(root, 'waterworks.yml'), 'name: shop\n')
  writeFileSync(join(root, 'models/fct_orders.sql'), 'select 1 as order_id')
  edit(FULL)
  git('init', '-q')
  git('add', '.')
  git('commit', '-qm', 'first')
})
afterAll(() => rmSync(root, { recursive: true }))

/** What the command prints and returns, without starting a process. */
async function run(positionals: readonly string[], flags: Readonly<Record<string, string>> = {}) {
  let printed = ''
  const write = (text: string) => {
    printed += text
    return true
  }
  const stream = { write, isTTY: false }
  const output = new Output(
    { json: false, quiet: true, color: false, logFormat: 'text' },
    Object.assign(Object.create(process.stdout), stream),
    Object.assign(Object.create(process.stderr), { write: () => true, isTTY: false }),
  )
  const given: Readonly<Record<string, string>> = { 'project-dir': root, ...flags }
  const code = await contracts.run({
    positionals,
    output,
    flags: {
      text: (name) => given[name],
      texts: () => [],
      isSet: () => false,
      choice: () => undefined,
      all: given,
    },
  })
  return { code, printed }
}

it('lists what is promised of which tables', async () => {
  edit(FULL)
  const { code, printed } = await run(['list'])
  expect(code).toBe(0)
  expect(printed).toMatch(/orders +1\.1\.0 +active +sales-data +fct_orders +15 +contracts\/orders\.yml/)
})

it('compares the working tree with a revision, and fails where the policy is not kept', async () => {
  edit(FULL.replace('physicalType: bigint', 'physicalType: date').replace('version: 1.1.0', 'version: 2.0.0'))
  const { code, printed } = await run(['diff'])
  expect(code).toBe(1)
  expect(printed).toBe(`orders (1.1.0 → 2.0.0, breaking)
  breaking orders.order_id: the type is date, and was int64
           neither promises what the other does
  not kept 1 of the changes breaks who reads by the old contract, and its policy asks that finance, crm, #orders know of it 30 days before: say when they were told with --notified
`)
  expect((await run(['diff', 'HEAD'], { notified: '2020-01-01' })).code).toBe(0)
  expect((await run(['diff', 'HEAD', 'HEAD'])).printed).toBe('No contract is other than before.\n')
  edit(FULL)
  expect((await run(['diff'])).code).toBe(0)
})

it('takes nothing for a revision that would be an option of git', async () => {
  await expect(run(['diff', '--output=/tmp/x'])).rejects.toMatchObject({ code: 'WW7014' })
  await expect(run(['diff', 'nowhere'])).rejects.toMatchObject({ code: 'WW7014' })
  await expect(run(['diff', 'HEAD'], { notified: 'soon' })).rejects.toMatchObject({ code: 'WW7001' })
})

it('says every mistake of a file', async () => {
  const file = join(root, 'draft.yml')
  writeFileSync(
    file,
    FULL.replace('kind: DataContract', 'kind: Contract').replace('minLength: 1', 'minLength: x'),
  )
  const error: unknown = await run(['validate', file]).catch((caught: unknown) => caught)
  expect(error instanceof ProjectErrors && error.diagnostics.length).toBe(2)
  writeFileSync(file, FULL)
  expect(await run(['validate', file])).toEqual({ code: 0, printed: 'ok: 1 contract\n' })
})

it('keeps what a contract holds from reaching the terminal as more than text', async () => {
  edit(
    FULL.replace('domain: sales', 'domain: sales\ndataProduct: x').replace(
      'name: status',
      'name: "st\\e[2Jatus\\u202E"',
    ),
  )
  const { printed } = await run(['diff'])
  expect(printed).toContain('orders.st[2Jatus')
  for (const sign of ['\u001B', '\u202E']) expect(printed).not.toContain(sign)
  edit(FULL)
})

it('exports, and refuses what it does not know', async () => {
  const { printed } = await run(['export', 'orders'], { to: 'typescript' })
  expect(printed).toContain('export interface Orders {')
  await expect(run(['export', 'order'], { to: 'sql' })).rejects.toMatchObject({
    code: 'WW7001',
    hint: 'Did you mean orders?',
  })
  await expect(run(['export', 'orders'], { to: 'jsonschema' })).rejects.toMatchObject({
    hint: 'Did you mean "json-schema"?',
  })
  await expect(run(['exports'])).rejects.toMatchObject({ code: 'WW7001' })
})

it('drafts a contract from what the project says of a dataset', async () => {
  writeFileSync(
    join(root, 'models/schema.yml'),
    `version: 2
models:
  - name: fct_orders
    description: 'One "order": #1'
    columns:
      - {name: order_id, data_type: bigint, tests: [not_null, unique]}
      - {name: status, tests: [{accepted_values: {values: [placed, 'no', "x y"]}}]}
`,
  )
  const { printed } = await run(['import', 'fct_orders'])
  rmSync(join(root, 'models/schema.yml'))
  expect(printed).toBe(`apiVersion: v3.1.0
kind: DataContract
id: fct_orders
name: fct_orders
version: 1.0.0
status: draft
schema:
  - name: fct_orders
    physicalName: main.fct_orders
    description: "One \\"order\\": #1"
    properties:
      - name: order_id
        logicalType: integer
        physicalType: bigint
        primaryKey: true
        required: true
      - name: status
        quality:
          - {metric: invalidValues, arguments: {validValues: [placed, "no", "x y"]}, mustBe: 0}
`)
  expect(read(printed).said).toEqual([])
  await expect(run(['import', 'fct_order'])).rejects.toMatchObject({ hint: 'Did you mean fct_orders?' })
})

it('binds a contract to the one dataset of its name', async () => {
  const named = (name: string) => edit(FULL.replace('physicalName: fct_orders', `physicalName: ${name}`))
  named('nowhere')
  expect((await run(['list'])).printed).toMatch(/sales-data +0 +contracts/)
  const model = (schema: string) => `{{ config(alias='both', schema='${schema}') }} select 1 as order_id`
  writeFileSync(join(root, 'models/one.sql'), model('a'))
  writeFileSync(join(root, 'models/two.sql'), model('b'))
  named('both')
  const error: unknown = await run(['list']).catch((caught: unknown) => caught)
  expect(error instanceof ProjectErrors && error.diagnostics[0]?.error).toMatchObject({
    code: 'WW1805',
    message: 'The contract "orders" may be about main_a.both or main_b.both.',
    location: { file: 'contracts/orders.yml', line: 13 },
  })
  named('main_b.both')
  expect((await run(['list'])).printed).toMatch(/ two +\d+ +contracts/)
  for (const name of ['one', 'two']) rmSync(join(root, `models/${name}.sql`))
  edit(FULL)
})

it('refuses a query that reads more than the contract is about', async () => {
  edit(
    FULL.replace(
      "'select count(*) from {object} where order_amount < 0'",
      `"select count(*) from read_csv('/etc/passwd')"`,
    ),
  )
  const error: unknown = await run(['list']).catch((caught: unknown) => caught)
  expect(error instanceof ProjectErrors && error.diagnostics.map((each) => each.error.code)).toContain(
    'WW1806',
  )
  edit(FULL)
})
