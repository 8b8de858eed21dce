import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import { RunProject } from '../support/run-project.ts'
import { ScratchProject } from '../support/scratch-project.ts'

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

  it('is ended with all that it started, when the run is killed while the tap says nothing', {
    timeout: 60_000,
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'waterworks-tap-'))
    const diary = join(folder, 'diary')
    const config = { days: 20, diary, misbehave: { what: 'children', after: 4 } }
    await using project = await ScratchProject.create('duckdb', 1, () => ({
      'waterworks.yml': 'name: shop\n',
      'pipelines/tap.yml': `pipeline:
  name: tap
  extract:
    source_system: shop
    tap: [${process.execPath}, ${TAP}]
    config: ${JSON.stringify(config)}
    streams: [things, others]
    strategy: incremental
  load: {strategy: merge}
`,
    }))
    const running = project.start(['build'])
    await expect.poll(() => pidsOf(diary), { timeout: 30_000 }).toHaveLength(2)
    const pids = await pidsOf(diary)
    running.kill()
    await running.ended
    await expect.poll(() => pids.filter(isAlive), { timeout: 10_000 }).toEqual([])
    await rm(folder, { recursive: true })
  })
})

/** The tap and what it started. */
async function pidsOf(diary: string): Promise<readonly number[]> {
  const text = await readFile(diary, 'utf8').catch(() => '')
  return [...text.matchAll(/^(?:child|tap) (\d+)$/gm)].map(([, pid]) => Number(pid))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
