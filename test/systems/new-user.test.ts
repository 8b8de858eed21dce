import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fencedBlocks } from '../docs/support/fenced-blocks.ts'
import { broken, runPage, stepsOf } from '../docs/support/run-page.ts'

const root = join(import.meta.dirname, '../..')
const call = promisify(execFile)
/** What the pages call the package. */
const WRITTEN = 'path/to/waterworks-0.1.0.tgz'
let place: string
let tools: string
let tarball: string

/** What making the package reads. */
const PACKED = [
  'bin',
  'src',
  'schemas',
  'docs',
  'scripts',
  'package.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
]
const CONFIGS = ['tsconfig.json', 'tsconfig.types.json', 'rolldown.config.ts']

/**
 * The package is made as the readme says, in a copy: making it replaces `dist`, which other suites run from. The tools
 * are npm's own with the Node that the package asks for.
 */
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'waterworks-new-user-'))
  const checkout = join(place, 'checkout')
  for (const name of [...PACKED, ...CONFIGS]) {
    await cp(join(root, name), join(checkout, name), { recursive: true })
  }
  await symlink(join(root, 'node_modules'), join(checkout, 'node_modules'))
  const [pack] = await installBlocks()
  expect(pack?.text).toMatch(/^npm pack/)
  await call('bash', ['-c', pack!.text], { cwd: checkout })
  const made = (await readdir(checkout)).filter((name) => name.endsWith('.tgz'))
  expect(WRITTEN.endsWith(made[0] ?? 'nothing')).toBe(true)
  tarball = join(checkout, made[0]!)
  tools = join(place, 'tools')
  await mkdir(tools)
  await symlink(process.execPath, join(tools, 'node'))
  for (const name of ['npm', 'npx']) {
    const { stdout } = await call('bash', ['-c', `command -v ${name}`])
    await symlink(stdout.trim(), join(tools, name))
  }
}, 300_000)

afterAll(() => rm(place, { recursive: true, force: true }))

async function installBlocks() {
  const readme = await readFile(join(root, 'README.md'), 'utf8')
  const section = /^## Install\n([\s\S]*?)^## /m.exec(readme)?.[1] ?? ''
  return fencedBlocks(section)
}

async function follow(name: string, blocks: ReturnType<typeof fencedBlocks>): Promise<string> {
  const folder = join(place, name)
  await mkdir(folder)
  const steps = stepsOf(blocks).map((step) => ({
    ...step,
    command: step.command.replaceAll(WRITTEN, tarball),
  }))
  expect(steps.some(({ command }) => command.includes(tarball))).toBe(true)
  return broken(name, await runPage(steps, folder, tools))
}

test('a new user gets from the readme to a table that is built', async () => {
  expect(await follow('readme', (await installBlocks()).slice(1))).toBe('')
})

test('a new user gets through the getting-started page, word by word', async () => {
  const page = await readFile(join(root, 'docs/getting-started.md'), 'utf8')
  expect(await follow('getting-started', fencedBlocks(page))).toBe('')
})
