import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clearValues } from '../support/clear-values.ts'
import { announcedSeed, Random } from '../support/scratch/random.ts'
import { WaterworksProcess } from '../support/scratch/waterworks-process.ts'

const ROWS = 30_000
/** In every row, so that whatever is left of any of them shows. */
const PLANTED = ['quokka-mail', 'Numbat-Lovelace', '+1 212 5']

const person = (n: number) => ({
  id: n,
  email: `quokka-mail${n}@example.org`,
  name: `Ada Numbat-Lovelace${n}`,
  phone: `+1 212 55501${n}`,
})
const people = Array.from({ length: ROWS }, (_, n) => person(n))
/** One row in a thousand cannot be read: it has a field too many. */
const csv = people
  .map(({ id, email, name, phone }) =>
    [id, email, name, phone, ...(id % 1000 === 7 ? ['more'] : [])].join(','),
  )
  .join('\n')

const FILES: Readonly<Record<string, string>> = {
  'waterworks.yml': `name: kills
privacy: {keys: {k1: "\${PRIVACY_KEY}"}}
targets: {local: {type: duckdb, memory_limit: 200MB}}
`,
  '.env': `PRIVACY_KEY=${'5a'.repeat(32)}\n`,
  'in/people.csv': `id,email,name,phone\n${csv}\n`,
  'in/people.ndjson': people.map((each) => JSON.stringify({ id: each.id, who: each })).join('\n'),
  'pipelines/people.yml': `pipeline:
  name: people
  extract: {source_system: crm, files: in/people.csv, personal: {email: {kind: email, policy: token}, name: name, phone: phone}}
  load: {strategy: merge, merge_keys: [email]}
  error_handling: {strategy: dead-letter}
`,
  'pipelines/nested.yml': `pipeline:
  name: nested
  extract: {source_system: crm, files: in/people.ndjson, personal: {who.email: email, who.name: {policy: drop}, who.phone: {kind: phone, policy: mask}}}
  load: {strategy: append}
`,
}

describe('a command killed while personal data passes', () => {
  const random = new Random(announcedSeed('personal data'))
  let root: string

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'waterworks-kills-'))
    for (const [path, text] of Object.entries(FILES)) {
      await mkdir(dirname(join(root, path)), { recursive: true })
      await writeFile(join(root, path), text)
    }
  })

  afterAll(() => rm(root, { recursive: true, force: true }))

  const start = (failPoints?: string) =>
    new WaterworksProcess(
      ['build', '--project-dir', root],
      failPoints === undefined ? {} : { WATERWORKS_FAIL_POINTS: failPoints },
    )
  const left = () => clearValues(root, PLANTED, (path) => !path.startsWith('in/'))

  it('leaves no clear value behind, whenever it dies', async () => {
    for (const point of ['after-landing-rename', 'during-quarantine', 'before-position', 'before-commit']) {
      const ended = await start(`${point}:kill@1`).ended
      expect(ended.signal, `${point}\n${ended.stdout}${ended.stderr}`).toBe('SIGKILL')
      expect(await left(), point).toEqual([])
    }
    await rm(join(root, '.waterworks'), { recursive: true, force: true })
    for (let kill = 0; kill < 6; kill++) {
      const wait = 300 + random.between(0, 2500)
      const running = start()
      await Promise.race([sleep(wait), running.ended])
      running.kill()
      await running.ended
      expect(await left(), `killed after ${wait} ms`).toEqual([])
    }
  })

  it('has loaded everything in the end, and told of it without a value', async () => {
    const ended = await start().ended
    expect(ended.exitCode, ended.stdout + ended.stderr).toBe(0)
    expect(PLANTED.filter((value) => (ended.stdout + ended.stderr).includes(value))).toEqual([])
    expect(await left()).toEqual([])
    // What the search would find, were it there.
    expect((await clearValues(root, PLANTED)).length).toBeGreaterThanOrEqual(PLANTED.length)
  })
})
