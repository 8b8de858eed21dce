import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ProjectErrors } from '../../src/errors/project-errors.ts'
import { renderDiagnostics } from '../../src/errors/render.ts'
import { loadProject } from '../../src/project/load-project.ts'

const fixture = join(import.meta.dirname, 'fixtures', 'flights')
const paths = ['waterworks.yml', 'dbt_project.yml', 'pipelines/flights.yml', 'models/schema.yml'] as const
const texts = new Map<string, string>()
let root = ''

beforeAll(async () => {
  for (const path of paths) texts.set(path, await readFile(join(fixture, path), 'utf8'))
  root = await mkdtemp(join(tmpdir(), 'waterworks-fuzz-'))
  for (const folder of ['pipelines', 'models']) await mkdir(join(root, folder))
})

afterAll(() => rm(root, { recursive: true }))

/** Loads the project with one file changed; anything but a project or ProjectErrors that can be shown fails. */
async function survives(path: string, text: string): Promise<void> {
  for (const [other, own] of texts) await writeFile(join(root, other), other === path ? text : own)
  try {
    await loadProject(root, { env: { PGPORT: '1', PGPASSWORD: 'x' } })
  } catch (error) {
    expect(error).toBeInstanceOf(ProjectErrors)
    if (!(error instanceof ProjectErrors)) return
    expect(renderDiagnostics(error.diagnostics, { color: true })).toContain('error')
    for (const { error: problem } of error.diagnostics) {
      expect(problem.location?.line).toBeGreaterThan(0)
      expect(problem.location?.column).toBeGreaterThan(0)
    }
  }
}

it('survives any damage to a file', async () => {
  const damage = fc.record({
    path: fc.constantFrom(...paths),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(30),
    insert: fc.oneof(
      fc.constantFrom(
        '',
        ':',
        '- ',
        '\n',
        '\t',
        '&x ',
        '*x',
        '{',
        '}',
        '[',
        '"',
        '{{ x }}',
        `\${X}`,
        'null',
        '? ',
        '---\n',
        '<<: ',
      ),
      fc.string({ maxLength: 6 }),
    ),
  })
  await fc.assert(
    fc.asyncProperty(damage, async ({ path, at, length, insert }) => {
      const text = texts.get(path)!
      const start = Math.floor(at * text.length)
      await survives(path, text.slice(0, start) + insert + text.slice(start + length))
    }),
    { numRuns: 150 },
  )
})

it('survives any value in any place', async () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom<unknown>([], {}, null, [null], { '': null }, 1e300, '__proto__', 'constructor'),
  )
  const change = fc.record({ path: fc.constantFrom(...paths), line: fc.nat(60), value })
  await fc.assert(
    fc.asyncProperty(change, async ({ path, line, value }) => {
      const lines = texts.get(path)!.split('\n')
      const at = line % lines.length
      const key = /^(\s*(?:- )*[^\s:#]+:)/.exec(lines[at]!)?.[1] ?? 'x:'
      lines[at] = `${key} ${JSON.stringify(value)}`
      await survives(path, lines.join('\n'))
    }),
    { numRuns: 150 },
  )
})
