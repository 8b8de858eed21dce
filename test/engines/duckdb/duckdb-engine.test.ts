import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDbEngine } from '../../../src/engines/duckdb/duckdb-engine.ts'
import { engineContract } from '../../contracts/engine-contract.ts'

engineContract('DuckDB', {
  async create() {
    const folder = await mkdtemp(join(tmpdir(), 'waterworks-duckdb-'))
    const engine = new DuckDbEngine({ path: join(folder, 'warehouse.duckdb') })
    return {
      engine,
      async close() {
        await engine.close()
        await rm(folder, { recursive: true, force: true })
      },
    }
  },
})
