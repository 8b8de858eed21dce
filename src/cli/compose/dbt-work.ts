import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { databaseOf } from '../../dbt/context/target-values.ts'
import type { Publish } from '../../project/project.ts'
import type { BatchWork, DbtWork } from '../../run/dbt/dbt-work.ts'
import { Journal } from '../../run/dbt/journal.ts'
import { NodeResults } from '../../run/dbt/node-results.ts'
import type { Workspace } from './workspace.ts'

/** What building dbt's nodes of a workspace needs. */
export function dbtWork(
  { parsed, queries, target, project }: Pick<Workspace, 'parsed' | 'queries' | 'target' | 'project'>,
  told: {
    readonly batches?: BatchWork | undefined
    readonly publish?: Publish | undefined
    readonly log?: ((message: string) => void) | undefined
  },
): DbtWork {
  const journal = new Journal()
  return {
    parsed,
    queries,
    engine: target.type,
    database: databaseOf(target),
    publishesAtOnce: (told.publish ?? project.publish) === 'immediately',
    journal,
    results: new NodeResults({ manifest: parsed.manifest, engine: target.type, journal }),
    kept: new Map(),
    batches: told.batches ?? {
      times: { start: undefined, end: undefined, now: new Date() },
      unfinished: new Map(),
    },
    seedText: ({ root_path: root, original_file_path: path }) => readFile(join(root, path), 'utf8'),
    log: (message, level) => {
      if (level === 'info') told.log?.(message)
    },
    warn: (message) => told.log?.(message),
  }
}
