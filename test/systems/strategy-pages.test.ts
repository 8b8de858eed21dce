import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { fencedBlocks } from '../docs/support/fenced-blocks.ts'
import { broken, checkoutTools, runPage, stepsOf } from '../docs/support/run-page.ts'

const pages = join(import.meta.dirname, '../../docs/strategies')
const names = (await readdir(pages)).map((name) => name.replace('.md', ''))

describe('the page of', () => {
  test.each(names)('%s shows what happens', async (name) => {
    const folder = await mkdtemp(join(tmpdir(), 'waterworks-strategy-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    await mkdir(join(folder, 'work'))
    const steps = stepsOf(fencedBlocks(await readFile(join(pages, `${name}.md`), 'utf8')))
    const tools = await checkoutTools(join(folder, 'tools'))
    expect(broken(`${name}.md`, await runPage(steps, join(folder, 'work'), tools))).toBe('')
  })
})
