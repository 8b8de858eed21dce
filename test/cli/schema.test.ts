import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { copyOfFixture, waterworks } from './support/waterworks.ts'

test('schema prints one, and says what was meant', async () => {
  const folder = await copyOfFixture('shop')
  const [printed, misspelt] = await Promise.all([
    waterworks('/', ['schema', 'pipeline']),
    waterworks('/', ['schema', 'pipelin']),
  ])
  expect(JSON.parse(printed.stdout)).toMatchObject({ title: 'Waterworks pipeline' })
  expect(misspelt).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean pipeline?') })
  expect((await waterworks(folder, ['schema', '--write'])).code).toBe(0)
  const written = await readFile(join(folder, '.waterworks/schemas/pipeline.json'), 'utf8')
  expect(written).toBe(printed.stdout)
})

test('a build puts the schemas where the files of the project look for them', async () => {
  const folder = await copyOfFixture('shop')
  await waterworks(folder, ['build'])
  const written = JSON.parse(await readFile(join(folder, '.waterworks/schemas/waterworks.json'), 'utf8'))
  expect(written).toMatchObject({ title: 'Waterworks project' })
})
