import { resolve } from 'node:path'
import type { Engine } from '../../engines/engine.ts'
import type { Workspace } from './workspace.ts'

/** The engine of the workspace's target. Its library is loaded only here. */
export async function openEngine({ target, project }: Workspace): Promise<Engine> {
  if (target.type === 'duckdb') {
    const { DuckDbEngine } = await import('../../engines/duckdb/duckdb-engine.ts')
    const path = target.path === ':memory:' ? target.path : resolve(project.root, target.path)
    return new DuckDbEngine({ path, memoryLimit: target.memoryLimit })
  }
  const { PostgresEngine } = await import('../../engines/postgres/postgres-engine.ts')
  return new PostgresEngine(target)
}

/** An embedded DuckDB that reads files for engines that cannot, and looks into files for connectors. */
export async function openScratchEngine(): Promise<Engine> {
  const { DuckDbEngine } = await import('../../engines/duckdb/duckdb-engine.ts')
  return new DuckDbEngine({ path: ':memory:' })
}
