import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ran, waterworks } from './support/waterworks.ts'

/** Planted where secrets come from: the environment, `.env`, a file, a command, a password in an address. */
const SECRETS = {
  environment: 'env-S3cret-quokka',
  envFile: `dot'env"S3cret\\numbat`,
  file: 'file-S3cret-bilby\nsecond-line-of-the-secret',
  command: 'command-S3cret-potoroo',
  address: 'address:S3cret/kowari',
}

/** Planted in the files that are loaded. */
const PERSONAL = [
  'ada@example.org',
  'Lovelace-Byron',
  '+44-1632-960983',
  'GB33BUKB20201555555555',
  '1815-12-10',
]

const PEOPLE = `person_id,email,surname,phone,iban,born,amount
1,ada@example.org,Lovelace-Byron,+44-1632-960983,GB33BUKB20201555555555,1815-12-10,10
2,ada@example.org,Lovelace-Byron,+44-1632-960983,GB33BUKB20201555555555,not a day,20
3,ada@example.org,Lovelace-Byron,+44-1632-960983,GB33BUKB20201555555555,1815-12-10,-30
4,ada@example.org,Lovelace-Byron,+44-1632-960983,GB33BUKB20201555555555,1815-12-10,40,ada@example.org
1,ada@example.org,Lovelace-Byron,+44-1632-960983,GB33BUKB20201555555555,1815-12-10,10
`

const FILES = {
  'waterworks.yml': `name: leaks
default_target: local
secrets: {command: [./vault]}
targets:
  local: {type: duckdb}
  away:
    type: postgres
    host: 127.0.0.1
    port: 1
    user: reader
    password: \${AWAY_PASSWORD}
    database: away
  far: {type: postgres, host: 127.0.0.1, port: 1, user: reader, database: far, password: "\${file:far-password}"}
  last: {type: postgres, host: 127.0.0.1, port: 1, user: reader, database: last, password: "\${secret:last}"}
connections:
  crm: {type: files, token: "\${CRM_TOKEN}"}
`,
  '.env': `CRM_TOKEN="dot'env\\"S3cret\\\\numbat"\nPEOPLE_URL=https://reader:${encodeURIComponent(SECRETS.address)}@example.org/\n`,
  'far-password': `${SECRETS.file}\n`,
  vault: `#!/bin/sh\necho '${SECRETS.command}'\necho '${SECRETS.command}' >&2\n`,
  'data/people.csv': PEOPLE,
  'pipelines/people.yml': `pipeline:
  name: people
  description: People, fetched with \${AWAY_PASSWORD}.
  extract: {source_system: crm, connection: crm, files: data/people.csv}
  transform:
    stages:
      - name: clean
        operations:
          - cast: {born: date}
  load: {strategy: merge, merge_keys: [person_id]}
  quality_gates:
    pre_load:
      - accepted_range: {column: amount, min: 0}
      - expression: {name: not_the_token, expression: "surname = '\${AWAY_PASSWORD}'", severity: warn}
    post_load:
      - unique: {columns: email, severity: warn}
  error_handling: {strategy: dead-letter}
`,
  'pipelines/held.yml': `pipeline:
  name: held
  extract: {source_system: crm, table: held, files: data/people.csv}
  load: {strategy: append}
  quality_gates:
    post_load:
      - unique: email
      - expression: "email = '\${secret:last}'"
  error_handling: {strategy: dead-letter}
`,
  'models/stg_people.sql': "select * from {{ source('crm', 'people') }}\n",
  'models/of_the_environment.sql': `select '{{ env_var("AWAY_PASSWORD") }}' as password, cast(email as integer) as broken from {{ ref('stg_people') }}\n`,
  'models/broken_value.sql':
    "{{ config(materialized='table') }}\nselect cast(surname as integer) as n from {{ ref('stg_people') }}\n",
  'models/broken_statement.sql': `select nothing, '{{ env_var("AWAY_PASSWORD") }}' from {{ ref('stg_people') }}\n`,
  'models/schema.yml': `version: 2
models:
  - name: stg_people
    columns:
      - name: email
        tests: [unique, {accepted_values: {values: [nobody]}}]
      - name: surname
        tests:
          - relationships: {to: ref('broken_value'), field: n}
`,
}

