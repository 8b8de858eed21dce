import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { manifestSelectors } from '../../../src/dbt/selection/manifest-selectors.ts'
import { parseYaml } from '../../../src/project/yaml/parse-yaml.ts'
import { type Golden, projectFolder } from './dbt-listing.ts'

const golden: Golden = JSON.parse(readFileSync(new URL('golden.json', import.meta.url), 'utf8'))

it('selectors stand in the manifest as dbt writes them', () => {
  const document = parseYaml(
    readFileSync(`${projectFolder}/selectors.yml`, 'utf8'),
    'selectors.yml',
    'pyyaml',
  )
  expect(manifestSelectors(document)).toEqual(golden.manifest.selectors)
})

it('terms are taken apart, operators included', () => {
  const definition = { union: ['2+config.materialized:view+1', '@tag:x', { exclude: ['models/a'] }] }
  expect(manifestSelectors({ selectors: [{ name: 'a', definition }] })).toEqual({
    a: {
      name: 'a',
      definition: {
        union: [
          {
            parents: true,
            parents_depth: '2',
            method: 'config.materialized',
            value: 'view',
            children: true,
            children_depth: '1',
          },
          { childrens_parents: true, method: 'tag', value: 'x' },
          { exclude: [{ method: 'path', value: 'models/a' }] },
        ],
      },
    },
  })
  expect(manifestSelectors(undefined)).toEqual({})
})
