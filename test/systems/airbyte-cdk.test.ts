import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RealCdk } from '../../scripts/cdk-oracle/real-cdk.ts'
import { nameOf, runScenario } from '../connectors/airbyte/run-scenario.ts'
import { manifestOf, type Scenario } from '../connectors/airbyte/scenario.ts'
import { scenarios } from '../connectors/airbyte/scenarios.ts'
import { describeRequest, FakeApi } from '../support/fake-api.ts'

let api: FakeApi
let cdk: RealCdk | undefined

beforeAll(async () => {
  api = await FakeApi.start(() => ({ json: {} }))
  cdk = RealCdk.start((reason) => console.log(reason))
}, 600_000)
afterAll(async () => {
  cdk?.close()
  await api.close()
})

describe('streams of manifests, read as airbyte-cdk reads them', () => {
  it.for(
    scenarios
      .filter(({ differs }) => differs === undefined)
      .map((scenario) => [scenario.name, scenario] as const),
  )('%s', { timeout: 60_000 }, async ([, scenario], { skip }) => {
    if (cdk === undefined) return skip('airbyte-cdk cannot be installed')
    const theirs = await readByCdk(cdk, scenario)
    expect(theirs.error).toBeNull()
    const ours = await runScenario(scenario, api)
    // The CDK reads slices side by side: only what is asked and what comes is compared, not in which order.
    expect(ours.requests.toSorted()).toEqual(theirs.requests.toSorted())
    expect(sorted(ours.records)).toEqual(sorted(theirs.records))
    expect(withoutTimes(ours.state)).toEqual(withoutTimes(theirs.state))
  })
})

async function readByCdk(cdk: RealCdk, scenario: Scenario) {
  api.reset(scenario.api())
  const { records, state, error } = await cdk.read({
    manifest: manifestOf(scenario),
    config: { url: api.url, ...scenario.config },
    stream: nameOf(scenario),
    state: scenario.state ?? null,
  })
  return { records: records.map(withoutNulls), state, error, requests: api.requests.map(describe) }

  function describe(request: (typeof api.requests)[number]): string {
    return describeRequest({ ...request, body: compact(request.body) })
  }
}

/** JSON without the spaces that Python writes. */
function compact(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body))
  } catch {
    return body
  }
}

function withoutNulls(record: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null))
}

function sorted(records: readonly unknown[]): readonly string[] {
  return records.map(canonical).toSorted()
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/** How long a read took is another each time. */
function withoutTimes(state: unknown): unknown {
  return typeof state === 'object' && state !== null ? { ...state, lookback_window: 0 } : state
}
