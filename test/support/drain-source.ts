/**
 * Reads a source to its end as fast as it comes, keeps nothing, and says how many records came and what memory that took at most.
 * Its argument is JSON: `{"manifest": …, "config": …}` or `{"tap": […], "config": …}`.
 */
import { tmpdir } from 'node:os'
import { Origins } from '../../src/api-manifest/origins.ts'
import { readManifest } from '../../src/api-manifest/read-manifest.ts'
import { AirbyteConnector } from '../../src/connectors/airbyte/airbyte-connector.ts'
import type { Connector } from '../../src/connectors/connector.ts'
import { SingerConnector } from '../../src/connectors/singer/singer-connector.ts'

const { manifest, tap, config, stream } = JSON.parse(process.argv[2] ?? '{}')
const connector: Connector =
  tap === undefined
    ? new AirbyteConnector({
        manifest: readManifest(manifest, new Origins(() => ({ file: 'manifest.yaml', line: 1, column: 1 }))),
        config,
      })
    : new SingerConnector({
        command: tap,
        cwd: process.cwd(),
        config,
        catalog: undefined,
        streams: [
          { stream, name: stream, properties: undefined, replicationKey: undefined, isIncremental: true },
        ],
        folder: tmpdir(),
        silenceMs: 60_000,
        onLog: () => undefined,
        logName: 'log',
      })
let rows = 0
for await (const arrival of connector.read(stream, null)) {
  if (arrival.kind !== 'rows') continue
  await arrival.writeTo({
    async restart() {},
    async write(batch) {
      rows += batch.rows
    },
  })
}
await connector.close()
process.stdout.write(JSON.stringify({ rows, peak: process.resourceUsage().maxRSS * 1024 }))
