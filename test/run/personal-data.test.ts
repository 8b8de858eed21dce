import { createHmac } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import { streamOf } from '../connectors/airbyte/scenario.ts'
import { clearValues } from '../support/clear-values.ts'
import { suiteEngine, testEngines } from '../support/engines.ts'
import { FakeApi } from '../support/fake-api.ts'
import { suiteSource } from '../support/postgres-source.ts'
import { RunProject } from '../support/run-project.ts'
import { tableProject, tablesPipeline } from '../support/table-project.ts'

const KEY = '0123456789abcdef'.repeat(4)
const hash = (value: string, id = 'k1', key = KEY) =>
  `${id}:${createHmac('sha256', Buffer.from(key, 'hex')).update(value).digest('hex')}`

const PROJECT = {
  'waterworks.yml': `name: shop\nprivacy: {keys: {k1: "\${PRIVACY_KEY}"}}\n`,
  '.env': `PRIVACY_KEY=${KEY}\n`,
}

const PEOPLE = `id,email,phone,card,born,amount
1,ada@example.org,+44 1632 960983,4111111111111111,1815-12-10,10
2,ada@example.org,,4012888888881881,1815-12-10,20
3,grace@example.org,+1 212 555 0147,5555555555554444,1906-12-09,soon
4,grace@example.org,+1 212 555 0147,5555555555554444,1906-12-09,1,2
`
const VALUES = [
  'ada@example.org',
  'grace@example.org',
  '960983',
  '4111111111111111',
  '12-10',
  '5555555555554444',
]

const pipeline = (personal: string, more = '', load = 'strategy: append') => `pipeline:
  name: people
  extract:
    source_system: crm
    files: ["in/*"]
    personal: {${personal}}
    ${more}
  load: {${load}}
  error_handling: {strategy: dead-letter}
`

/** The project's own files are the source: everything else must be free of their values. */
const kept = (path: string) => path.startsWith('.waterworks')

