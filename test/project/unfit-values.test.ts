import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { loadProject } from '../../src/project/load-project.ts'

let root = ''

afterEach(() => rm(root, { recursive: true, force: true }))

async function load(files: Readonly<Record<string, string>>) {
  root = await mkdtemp(join(tmpdir(), 'waterworks-unfit-'))
  for (const [path, text] of Object.entries({ 'waterworks.yml': 'name: shop\n', ...files })) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return loadProject(root, { env: { TIER: '1.5' } })
}

test('a float that stands for a name is refused once', async () => {
  await expect(load({ 'models/schema.yml': 'models: [{name: 1.0e+308}]\n' })).rejects.toMatchObject({
    diagnostics: [{ error: { location: { line: 1 } } }],
  })
})

test('so is a value of the environment that is a number, and not of the right kind', async () => {
  const pipeline = 'pipeline:\n  name: a\n  tier: $' + '{TIER}\n  sla_minutes: $' + '{TIER}\n'
  await expect(
    load({
      'pipelines/a.yml': `${pipeline}  extract: {source_system: s, files: a.csv}\n  load: {strategy: append}\n`,
    }),
  ).rejects.toMatchObject({ name: 'ProjectErrors' })
})
