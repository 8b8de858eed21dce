import type { SchemaChangesEntry } from '../schema/schema-changes-entry.ts'
import type { ChangeMode, SchemaChangePolicy, SchemaChanges } from '../schema-changes.ts'

/** Unless said otherwise what is new is taken in, and everything else is refused. */
const USUAL: SchemaChangePolicy = Object.freeze({
  tables: 'evolve',
  columns: 'evolve',
  types: 'freeze',
  removed: 'freeze',
})

/** What `schema_changes` says, with every default filled in. */
export function readSchemaChanges(given: SchemaChangesEntry | undefined): SchemaChanges {
  if (given === undefined) return { ...USUAL, streams: {} }
  if (typeof given === 'string') return { ...everywhere(given), streams: {} }
  const { streams = {}, ...said } = given
  const all = policy(said, USUAL)
  const own = Object.entries(streams).map(([stream, entry]) => [stream, policy(entry, all)] as const)
  return { ...all, streams: Object.fromEntries(own) }
}

type Entry = ChangeMode | { readonly [K in keyof SchemaChangePolicy]?: SchemaChangePolicy[K] | undefined }

function policy(given: Entry, usual: SchemaChangePolicy): SchemaChangePolicy {
  if (typeof given === 'string') return everywhere(given)
  return {
    tables: given.tables ?? usual.tables,
    columns: given.columns ?? usual.columns,
    types: given.types ?? usual.types,
    removed: given.removed ?? usual.removed,
  }
}

/** One word for all cases. A column that is gone has no value to discard. */
function everywhere(mode: ChangeMode): SchemaChangePolicy {
  return {
    tables: mode,
    columns: mode,
    types: mode,
    removed: mode === 'freeze' ? 'freeze' : 'evolve',
  }
}
