import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const FOLDER = fileURLToPath(new URL('../../test/dbt-projects', import.meta.url))

/** The names of all fixture projects. */
export function fixtureNames(): readonly string[] {
  return readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted()
}

/** The folder of a fixture project. */
export function fixtureFolder(name: string): string {
  return join(FOLDER, name)
}
