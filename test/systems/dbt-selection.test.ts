import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { preparePython } from '../../scripts/python-program.ts'
import { parseManifest } from '../../src/dbt/selection/comparison/parse-manifest.ts'
import { graphOfManifest } from '../../src/dbt/selection/selection-graph.ts'
import { changedManifest, type Golden, listing, projectFolder } from '../dbt/selection/dbt-listing.ts'

const file = (name: string) => fileURLToPath(new URL(`../dbt/selection/${name}`, import.meta.url))

const python = preparePython(
  {
    script: file('list-with-dbt.py'),
    packages: ['dbt-core==1.10.23', 'dbt-duckdb==1.11.1', 'duckdb==1.5.6'],
  },
  (reason) => console.error(`The differential suite of selections did not run: ${reason}`),
)

it.skipIf(python === undefined)('selections list what real dbt lists', () => {
  const golden: Golden = JSON.parse(python!.run([projectFolder, file('cases.json')]))
  const unlike = golden.cases.flatMap(({ args, listed }) => {
    const ours = listing(graphOfManifest(golden.manifest), args)
    return JSON.stringify(ours) === JSON.stringify(listed) ? [] : [{ args, listed, ours }]
  })
  expect(golden.cases.length).toBeGreaterThan(300)
  expect(unlike).toEqual([])

  const manifest = parseManifest(JSON.stringify(golden.manifest), 'manifest.json')
  const changed = golden.changes.flatMap((change) => {
    const after = changedManifest(golden.manifest, change)
    return change.cases
      .filter(({ args }) => args.some((arg) => arg.includes('state:')))
      .flatMap(({ args, listed }) => {
        const ours = listing(graphOfManifest(after), args, { manifest })
        return JSON.stringify(ours) === JSON.stringify(listed)
          ? []
          : [{ change: change.name, args, listed, ours }]
      })
  })
  expect(golden.changes.length).toBeGreaterThan(15)
  expect(changed).toEqual([])
})
