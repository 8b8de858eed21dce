import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ProjectErrors } from '../../src/errors/project-errors.ts'
import { renderDiagnostics } from '../../src/errors/render.ts'
import { loadProject } from '../../src/project/load-project.ts'

async function rendered(fixture: string): Promise<string> {
  const root = join(import.meta.dirname, 'fixtures', fixture)
  const error: unknown = await loadProject(root, { env: {} }).catch((caught: unknown) => caught)
  if (!(error instanceof ProjectErrors)) throw error
  return `${renderDiagnostics(error.diagnostics, { color: false })}\n`
}

it('reports every mistake of a project at once, each with its line and remedy', async () => {
  const text = await rendered('broken')
  await expect(text).toMatchFileSnapshot('golden/broken.txt')
  const kinds = new Set([...text.matchAll(/^error (WW\d+)/gm)].map(([, code]) => code))
  expect(kinds.size).toBeGreaterThanOrEqual(24)
  expect(text).not.toMatch(/hunter2|s3cret|abcdef/)
})

it('reports mistakes of the profile that is used', async () => {
  const text = await rendered('broken_profiles')
  await expect(text).toMatchFileSnapshot('golden/broken-profiles.txt')
  expect(text).not.toMatch(/hunter2|not-looked-at/)
})
