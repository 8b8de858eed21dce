import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import { RunProject } from '../support/run-project.ts'

const TAP = join(import.meta.dirname, '../support/tap.ts')

let engine: DuckDbEngine
beforeAll(() => {
  engine = new DuckDbEngine({ path: ':memory:' })
})
afterAll(() => engine.close())

describe('a tap that does not end', () => {
  it('is ended with all that it started, when the run is stopped', { timeout: 60_000 }, async () => {
    const place = await RunProject.create(engine, { token: 's3cretvalue\n' })
    const diary = join(place.root, 'diary')
    const config = { days: 20, diary, misbehave: { what: 'children', after: 4 } }
    await place.write({
      'pipelines/tap.yml': `pipeline:
  name: tap
  extract:
    source_system: shop
    tap: [${process.execPath}, ${TAP}]
    config: {token: "\${file:token}", ${JSON.stringify(config).slice(1, -1)}}
    streams: [things, others]
    strategy: incremental
  load: {strategy: merge}
  error_handling: {timeout_seconds: 1.5}
`,
    })
    const built = await place.build()
    expect(built.node('tap').status).toBe('failed')
    const child = Number(/child (\d+)/.exec(await readFile(diary, 'utf8'))?.[1])
    expect(child).toBeGreaterThan(0)
    expect(() => process.kill(child, 0)).toThrow(/ESRCH/)
  })
})
