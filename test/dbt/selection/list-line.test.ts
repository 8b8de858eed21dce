import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { listLine } from '../../../src/dbt/selection/list-line.ts'
import type { Selectable } from '../../../src/dbt/selection/selectable.ts'
import { graphOfManifest } from '../../../src/dbt/selection/selection-graph.ts'
import type { Golden } from './dbt-listing.ts'

/** Made by list-with-dbt.py: `ls --resource-type all` in every form, and the usual ones as JSON with these keys. */
const golden: Golden & { readonly outputs: Readonly<Record<string, readonly string[]>> } = JSON.parse(
  readFileSync(new URL('golden.json', import.meta.url), 'utf8'),
)
const KEYS = ['unique_id', 'description', 'fqn']

const listed = [...graphOfManifest(golden.manifest).members.values()].filter(
  ({ resource_type }) => resource_type !== 'operation',
)

it.each(['selector', 'name', 'path'] as const)('lists each %s as dbt does', (form) => {
  expect(listed.map((member) => listLine(member, form)).sort()).toEqual([...golden.outputs[form]!].sort())
})

const byId = (lines: readonly string[]) =>
  new Map(
    lines.map((line) => {
      const document: Readonly<Record<string, unknown>> = JSON.parse(line)
      return [document['unique_id'], document]
    }),
  )

it('says the same as dbt in JSON', () => {
  const ours = byId(listed.map((member) => listLine(member, 'json')))
  expect(ours).toEqual(byId(golden.outputs['json']!))
})

it('says of chosen keys what dbt says', () => {
  const usual = ({ resource_type }: Selectable) => resource_type !== 'analysis'
  const ours = byId(listed.filter(usual).map((member) => listLine(member, 'json', KEYS)))
  expect(ours).toEqual(byId(golden.outputs['keys']!))
})

it('looks into mappings, as dbt does from 1.11 on', () => {
  const member = listed.find(({ name }) => name === 'stg_people')!
  expect(
    listLine(member, 'json', ['config.materialized', 'config.meta.owner', 'config.alias', 'config.x.y']),
  ).toBe('{"config.materialized":"view","config.meta.owner":"grace"}')
})
