import { resolve } from 'node:path'
import type { DuckDbOptions } from '../../engines/duckdb/duckdb-engine.ts'
import type { Engine } from '../../engines/engine.ts'
import type { Target } from '../../project/project.ts'
import type { Workspace } from './workspace.ts'

/** The engine of the workspace's target. Its library is loaded only here. */
export async function openEngine({ target, project }: Workspace): Promise<Engine> {
  if (target.type === 'duckdb') {
    const { DuckDbEngine } = await import('../../engines/duckdb/duckdb-engine.ts')
    return new DuckDbEngine(duckDbOptions(target, project.root))
  }
  const { PostgresEngine } = await import('../../engines/postgres/postgres-engine.ts')
  return new PostgresEngine(target)
}

/** What a DuckDB target says, with its files where they are. */
export function duckDbOptions(target: Target & { readonly type: 'duckdb' }, root: string): DuckDbOptions {
  const { path, memoryLimit, config, settings, extensions, attached = [] } = target
  const placed = (file: string) => (/^:memory:|^[a-z0-9_+]+:/i.test(file) ? file : resolve(root, file))
  const isFile = (type: string | undefined) => type === undefined || /^(?:duckdb|sqlite)$/i.test(type)
  return {
    path: path === ':memory:' ? path : resolve(root, path),
    ...{ memoryLimit, config, settings, extensions },
    attached: attached.map((each) => (isFile(each.type) ? { ...each, path: placed(each.path) } : each)),
  }
}

/** An embedded DuckDB that reads files for engines that cannot, and looks into files for connectors. */
export async function openScratchEngine(): Promise<Engine> {
  const { DuckDbEngine } = await import('../../engines/duckdb/duckdb-engine.ts')
  return new DuckDbEngine({ path: ':memory:' })
}
