import { describe, expect, it } from 'vitest'
import { parseManifest } from '../../../../src/dbt/selection/comparison/parse-manifest.ts'
import { parseRunResults } from '../../../../src/dbt/selection/comparison/parse-run-results.ts'
import { parseSources } from '../../../../src/dbt/selection/comparison/parse-sources.ts'
import { WaterworksError } from '../../../../src/errors/waterworks-error.ts'

const metadata = (kind: string, version: number) => ({
  dbt_schema_version: `https://schemas.getdbt.com/dbt/${kind}/v${version}.json`,
})

function problem(read: () => unknown): string {
  try {
    read()
  } catch (error) {
    if (error instanceof WaterworksError) return `${error.code} ${error.message}`
  }
  return 'accepted'
}

describe('an earlier manifest', () => {
  const node = {
    unique_id: 'model.shop.a',
    resource_type: 'model',
    name: 'a',
    fqn: ['shop', 'a'],
    original_file_path: 'models/a.sql',
  }
  const text = (version: number, change = {}) =>
    JSON.stringify({
      metadata: metadata('manifest', version),
      nodes: { 'model.shop.a': { ...node, ...change } },
      sources: {},
      macros: {},
      metrics: { 'metric.shop.m': { unique_id: 'metric.shop.m', name: 'm', fqn: [] } },
    })

  it.each([4, 5, 6, 7, 8, 9, 10, 11, 12])('of version %i is read', (version) => {
    const manifest = parseManifest(text(version), 'manifest.json')
    expect(manifest.nodes['model.shop.a']?.access).toBe('protected')
    expect(Object.keys(manifest.metrics)).toEqual(version < 10 ? [] : ['metric.shop.m'])
  })

  it('had its code under another name', () => {
    expect(parseManifest(text(6, { raw_sql: 'select 1' }), 'm').nodes['model.shop.a']?.raw_code).toBe(
      'select 1',
    )
    expect(parseManifest(text(12, { raw_code: 'select 2' }), 'm').nodes['model.shop.a']?.raw_code).toBe(
      'select 2',
    )
  })

  it.each([
    ['{', 'WW1305 old/manifest.json cannot be compared with: it is no JSON.'],
    [
      '[]',
      'WW1305 old/manifest.json cannot be compared with: it does not say that it is a manifest of dbt’s.',
    ],
    [
      JSON.stringify({ metadata: metadata('catalog', 1) }),
      'WW1305 old/manifest.json cannot be compared with: it does not say that it is a manifest of dbt’s.',
    ],
    [text(3), 'WW1305 old/manifest.json cannot be compared with: its version is 3, which is not supported.'],
    [
      text(13),
      'WW1305 old/manifest.json cannot be compared with: its version is 13, which is not supported.',
    ],
    [
      text(12, { fqn: 'shop.a' }),
      'WW1305 old/manifest.json cannot be compared with: nodes.model.shop.a.fqn is not as dbt writes it.',
    ],
  ])('is refused: %s', (document, message) => {
    expect(problem(() => parseManifest(document, 'old/manifest.json'))).toBe(message)
  })
})

describe('earlier results', () => {
  it('are statuses by unique id', () => {
    const results = [{ unique_id: 'model.shop.a', status: 'error' }]
    const text = JSON.stringify({ metadata: metadata('run-results', 6), results })
    expect(parseRunResults(text, 'run_results.json')).toEqual(new Map([['model.shop.a', 'error']]))
  })
})

describe('earlier looks at sources', () => {
  const read = (...times: readonly (string | undefined)[]) => {
    const results = times.map((max_loaded_at, index) => ({ unique_id: String(index), max_loaded_at }))
    return parseSources(JSON.stringify({ metadata: metadata('sources', 3), results }), 'sources.json')
  }

  it('are microseconds, whatever the zone, without those that failed', () => {
    expect(
      read('2024-01-01T00:00:00.000001Z', undefined, '2024-01-01T01:00:00+01:00', '2024-01-01T00:00:00'),
    ).toEqual(
      new Map([
        ['0', 1_704_067_200_000_001n],
        ['2', 1_704_067_200_000_000n],
        ['3', 1_704_067_200_000_000n],
      ]),
    )
  })

  it('are refused when no timestamp', () => {
    expect(problem(() => read('yesterday'))).toBe(
      'WW1305 sources.json cannot be compared with: results.0.max_loaded_at is not as dbt writes it.',
    )
  })
})
