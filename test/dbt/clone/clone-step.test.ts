import { expect, it } from 'vitest'
import { manifestArtifact } from '../../../src/dbt/artifacts/manifest-artifact.ts'
import { type CloneOptions, cloneStep } from '../../../src/dbt/clone/clone-step.ts'
import type { ManifestNode } from '../../../src/dbt/manifest/manifest-node.ts'
import { parseManifest } from '../../../src/dbt/selection/comparison/parse-manifest.ts'
import { sampleManifest, sampleModel } from '../artifacts/sample-manifest.ts'

const prod = (name: string) => `"warehouse"."prod"."${name}"`
const there = [
  sampleModel('orders', { schema: 'prod', relation_name: prod('orders') }),
  sampleModel('inner', { config: { materialized: 'ephemeral' }, relation_name: null }),
]
const previous = parseManifest(
  JSON.stringify(
    manifestArtifact(sampleManifest(there), {
      invocation: { id: 'i', startedAt: new Date(0), env: {} },
      generatedAt: new Date(0),
      adapterType: 'duckdb',
      quoting: {},
      target: 'target',
      compilation: new Map(),
      ran: new Set(),
    }),
  ),
  'state/manifest.json',
)

const orders = sampleModel('orders', { relation_name: '"warehouse"."dev"."orders"' })

function step(node: ManifestNode, options: Partial<CloneOptions> = {}) {
  return cloneStep(node, previous, { existing: undefined, fullRefresh: false, ...options })
}

it('a clone is a view over the relation of the state', () => {
  expect(step(orders)).toEqual({ kind: 'view', sql: `select * from ${prod('orders')}`, replaces: undefined })
})

it('what exists is kept, unless a full refresh is asked for', () => {
  expect(step(orders, { existing: 'table' })).toMatchObject({ kind: 'nothing' })
  expect(step(orders, { existing: 'table', fullRefresh: true })).toMatchObject({
    kind: 'view',
    replaces: 'table',
  })
})

it('a relation is never replaced by a view over itself', () => {
  const same = sampleModel('orders', { relation_name: prod('orders') })
  expect(step(same, { existing: 'table', fullRefresh: true })).toMatchObject({ kind: 'nothing' })
})

it.each([
  ['is new', sampleModel('new')],
  ['had no relation', sampleModel('inner')],
])('there is nothing to clone for what %s', (_, node) => {
  expect(step(node)).toEqual({
    kind: 'nothing',
    because: `the state has no relation for ${node.unique_id}`,
  })
})
