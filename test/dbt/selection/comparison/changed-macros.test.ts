import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { changedMacros } from '../../../../src/dbt/selection/comparison/changed-macros.ts'
import { parseManifest } from '../../../../src/dbt/selection/comparison/parse-manifest.ts'
import { graphOfManifest } from '../../../../src/dbt/selection/selection-graph.ts'
import { type Golden, listing } from '../dbt-listing.ts'

const { manifest }: Golden = JSON.parse(readFileSync(new URL('../golden.json', import.meta.url), 'utf8'))
const previous = parseManifest(JSON.stringify(manifest), 'manifest.json')

it('a macro that calls a changed one has changed, and so have the models that call it', () => {
  const before = structuredClone(previous)
  before.macros['macro.helpers.cents']!.macro_sql = '{% macro cents(column) %}other{% endmacro %}'
  expect([...changedMacros(manifest, before)].sort()).toEqual(['macro.helpers.cents', 'macro.shop.money'])
  const modified = ['--select', 'state:modified.macros', '--indirect-selection', 'empty']
  expect(listing(graphOfManifest(manifest), modified, { manifest: before })).toEqual([
    'model.shop.fct_orders',
  ])
})

it('a macro that was not there has changed', () => {
  const { 'macro.shop.unused': _, ...macros } = previous.macros
  expect([...changedMacros(manifest, { ...previous, macros })]).toEqual(['macro.shop.unused'])
  expect(changedMacros(manifest, previous).size).toBe(0)
})