describe.each(Object.keys(testEngines))('personal data of files on %s', (name) => {
  const test = suiteEngine(name)
  const table = 'raw.raw_crm_people'

  it('is treated as each column says, and what cannot be read is kept without it', async () => {
    const project = await RunProject.create(test.engine, {
      ...PROJECT,
      'pipelines/people.yml': pipeline(
        'email: email, phone: {kind: phone, policy: mask}, card: {kind: card, policy: drop}, Born: birth_date',
        'columns: {amount: bigint}',
      ),
      'in/people.csv': PEOPLE,
    })
    const ran = await project.build()
    expect(ran.node('people').ledger).toMatchObject({ extracted: 4, inserted: 2, rejected: 2 })
    expect(
      await project.rows(`select id, email, phone, born, amount from ${table} order by id`),
    ).toMatchObject([
      { id: 1, email: hash('ada@example.org'), phone: '***0983', born: '1815', amount: 10 },
      { id: 2, email: hash('ada@example.org'), phone: null, born: '1815', amount: 20 },
    ])
    const columns = await project.rows(
      "select column_name from information_schema.columns where table_name = 'raw_crm_people'",
    )
    expect(columns.map((row) => row['column_name'])).not.toContain('card')
    const rejected = await project.rows(
      'select record, line, reason, payload from _waterworks.quarantine order by record',
    )
    expect(rejected).toMatchObject([
      { record: 3, reason: 'column amount: cannot be read as bigint' },
      { record: 4, line: 5, payload: '{"_raw":"","_withheld":true}' },
    ])
    expect(JSON.parse(String(rejected[0]!['payload']))).toEqual({
      id: '3',
      email: hash('grace@example.org'),
      phone: '***0147',
      born: '1906',
      amount: 'soon',
    })
    expect(VALUES.filter((value) => JSON.stringify(rejected).includes(value))).toEqual([])
    expect((await project.build()).node('people').ledger).toMatchObject({ extracted: 0 })
  })

  it('is nowhere on the disk, also where the load is held', async () => {
    const project = await RunProject.create(test.engine, {
      ...PROJECT,
      'pipelines/people.yml': `${pipeline('email: email, phone: phone, card: card, born: {policy: token}')}  quality_gates: {post_load: [{unique: email}]}\n`,
      'in/people.csv': PEOPLE,
    })
    expect((await project.build()).status).not.toBe('success')
    expect(await clearValues(project.root, VALUES, kept)).toEqual([])
    expect(
      await clearValues(project.root, ['k1:', '***1111'], (path) => path.includes('landing')),
    ).not.toEqual([])
  })

  it('gives the same token for the same value, in every file', async () => {
    const project = await RunProject.create(test.engine, {
      ...PROJECT,
      'pipelines/people.yml': pipeline('email: {kind: email, policy: token}'),
      'in/a.csv': 'id,email\n1,ada@example.org\n2,grace@example.org\n3,\n',
      'in/b.csv': 'id,email\n4,ada@example.org\n',
    })
    await project.build()
    const rows = await project.rows(`select id, email from ${table} order by id`)
    const [ada, grace, nobody, again] = rows.map((row) => row['email'])
    expect(ada).toMatch(/^tok_[\w-]{22}$/)
    expect([grace === ada, nobody, again]).toEqual([false, null, ada])
    expect(await clearValues(project.root, VALUES, kept)).toEqual([])
  })

  it('is refused row by row, and the row waits without it', async () => {
    const project = await RunProject.create(test.engine, {
      ...PROJECT,
      'pipelines/people.yml': pipeline('card: {kind: card, policy: refuse}'),
      'in/people.csv': 'id,card\n1,4111111111111111\n2,\n',
    })
    const ran = await project.build()
    expect(ran.node('people').ledger).toMatchObject({ extracted: 2, inserted: 1, rejected: 1 })
    expect(await project.rows('select reason, payload from _waterworks.quarantine')).toEqual([
      { reason: 'column card: personal data (card) is refused', payload: '{"id":"1","card":null}' },
    ])
  })

  it('is treated within JSON, numbers beside it to the digit', async () => {
    const project = await RunProject.create(test.engine, {
      ...PROJECT,
      'pipelines/people.yml': pipeline(
        'customer.email: email, customer.cards.number: {kind: card, policy: mask}, customer.born: {policy: drop}',
      ),
      'in/people.ndjson': `${JSON.stringify({
        id: 1,
        customer: { email: 'ada@example.org', born: '1815-12-10', cards: [{ number: 4111111111111111 }, {}] },
      }).replace('"cards"', '"big":12345678901234567890.10,"cards"')}\n{"id": 2, "customer": null}\n`,
    })
    await project.build()
    const [row] = await project.rows(`select customer from ${table} where id = 1`)
    const text = String(row!['customer']).replaceAll(' ', '')
    expect(text).toContain('12345678901234567890.1')
    expect(JSON.parse(text)).toMatchObject({
      email: hash('ada@example.org'),
      cards: [{ number: '***1111' }, {}],
    })
    expect(text).not.toContain('born')
  })

  it('of Parquet is treated by the text of its values', async () => {
    const project = await RunProject.create(test.engine, {
      ...PROJECT,
      'pipelines/people.yml': pipeline('phone: phone, born: birth_date, address.mail: email'),
      'in/readme.txt': '',
    })
    await writeParquet(
      join(project.root, 'in/people.parquet'),
      "select 1 as id, 441632960983 as phone, date '1815-12-10' as born, {mail: 'ada@example.org', zip: 7} as address, interval 3 days as since, 12345678901234567890123456789012345678::decimal(38,0) as big",
    )
    await project.write({
      'pipelines/people.yml': pipeline('phone: phone, born: birth_date, address.mail: email').replace(
        'in/*',
        'in/*.parquet',
      ),
    })
    await project.build()
    const [row] = await project.rows(`select * from ${table}`)
    expect(row).toMatchObject({ id: 1, phone: hash('441632960983'), born: '1815' })
    expect(JSON.parse(String(row!['address']))).toEqual({ mail: hash('ada@example.org'), zip: 7 })
    expect(String(row!['big'])).toBe('12345678901234567890123456789012345678')
  })

  it('keeps none of a document that is not of its format', async () => {
    const project = await RunProject.create(test.engine, {
      ...PROJECT,
      'pipelines/people.yml': pipeline('email: email', 'columns: {email: text}'),
      'in/a.json': '[{"id": 1, "email": "ada@example.org"}]',
    })
    await project.write({ 'in/b.json': '[{"id": 1, "email": "grace@example.org"}, {' })
    const ran = await project.build()
    expect(ran.node('people')).toMatchObject({ status: 'success', ledger: { extracted: 2, rejected: 1 } })
    expect(await project.rows('select payload from _waterworks.quarantine')).toEqual([
      { payload: '{"_raw":"","_withheld":true}' },
    ])
  })

  it('knows files under a keyed hash, when the key is followed by another, and without a key that is gone not at all', async () => {
    const project = await RunProject.create(test.engine, {
      ...PROJECT,
      'pipelines/people.yml': pipeline('email: email'),
      'in/a.csv': 'id,email\n1,ada@example.org\n',
    })
    await project.build()
    const other = 'f'.repeat(64)
    await project.write({ '.env': `PRIVACY_KEY=${KEY}\nOTHER_KEY=${other}\n` })
    await project.write({
      'waterworks.yml': `name: shop\nprivacy: {keys: {k2: "\${OTHER_KEY}", k1: "\${PRIVACY_KEY}"}}\n`,
    })
    await project.write({ 'in/b.csv': 'id,email\n2,ada@example.org\n' })
    expect((await project.build()).node('people').ledger).toMatchObject({ extracted: 1 })
    expect(await project.rows(`select email from ${table} order by id`)).toEqual([
      { email: hash('ada@example.org') },
      { email: hash('ada@example.org', 'k2', other) },
    ])
    await project.write({ 'waterworks.yml': `name: shop\nprivacy: {keys: {k2: "\${OTHER_KEY}"}}\n` })
    expect((await project.build()).node('people').message).toContain('the key "k1"')
  })

  it('has in stages the hashes and tokens that it has at the door', async () => {
    const people = 'id,email,phone\n1,ada@example.org,020 7946 0018\n2,grace@example.org,none\n3,,\n'
    const stages =
      'transform: {stages: [{name: conform, operations: [phone: {columns: phone, country: GB}, derive: {column: known_as, expression: email}, keyed_hash: email, tokenize: [known_as, phone]]}]}'
    const project = await RunProject.create(test.engine, {
      ...PROJECT,
      'pipelines/people.yml': pipeline('email: {policy: hash}, phone: {policy: token}'),
      'in/people.csv': 'id,email,phone\n1,ada@example.org,+442079460018\n',
      'pipelines/others.yml': `${pipeline('').replace('name: people', 'name: others').replace('in/*', 'other/*')}  ${stages}\n`,
      'other/people.csv': people,
    })
    const ran = await project.build()
    expect(ran.node('others').ledger).toMatchObject({ extracted: 3, inserted: 2, rejected: 1 })
    const [door] = await project.rows(`select email, phone from ${table}`)
    const others = await project.rows('select id, email, phone, known_as from raw.raw_crm_others order by id')
    expect(others).toEqual([
      { id: 1, ...door, known_as: expect.stringMatching(/^tok_/) },
      { id: 3, email: null, phone: null, known_as: null },
    ])
    expect(door).toMatchObject({ email: hash('ada@example.org'), phone: expect.stringMatching(/^tok_/) })
    expect(await project.rows('select record, reason from _waterworks.quarantine')).toEqual([
      { record: 2, reason: 'column phone is no phone number' },
    ])
  })

  it('is not mixed with what was treated otherwise, and is loaded anew where the table is replaced or gone', async () => {
    const project = await RunProject.create(test.engine, {
      ...PROJECT,
      'pipelines/people.yml': pipeline(''),
      'in/a.csv': 'id,email\n1,ada@example.org\n',
    })
    await project.build()
    await project.write({
      'in/b.csv': 'id,email\n2,grace@example.org\n',
      'pipelines/people.yml': pipeline('email: email'),
    })
    const held = (await project.build()).node('people')
    expect([held.status, held.message]).toEqual([
      'failed',
      'WW4608 people.people has rows treated otherwise (email: keep → hash)',
    ])
    expect(await project.rows(`select id, email from ${table}`)).toEqual([
      { id: 1, email: 'ada@example.org' },
    ])
    expect(await clearValues(project.root, ['grace@example.org'], kept)).toEqual([])

    await project.rows(`drop table ${table}`)
    await project.build()
    const both = [hash('ada@example.org'), hash('grace@example.org')]
    const emails = async () =>
      (await project.rows(`select email from ${table} order by id`)).map((row) => row['email'])
    expect(await emails()).toEqual(both)

    const reloaded = pipeline('email: {policy: token}', '', 'strategy: truncate-reload')
    await project.write({ 'pipelines/people.yml': reloaded })
    expect((await project.build()).node('people').ledger).toMatchObject({ extracted: 2, inserted: 2 })
    expect((await emails()).map((email) => String(email).slice(0, 4))).toEqual(['tok_', 'tok_'])
    expect((await project.build()).node('people').ledger).toMatchObject({ extracted: 0 })
  })

  it('that waits in the landing zone is not loaded as something that it is not', async () => {
    const project = await RunProject.create(test.engine, {
      ...PROJECT,
      'pipelines/people.yml': `${pipeline('')}  quality_gates: {pre_load: [{unique: id}]}\n`,
      'in/a.csv': 'id,email\n1,ada@example.org\n1,grace@example.org\n',
    })
    await project.build()
    await project.write({ 'pipelines/people.yml': pipeline('email: email') })
    const { status, message } = (await project.build()).node('people')
    expect([status, message]).toEqual([
      'failed',
      'WW4609 in/a.csv landed for people.people when its personal data was treated otherwise (email: keep → hash)',
    ])
  })

  it('is not read without a key', async () => {
    const project = await RunProject.create(test.engine, {
      'pipelines/people.yml': pipeline('email: email'),
      'in/a.csv': 'id,email\n1,ada@example.org\n',
    })
    const { status, message } = (await project.build()).node('people')
    expect([status, message]).toEqual(['failed', 'WW4601 there is no key for personal data'])
  })
})

