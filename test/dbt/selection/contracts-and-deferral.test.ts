import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Manifest } from '../../../src/dbt/manifest/manifest.ts'
import { deferredRelation } from '../../../src/dbt/reading/defer.ts'
import { chooseSpec } from '../../../src/dbt/selection/choose-spec.ts'
import { parseManifest } from '../../../src/dbt/selection/comparison/parse-manifest.ts'
import { selectMembers } from '../../../src/dbt/selection/select-members.ts'
import { graphOfManifest } from '../../../src/dbt/selection/selection-graph.ts'
import { changedManifest, type Golden } from './dbt-listing.ts'

const golden: Golden = JSON.parse(readFileSync(new URL('golden.json', import.meta.url), 'utf8'))
const previous = parseManifest(JSON.stringify(golden.manifest), 'manifest.json')

function changed(name: string): Manifest {
  return changedManifest(golden.manifest, golden.changes.find((change) => change.name === name)!)
}

function warningsOf(manifest: Manifest, then = previous): readonly string[] {
  const spec = chooseSpec({ select: ['state:modified'], exclude: [] }, [])
  const input = { selectors: [], resourceTypes: undefined, withEmpty: true, now: new Date('2026-01-01') }
  const { warnings } = selectMembers(graphOfManifest(manifest), spec, {
    ...input,
    previous: { manifest: then },
  })
  return warnings.map(({ code, message }) => `${code} ${message}`)
}

describe('a contract', () => {
  it('may grow, and types may widen', () => {
    expect(warningsOf(changed('contracts'))).toEqual([])
  })

  it.each([
    ['broken-contract', 'column name was removed'],
    ['no-contract', 'its contract is no longer enforced'],
    ['disabled', 'it was disabled'],
  ])('that breaks is warned of: %s', (name, what) => {
    expect(warningsOf(changed(name))).toEqual([
      `WW1306 Model contracted (models/marts/contracted.sql) breaks the contract it had: ${what}.`,
    ])
  })

  it('of a versioned model may not break', () => {
    const versioned = structuredClone(previous)
    versioned.nodes['model.shop.dim_customers.v1']!.contract.enforced = true
    expect(() => warningsOf(golden.manifest, versioned)).toThrow(
      'Model dim_customers.v1 (models/marts/core/dim_customers_v1.sql) breaks the contract it had: its contract is no longer enforced.',
    )
  })

  it('of a model that is gone after its deprecation date is no matter', () => {
    const old = structuredClone(previous)
    old.nodes['model.shop.contracted']!.deprecation_date = '2025-01-01T00:00:00+00:00'
    expect(warningsOf(changed('disabled'), old)).toEqual([])
  })
})

describe('a deferred reference', () => {
  const node = golden.manifest.nodes['model.shop.fct_orders']!
  const deferral = { previous, favorState: false, selected: new Set<string>(), exists: () => true }
  const then = {
    database: 'memory',
    schema: 'main',
    alias: 'fct_orders',
    relation_name: '"memory"."main"."fct_orders"',
  }

  it('means the earlier relation where there is none here', () => {
    expect(deferredRelation(node, { ...deferral, exists: () => false })).toEqual(then)
    expect(deferredRelation(node, deferral)).toBeUndefined()
  })

  it('means it with --favor-state also where there is one, unless it is selected', () => {
    const favoring = { ...deferral, favorState: true }
    expect(deferredRelation(node, favoring)).toEqual(then)
    expect(deferredRelation(node, { ...favoring, selected: new Set([node.unique_id]) })).toBeUndefined()
  })

  it('means the node itself where the earlier run had none, or an ephemeral model', () => {
    const absent = { ...deferral, exists: () => false, previous: { ...previous, nodes: {} } }
    expect(deferredRelation(node, absent)).toBeUndefined()
    const ephemeral = golden.manifest.nodes['model.shop.stg_customers']!
    expect(deferredRelation(ephemeral, { ...deferral, exists: () => false })).toBeUndefined()
  })
})
