import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { builtInPackageOf } from '../../../src/project/built-in-packages.ts'

const library = new URL('../../../src/dbt/library/', import.meta.url).pathname

/** Every macro of the library with the file that it stands in. */
const macros = globSync('**/*.sql', { cwd: library }).flatMap((path) =>
  [...readFileSync(`${library}${path}`, 'utf8').matchAll(/\{%-?\s*macro\s+(\w+)/g)].map(([, name]) => ({
    path,
    name: name!,
  })),
)

test('every built-in macro is once in its package', () => {
  const names = macros.map(({ path, name }) => `${builtInPackageOf(path)}.${name}`)
  expect(names.length).toBeGreaterThan(300)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})

test('what one engine does stands with that engine', () => {
  // Macros of our own have no package of an engine to stand in.
  const misplaced = macros.filter(({ path, name }) => {
    const engine = /^(duckdb|postgres)__/.exec(name)?.[1]
    return engine !== undefined && !path.startsWith('waterworks/') && !path.startsWith(`${engine}/`)
  })
  expect(misplaced).toEqual([])
})
