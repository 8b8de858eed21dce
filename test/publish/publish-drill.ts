import { expect } from 'vitest'
import { buildVersion, deliverVersion, PRICES, SKUS } from '../support/scratch/versioned-project.ts'
import type { ScratchProject } from '../support/scratch-project.ts'
import type { Observed } from './poll-protocol.ts'

export type NamedQuery = readonly [name: string, sql: string]

const summary = (relation: string, checked: string, columns = 'version') =>
  `select count(*), min(${columns}), max(${columns}), ${checked} from ${relation}`

/** Each gives one row: how many rows there are, the least and the greatest version, and something to check it by. */
export const QUERIES: readonly NamedQuery[] = [
  ['prices', summary('raw.raw_shop_prices', 'cast(sum(price - version * 100) as bigint)')],
  ['stock', summary('raw.raw_shop_stock', 'count(distinct day)')],
  ['stock_view', summary('analytics.stock_view', 'count(distinct day)')],
  ['price_list', summary('analytics.price_list', 'count(distinct version)', 'built')],
  ['price_view', summary('analytics.price_view', 'count(distinct version)', 'built')],
  ['numbers', summary('analytics.numbers', 'count(distinct version)', 'built')],
]

const CHECKED_BY: Readonly<Record<string, readonly [rows: number, check: number]>> = {
  prices: [PRICES, Array.from({ length: PRICES }, (_, item) => item % 7).reduce((a, b) => a + b, 0)],
  stock: [3 * SKUS, 3],
  stock_view: [3 * SKUS, 3],
  price_list: [PRICES, 1],
  price_view: [PRICES, 1],
  numbers: [PRICES, 1],
}

/**
 * Builds in turn: a version whose models fail, one that passes, one whose pipelines fail. Returns those that passed.
 * What was published by the second is read for as long as the third one takes.
 */
export async function publishVersions(project: ScratchProject, rounds: number): Promise<readonly number[]> {
  const passed: number[] = []
  for (let round = 1; round <= rounds; round++) {
    const version = round * 4 + 2
    await deliverVersion(project, version)
    await buildVersion(project, version - 1, 1)
    await buildVersion(project, version, 0)
    passed.push(version)
    await deliverVersion(project, version + 1)
    await buildVersion(project, version + 2, 1)
  }
  return passed
}

/** Every read gave one whole version that passed its gates, and no connection went back to an older one. */
export function judge(
  all: readonly Observed[],
  queries: readonly NamedQuery[],
  passed: readonly number[],
): void {
  expect(all.flatMap(({ errors }) => errors)).toEqual([])
  for (const [name] of queries) {
    const seen = all.map(({ sequences }) => (sequences[name] ?? []).map((answer) => versionOf(name, answer)))
    for (const versions of seen) {
      expect(versions, `${name} never goes back`).toEqual(versions.toSorted((a, b) => a - b))
    }
    const versions = [...new Set(seen.flat())].toSorted((a, b) => a - b)
    expect(versions, `${name} shows each version that passed, and no other`).toEqual(passed)
  }
}

/** How often was read, over all connections and queries. */
export function readsOf(all: readonly Observed[]): number {
  return all.flatMap((each) => Object.values(each.reads)).reduce((sum, reads) => sum + reads, 0)
}

function versionOf(name: string, answer: string): number {
  const rows: unknown = JSON.parse(answer)
  const [row] = Array.isArray(rows) ? (rows as readonly (readonly unknown[])[]) : []
  const [count, least, greatest, check] = (row ?? []).map(Number)
  expect([count, check], `${name}: ${answer}`).toEqual(CHECKED_BY[name.replace(/^own_/, '')])
  expect(least, `${name} has one version: ${answer}`).toBe(greatest)
  return Number(greatest)
}
