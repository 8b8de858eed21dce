import { userInfo } from 'node:os'
import { expect, test } from 'vitest'
import { clearValues } from '../support/clear-values.ts'
import { suiteEngine } from '../support/engines.ts'
import { RunProject } from '../support/run-project.ts'
import { waterworks } from './support/waterworks.ts'

const engine = suiteEngine('duckdb')
const KEY = '0123456789abcdef'.repeat(4)

const pipeline = (policy: string) => `pipeline:
  name: people
  extract: {source_system: crm, files: "in/*", personal: {email: {policy: ${policy}}}}
  load: {strategy: append}
`

test('reveals and erases what tokens stand for, once it is recorded who asks and why; plan goes on without the key', async () => {
  const project = await RunProject.create(engine.engine, {
    'waterworks.yml': `name: shop\nprivacy: {keys: {k1: "\${PRIVACY_KEY}"}}\n`,
    '.env': `PRIVACY_KEY=${KEY}\n`,
    'pipelines/people.yml': pipeline('token'),
    'in/people.csv': 'id,email\n1,ada@example.org\n2,grace@example.org\n',
  })
  expect(await waterworks(project.root, ['build', '--quiet'])).toMatchObject({ code: 0 })
  const query = 'select email from raw.raw_crm_people order by id'
  const { stdout } = await waterworks(project.root, ['sql', '--format', 'csv', query])
  const [, ada = '', grace = ''] = stdout.split(/\r?\n/)
  const privacy = (...args: readonly string[]) => waterworks(project.root, ['privacy', ...args])

  expect(await privacy('reveal', ada)).toMatchObject({ code: 2, stdout: '' })
  const revealed = await privacy('reveal', grace, ada, '--reason', `a test with ${KEY}`)
  expect(revealed).toMatchObject({ code: 0, stdout: 'grace@example.org\nada@example.org\n' })
  const erased = await privacy('erase', ada, '--reason', 'request 17', '--json')
  expect(JSON.parse(erased.stdout)).toMatchObject({ erased: [ada] })
  const gone = await privacy('reveal', grace, ada, '--reason', 'again')
  expect(gone).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('WW4606') })

  const log = await privacy('log', '--json')
  const by = userInfo().username
  expect(JSON.parse(log.stdout)).toMatchObject({
    accesses: [
      { action: 'reveal', token: grace, by, reason: 'a test with ***' },
      { action: 'reveal', token: ada, by },
      { action: 'erase', token: ada, by, reason: 'request 17' },
      { action: 'reveal', token: grace, by, reason: 'again' },
      { action: 'reveal', token: ada, by, reason: 'again' },
    ],
  })
  expect(await clearValues(project.root, ['@example.org'], (path) => path.startsWith('.waterworks'))).toEqual(
    [],
  )

  await project.write({ '.env': '', 'pipelines/people.yml': pipeline('mask') })
  const planned = await waterworks(project.root, ['plan', '--json'])
  expect(planned.code).toBe(0)
  expect(planned.stderr).toContain('(WW4602)')
  expect(planned.stderr).toContain('people has rows treated otherwise (email: token → mask as other)')
  expect(JSON.parse(planned.stdout).tasks).toMatchObject([{ name: 'people' }])
})
