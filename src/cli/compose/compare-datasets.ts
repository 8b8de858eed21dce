import { join } from 'node:path'
import type { Diff } from '../../diff/diff.ts'
import { type DiffOptions, diffSides } from '../../diff/diff-sides.ts'
import type { Invocation } from '../command.ts'
import { openSide } from './open-side.ts'
import { inTemporaryFolder } from './temporary-folder.ts'

/** How two datasets differ, and what they are called to people. */
export interface Compared {
  readonly diff: Diff
  readonly names: readonly [string, string]
}

/**
 * Compares two datasets as `openSide` names them, in an embedded DuckDB on disk. Without a key it is that of the first of the two for which the
 * project says one. Throws WW5501, WW5502 and WW5503.
 */
export async function compareDatasets(
  left: string,
  right: string,
  invocation: Invocation,
  options: DiffOptions,
): Promise<Compared> {
  return inTemporaryFolder({}, async (folder) => {
    const { DuckDbEngine } = await import('../../engines/duckdb/duckdb-engine.ts')
    const engine = new DuckDbEngine({ path: join(folder, 'diff.duckdb') })
    try {
      const session = await engine.connect()
      const a = await openSide(session, left, 'side_a', invocation)
      const b = await openSide(session, right, 'side_b', invocation)
      const key = [options.key, a.key, b.key].find((each) => each.length > 0) ?? []
      const diff = await diffSides(session, a.side, b.side, { ...options, key })
      await session.close()
      return { diff, names: [a.side.name, b.side.name] }
    } finally {
      await engine.close()
    }
  })
}