let root: string
const ran: { readonly command: string; readonly result: Ran }[] = []

async function run(...args: string[]): Promise<Ran> {
  const env = { AWAY_PASSWORD: SECRETS.environment }
  const result = await waterworks(root, args, { env })
  ran.push({ command: args.join(' '), result })
  return result
}

/** Every spelling of a secret: as it is, in JSON, in an address, in SQL; and its lines. */
function spellings(secret: string): string[] {
  const whole = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    secret.replaceAll("'", "''"),
  ]
  return [...whole, ...secret.split('\n')]
}

const FORBIDDEN = [...Object.values(SECRETS).flatMap(spellings), ...PERSONAL]

function found(text: string): readonly string[] {
  return FORBIDDEN.filter((word) => text.includes(word))
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'waterworks-leaks-'))
  for (const [path, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  await chmod(join(root, 'vault'), 0o755)
  await run('build')
  await run('build', '--json', '--debug')
  await run('build', '--log-format', 'json', '--debug')
  const beforehand = [
    ...[
      'check',
      'check --json',
      'plan',
      'plan --json',
      'ls',
      'ls --json',
      'ls --tree',
      'debug',
      'debug --json',
    ],
    ...['test', 'test --json', 'retry', 'runs', 'runs --json', 'show of_the_environment --compiled'],
    ...['show broken_statement --compiled --json', 'quarantine list', 'quarantine list --json'],
    ...['quarantine show', 'quarantine show --json', 'quarantine replay --debug', 'quarantine replay --json'],
    ...['build --target away --debug', 'build --target far --json --debug', 'build --target last --debug'],
    ...['ingest --target last --log-format json --debug', 'show of_the_environment --debug'],
  ]
  for (const line of beforehand) await run(...line.split(' '))
  await run('sql', '--debug', 'select cast(email as integer) from raw.raw_crm_people')
  await run('sql', '--json', "select error('x' || surname) from raw.raw_crm_people")
  const [newest] = JSON.parse((await run('runs', '--json')).stdout).runs
  for (const flag of ['', '--events', '--records', '--json']) {
    await run('runs', newest.run_id, ...(flag === '' ? [] : [flag]))
  }
}, 120_000)

afterAll(() => rm(root, { recursive: true, force: true }))

describe('no secret and no personal value', () => {
  test('is printed by any command', () => {
    const leaks = ran.flatMap(({ command, result }) => {
      const words = found(`${result.stdout}\n${result.stderr}`)
      return words.length === 0 ? [] : [`${command}: ${words.join(', ')}`]
    })
    expect(leaks).toEqual([])
  })

  test('is kept in state, events, run records or logs; only data holds data', async () => {
    const data = /^\.waterworks\/(?:warehouse\.duckdb|landing\/|evidence\/)/
    const entries = await readdir(join(root, '.waterworks'), { recursive: true, withFileTypes: true })
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    const looked = files.filter((file) => !data.test(file))
    expect(looked).toEqual(
      expect.arrayContaining(['.waterworks/logs/pipeline-runs.ndjson', '.waterworks/state.db']),
    )
    const leaks = []
    for (const file of looked) {
      const words = found(await readFile(join(root, file), 'latin1'))
      if (words.length > 0) leaks.push(`${file}: ${words.join(', ')}`)
    }
    expect(leaks).toEqual([])
    // A secret is no data either.
    for (const file of files.filter((each) => data.test(each))) {
      const text = await readFile(join(root, file), 'latin1')
      expect(Object.values(SECRETS).filter((secret) => text.includes(secret))).toEqual([])
    }
  })

  test('was looked for where there was something to leak', () => {
    const outputs = ran.map(({ result }) => `${result.stdout}${result.stderr}`).join('\n')
    for (const said of [
      'WW3002',
      'Conversion Error',
      'accepted_range_amount',
      'cannot be read as date',
      '***',
    ]) {
      expect(outputs).toContain(said)
    }
    expect(ran.find(({ command }) => command === 'quarantine show')?.result.stdout).toContain('@')
    expect(outputs).toMatch(/\n\s+at /)
  })
})
