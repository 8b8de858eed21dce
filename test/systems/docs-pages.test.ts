import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { fencedBlocks } from '../docs/support/fenced-blocks.ts'
import { broken, checkoutTools, runPage, stepsOf } from '../docs/support/run-page.ts'

const docs = join(import.meta.dirname, '../../docs')
const folder = async (name: string) => (await readdir(join(docs, name))).map((page) => `${name}/${page}`)
const pages = [
  'getting-started.md',
  'concepts.md',
  'taps.md',
  'requests.md',
  'personal-data.md',
  'nested-data.md',
  'schema-changes.md',
  'contracts.md',
  'expectations.md',
  ...(await folder('how-to')),
  ...(await folder('strategies')),
]

describe('the examples of', () => {
  test.each(pages)('%s work as the page shows them', async (name) => {
    const steps = stepsOf(fencedBlocks(await readFile(join(docs, name), 'utf8')))
    expect(steps.length).toBeGreaterThan(0)
    const place = await mkdtemp(join(tmpdir(), 'waterworks-docs-'))
    onTestFinished(() => rm(place, { recursive: true, force: true }))
    await mkdir(join(place, 'work'))
    const tools = await checkoutTools(join(place, 'tools'))
    expect(broken(name, await runPage(steps, join(place, 'work'), tools))).toBe('')
  })
})
