import type { JsonObject } from '../../../src/api-manifest/json.ts'
import { toJson } from '../../../src/api-manifest/json.ts'
import { Origins } from '../../../src/api-manifest/origins.ts'
import { readManifest } from '../../../src/api-manifest/read-manifest.ts'
import type { Batch } from '../../../src/batch/batch.ts'
import { batchRows } from '../../../src/batch/batch-rows.ts'
import { AirbyteConnector } from '../../../src/connectors/airbyte/airbyte-connector.ts'
import { parsePosition } from '../../../src/connectors/airbyte/api-position.ts'
import { describeRequest, type FakeApi } from '../../support/fake-api.ts'
import { MemoryCredentials } from './memory-credentials.ts'
import { manifestOf, type Scenario } from './scenario.ts'

export interface ScenarioResult {
  readonly requests: readonly string[]
  readonly records: readonly unknown[]
  readonly state: unknown
}

/** Reads a scenario's stream from a fake API that is told to be its own. */
export async function runScenario(scenario: Scenario, api: FakeApi): Promise<ScenarioResult> {
  api.reset(scenario.api())
  const connector = new AirbyteConnector({
    manifest: readManifest(
      manifestOf(scenario),
      new Origins(() => ({ file: 'manifest.yaml', line: 1, column: 1 })),
    ),
    config: toJson({ url: api.url, ...scenario.config }) as JsonObject,
    pause: async () => undefined,
    credentials: new MemoryCredentials(),
    readFile: (path) => scenario.files?.[path],
  })
  try {
    const name = nameOf(scenario)
    const records: unknown[] = []
    let position: string | null = null
    const start = scenario.state === undefined ? null : JSON.stringify({ state: scenario.state })
    for await (const arrival of connector.read(name, start)) {
      position = arrival.position
      await arrival.writeTo({
        async restart() {},
        async write(batch) {
          records.push(...recordsOf(batch))
        },
      })
    }
    return {
      requests: api.requests.map(describeRequest),
      records,
      state: parsePosition(position)?.state ?? null,
    }
  } finally {
    await connector.close()
  }
}

export function nameOf({ manifest, stream }: Scenario): string {
  return manifest?.['dynamic_streams'] === undefined ? String(stream['name']) : 'things'
}

/** Rows as records again: fields without a value are left out. */
function recordsOf(batch: Batch): readonly unknown[] {
  const json = new Set(batch.columns.filter(({ type }) => type.kind === 'json').map(({ name }) => name))
  return [...batchRows(batch)].map((row) =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => [
          name,
          json.has(name) ? JSON.parse(String(value)) : typeof value === 'bigint' ? Number(value) : value,
        ]),
    ),
  )
}
