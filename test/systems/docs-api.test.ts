import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as api from '../../src/api/index.ts'
import { waterworks } from '../cli/support/waterworks.ts'
import { fencedBlocks } from '../docs/support/fenced-blocks.ts'

const root = join(import.meta.dirname, '../..')
const call = promisify(execFile)
const page = await readFile(join(root, 'docs/api.md'), 'utf8')
const examples = fencedBlocks(page).filter(({ language }) => language === 'ts')
let folder: string
let project: string

/** Lets `waterworks` be imported from the source, as it is from the package. */
const HOOK = `import { registerHooks } from 'node:module'
registerHooks({ resolve(specifier, context, next) {
  return specifier === 'waterworks' ? { url: ${JSON.stringify(pathToFileURL(join(root, 'src/api/index.ts')).href)}, shortCircuit: true } : next(specifier, context)
} })`

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waterworks-api-'))
  await waterworks(folder, ['init', 'sample', '--yes'])
  project = join(folder, 'sample')
  await mkdir(join(project, 'scripts'))
  await writeFile(join(project, 'package.json'), '{"type": "module"}')
  for (const [index, { text }] of examples.entries()) {
    await writeFile(join(project, 'scripts', `example-${index}.ts`), text)
  }
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the examples of docs/api.md', () => {
  test('show every function of the API', () => {
    const functions = Object.entries(api).flatMap(([name, value]) =>
      /^[a-z]/.test(name) && typeof value === 'function' ? [name] : [],
    )
    expect(functions.toSorted()).toEqual(['buildGraph', 'loadProject', 'plan', 'run'])
    for (const name of functions) expect(examples.some(({ text }) => text.includes(`${name}(`))).toBe(true)
  })

  test('satisfy the compiler', async () => {
    const config = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        paths: { waterworks: [join(root, 'src/api/index.ts')] },
        typeRoots: [join(root, 'node_modules/@types')],
      },
      include: ['scripts'],
    }
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify(config))
    const compiled = await call(join(root, 'node_modules/.bin/tsc'), ['-p', '.'], { cwd: project }).catch(
      (error) => error,
    )
    expect(compiled.stdout).toBe('')
  })

  test.each(examples.map(({ line, text }, index) => [line, index, text] as const))(
    'run (line %i)',
    async (_line, index, text) => {
      const hook = `data:text/javascript,${encodeURIComponent(HOOK)}`
      const ran = await call(process.execPath, ['--import', hook, join('scripts', `example-${index}.ts`)], {
        cwd: project,
      })
      expect(ran.stderr).toBe('')
      if (text.includes('run(')) expect(ran.stdout).toContain('success')
      else expect(ran.stdout).toMatch(/sample|stg_|mrt_/)
    },
  )
})

test('what is run by the API is recorded like any other run, and can be stopped', async () => {
  const loaded = await api.loadProject(project)
  const events: api.Event[] = []
  const report = await api.run(loaded, { select: ['sample_orders'], onEvent: (event) => events.push(event) })
  expect(report).toMatchObject({ status: 'success', nodes: [{ node: 'pipeline.sample.sample_orders' }] })
  expect(events.at(-1)?.type).toBe('run-finished')
  expect((await waterworks(project, ['runs'])).stdout).toContain(report.runId)
  const stopped = await api.run(loaded, { signal: AbortSignal.abort() })
  expect(stopped.nodes.every(({ status }) => status === 'skipped')).toBe(true)
  await expect(api.plan(loaded, { target: 'nowhere' })).rejects.toMatchObject({ code: 'WW1013' })
})