describe('personal data that is not declared', () => {
  const test = suiteEngine('duckdb')
  const rows = Array.from({ length: 20 }, (_, n) => `${n},person${n}@example.org,${n * 7}`)
  const files = (mode: string, personal: string) => ({
    ...PROJECT,
    'waterworks.yml': PROJECT['waterworks.yml'].replace('{keys', `{mode: ${mode}, keys`),
    'pipelines/people.yml': pipeline(personal),
    'in/people.csv': `id,reach_me,amount\n${rows.join('\n')}\n`,
  })

  it('is told of where the project warns, without a value', async () => {
    const project = await RunProject.create(test.engine, files('warn', ''))
    const { status, message } = (await project.build()).node('people')
    expect(status).toBe('success')
    expect(message).toBe(
      'WW4605 people: reach_me looks like personal data (email: 100 % of 20 values looked at) and is not declared: personal: {reach_me: email}',
    )
  })

  it('is told of where a column that is declared does not arrive: it may be called otherwise now', async () => {
    const personal = 'reach_me: email, email: email, AMOUNT.total: other, note: none'
    const project = await RunProject.create(test.engine, files('off', personal))
    const { status, message } = (await project.build()).node('people')
    expect([status, message]).toEqual([
      'success',
      'WW4607 people: email is declared personal and did not arrive',
    ])
    expect((await project.build()).node('people').message).toBe('')
  })

  it('stops everything before it is written where the project enforces', async () => {
    const project = await RunProject.create(test.engine, files('enforce', ''))
    const { status, message } = (await project.build()).node('people')
    expect([status, message.slice(0, 6)]).toEqual(['failed', 'WW4604'])
    expect(message).toContain('personal: {reach_me: email}')
    expect(await clearValues(project.root, ['person7@'], kept)).toEqual([])
  })

  it('is looked for in every row where the project enforces, also beside columns that are treated', async () => {
    const given = files('enforce', 'note: other')
    const late = Array.from(
      { length: 60_000 },
      (_, n) => `${n},${n > 40_000 ? `p${n}@example.org` : 'none'},x`,
    )
    const project = await RunProject.create(test.engine, {
      ...given,
      'in/people.csv': `id,reach_me,note\n${late.join('\n')}\n`,
    })
    expect((await project.build()).node('people').message).toContain('reach_me: email')
    expect(await clearValues(project.root, ['p40005@'], kept)).toEqual([])
  })

  it('passes once it is declared, or declared to be none', async () => {
    const project = await RunProject.create(test.engine, files('enforce', 'reach_me: none'))
    expect((await project.build()).node('people')).toMatchObject({ status: 'success', message: '' })
  })
})

