import type { Executor } from '../../engines/engine.ts'
import { schemaChangesOf } from '../../project/schema-changes.ts'
import { LoadHeld } from './load-held.ts'
import type { StreamLoad } from './stream-load.ts'
import { LOADS } from './warehouse-tables.ts'

/**
 * Holds the load of a table that a pattern matches since the pipeline loaded others, where new tables are not simply made: its rows
 * cannot be discarded to a table that is not there, so they wait. Tables that the pipeline names are expected.
 */
export async function refuseNewTable(executor: Executor, load: StreamLoad): Promise<void> {
  const { pipeline, stream, engine, runId } = load
  const { tables } = schemaChangesOf(pipeline.load, stream)
  if (tables === 'evolve') return
  const isMatched = pipeline.extract.database?.tables.some((each) => each.table === stream && each.matched)
  if (!isMatched) return
  const { relation, parameter } = engine.dialect
  const earlier = await executor.rows(
    `select 1 as found from ${relation(LOADS)} where pipeline = ${parameter(1)} and run_id <> ${parameter(2)} limit 1`,
    [pipeline.name, runId],
  )
  if (earlier.length === 0) return
  throw new LoadHeld(
    `${stream} is a new table at the source; name it under tables to load it, or exclude it (schema_changes: tables: ${tables})`,
  )
}
