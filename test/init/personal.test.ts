import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { makeStarter } from '../../src/init/make-starter.ts'
import { databasePipelineText } from '../../src/init/text/database-pipeline-text.ts'
import { suiteEngine } from '../support/engines.ts'

const test = suiteEngine('duckdb')

it('what looks personal is declared with what speaks for it, kept as it is, and nothing else is', async () => {
  const root = await mkdtemp(join(tmpdir(), 'waterworks-init-personal-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  const people = Array.from({ length: 30 }, (_, n) =>
    JSON.stringify({
      id: n,
      mail: n % 10 === 0 ? 'none' : `p${n}@example.org`,
      profile: { ip: `198.51.100.${n}` },
      amount: n * 7,
    }),
  )
  await writeFile(join(root, 'people.ndjson'), `${people.join('\n')}\n`)
  await writeFile(join(root, 'sizes.csv'), 'size,height\nS,10\nM,20\nL,30\n')
  const session = await test.engine.connect()
  onTestFinished(() => session.close())
  const files = ['people.ndjson', 'sizes.csv'].map((name) => join(root, name))
  const made = await makeStarter(session, { name: 'shop', source: 'crm', root, files })
  const textOf = (name: string) => made.files.find(({ path }) => path === name)?.text ?? ''
  const declared = [
    'personal:',
    '  mail: {kind: email, policy: keep} # 90 % of 30 values look so',
    '  profile.ip: {kind: ip, policy: keep} # 100 % of 30 values look so',
  ]
  const within = (text: string, indent: string) =>
    text.includes(declared.map((line) => `${indent}${line}\n`).join(''))
  expect(within(textOf('pipelines/crm_people.yml'), '    ')).toBe(true)
  expect(textOf('pipelines/crm_sizes.yml')).not.toContain('personal')
  expect(textOf('waterworks.yml')).toContain('privacy:\n  mode: warn\n')
  const database = databasePipelineText(
    made.tables.map((table) => ({ ...table, files: undefined, from: `public.${table.name}` })),
    'crm_db',
  )
  expect(database).toContain('      - table: public.people\n        #')
  expect(within(database, '        ')).toBe(true)
  expect(database).toContain('      - public.sizes\n')
})