describe.each(Object.keys(testEngines))('personal data of a database on %s', (name) => {
  const test = suiteEngine(name)
  const source = suiteSource(
    'create table people (email text primary key, born date, profile jsonb, salary numeric, n int not null)',
  )

  it('is treated in rows, in keys that are compared, and in what its columns cannot hold', async () => {
    await source.run(
      `insert into people select 'p' || x || '@example.org', date '1980-03-04' + x, jsonb_build_object('phone', '+44163296098' || x), case x when 3 then 'NaN'::numeric else 1 end, x from generate_series(1, 4) x`,
    )
    const project = await tableProject(
      test.engine,
      source.connection,
      tablesPipeline(
        'tables: [{table: people, personal: {email: email, born: birth_date, profile.phone: {kind: phone, policy: mask}}}], columns: {salary: "decimal(10,2)"}, strategy: incremental, incremental_key: n, reconcile: {schedule: "0 0 1 1 *", action: delete}',
        'strategy: merge',
        'error_handling: {strategy: dead-letter}',
      ),
    )
    await project.write({
      '.env': PROJECT['.env'],
      'waterworks.yml': `${await readFile(join(project.root, 'waterworks.yml'), 'utf8')}privacy: {keys: {k1: "\${PRIVACY_KEY}"}}\n`,
    })
    expect((await project.build()).node('shop').ledger).toMatchObject({
      extracted: 4,
      inserted: 3,
      rejected: 1,
    })
    const rows = await project.rows('select email, born, profile from raw.raw_shop_people order by n')
    expect(rows).toMatchObject([1, 2, 4].map((n) => ({ email: hash(`p${n}@example.org`), born: '1980' })))
    expect(JSON.parse(String(rows[0]!['profile']))).toEqual({ phone: '***0981' })
    const [rejected] = await project.rows(
      `select payload from _waterworks.quarantine where pipeline = 'shop'`,
    )
    expect(JSON.parse(String(rejected!['payload']))).toMatchObject({
      email: hash('p3@example.org'),
      salary: 'NaN',
    })
    await source.run(`delete from people where n = 2`)
    const again = await project.build({ change: () => ({ reconcile: true }) })
    expect(again.node('shop').ledger).toMatchObject({ deleted: 1 })
    expect(await clearValues(project.root, ['@example.org', '1980-03', '441632'], kept)).toEqual([])
  })
})

describe('personal data of an HTTP API', () => {
  const test = suiteEngine('duckdb')

  it('is treated before it lands, also within its records', async () => {
    const records = [1, 2, 3].map((id) => ({
      id,
      email: `p${id}@example.org`,
      contact: { phone: `+4416329609${id}0` },
    }))
    const api = await FakeApi.start(() => ({ json: { data: records } }))
    onTestFinished(() => api.close())
    const project = await RunProject.create(test.engine, {
      ...PROJECT,
      'things.yaml': JSON.stringify({
        version: '6.0.0',
        type: 'DeclarativeSource',
        check: { type: 'CheckStream', stream_names: ['things'] },
        streams: [streamOf({})],
      }).replaceAll("{{ config['url'] }}", api.url),
      'pipelines/things.yml': `pipeline:
  name: things
  extract:
    source_system: api
    manifest: things.yaml
    config: {url: "${api.url}"}
    personal: {email: {kind: email, policy: token}, contact.phone: {kind: phone, policy: drop}}
  load: {strategy: truncate-reload}
`,
    })
    expect((await project.build()).node('things')).toMatchObject({ status: 'success', message: '' })
    const rows = await project.rows('select id, email, contact from raw.raw_api_things order by id')
    expect(rows.map((row) => String(row['email']).slice(0, 4))).toEqual(['tok_', 'tok_', 'tok_'])
    expect(rows.map((row) => row['contact'])).toEqual(['{}', '{}', '{}'])
    expect(await clearValues(project.root, ['@example.org', '441632'], kept)).toEqual([])
  })
})

async function writeParquet(path: string, select: string): Promise<void> {
  const engine = new DuckDbEngine({ path: ':memory:' })
  const session = await engine.connect()
  await session.execute(`copy (${select}) to '${path}' (format parquet)`)
  await session.close()
  await engine.close()
}
