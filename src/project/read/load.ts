import type { Intake } from '../intake.ts'
import { type LoadStrategy, traitsOf } from '../load-strategy.ts'
import type { Origin } from '../origin.ts'
import type { Load, LoadNesting } from '../pipeline.ts'
import { asList } from '../schema/fields.ts'
import type { PipelineEntry } from '../schema/pipeline-file.ts'
import type { PipelineDefaults } from '../schema/waterworks-file.ts'
import { readNested } from './nested.ts'
import { readSchemaChanges } from './schema-changes.ts'

/** What `load:` says, with every default filled in; what a strategy lacks or has no use for is noted (WW1020). */
export function readLoad(
  entry: PipelineEntry,
  origin: Origin,
  { intake, defaults }: { readonly intake: Intake; readonly defaults: PipelineDefaults },
): Load {
  const { load, extract } = entry
  const strategy = strategyOf(load.strategy)
  const history = {
    effectiveAt: load.history?.effective_at ?? extract.incremental_key,
    columns: load.history?.columns === undefined ? [] : asList(load.history.columns),
    validFrom: load.history?.valid_from ?? 'valid_from',
    validTo: load.history?.valid_to ?? 'valid_to',
    isCurrent: load.history?.is_current ?? 'is_current',
  }
  refuseLacks(entry, strategy, origin, intake)
  refuseIdleKeys(entry, strategy, origin, intake)
  if (load.names === 'snake_case' && extract.reconcile !== undefined) {
    intake.error(
      'WW1020',
      { file: origin.file, path: [...origin.path, 'names'] },
      {
        message: `pipeline "${entry.name}" calls its columns otherwise than the source, and keys cannot be compared with it then yet`,
        hint: 'Use names: as_found, or leave out extract.reconcile.',
      },
    )
  }
  const nested = readNested(load.nested)
  if (nested !== undefined) refuseChildren(entry, nested, strategy, origin, intake)
  return {
    targetSystem: load.target_system,
    schema: load.schema ?? defaults.schema ?? 'raw',
    strategy,
    mergeKeys: asList(load.merge_keys),
    matched: load.matched ?? 'upsert',
    deletedWhen: load.deleted_when,
    partitionKey: load.partition_key,
    history,
    schemaChanges: readSchemaChanges(load.schema_changes ?? defaults.schema_changes),
    names: load.names,
    nested,
  }
}

/** `upsert` and `scd1` are other words for merge. */
function strategyOf(given: PipelineEntry['load']['strategy']): LoadStrategy {
  return given === 'upsert' || given === 'scd1' ? 'merge' : given
}

/** What a strategy cannot do without. */
function refuseLacks(
  { name, load, extract }: PipelineEntry,
  strategy: LoadStrategy,
  origin: Origin,
  intake: Intake,
): void {
  const at = (key: string): Origin => ({ file: origin.file, path: [...origin.path, key] })
  const lack = (message: string, hint: string) =>
    intake.error('WW1020', at('strategy'), { message: `pipeline "${name}" ${message}`, hint })
  const { keyed, does } = traitsOf(strategy)
  // Tables, and streams of an API or a tap, have primary keys, which are found at the source.
  const tellsKeys = [extract.tables, extract.manifest, extract.requests, extract.tap].some(
    (given) => given !== undefined,
  )
  const isUnkeyed = !tellsKeys && asList(load.merge_keys).length === 0
  if (keyed && isUnkeyed && !intake.isFaulty(at('merge_keys'))) {
    lack(`${does} rows but has no "merge_keys"`, 'Add merge_keys: the columns that say which row is which.')
  }
  if (
    strategy === 'partition-swap' &&
    load.partition_key === undefined &&
    !intake.isFaulty(at('partition_key'))
  ) {
    lack(
      'swaps partitions but has no "partition_key"',
      'Add partition_key: the column whose values are replaced as a whole.',
    )
  }
  const keepsValues = strategy === 'scd3' || strategy === 'scd6'
  if (keepsValues && load.history?.columns === undefined && !intake.isFaulty(at('history'))) {
    lack(
      `loads by ${strategy} but does not say of which columns`,
      strategy === 'scd3'
        ? 'Add history: {columns: [...]}: those whose previous value is to be kept.'
        : 'Add history: {columns: [...]}: those whose latest value is to stand in every version.',
    )
  }
  const findsGone = load.deleted_when !== undefined || extract.reconcile !== undefined
  if (strategy === 'soft-delete' && extract.strategy === 'incremental' && !findsGone) {
    lack(
      'marks deletions, and reads what is new only, which shows none',
      'Add deleted_when, or extract.reconcile for tables; or use strategy: full, which compares everything.',
    )
  }
}

/** Keys that another strategy goes by. */
function refuseIdleKeys(
  { name, load }: PipelineEntry,
  strategy: LoadStrategy,
  origin: Origin,
  intake: Intake,
): void {
  const idle = (key: string, message: string, hint: string) =>
    intake.error(
      'WW1020',
      { file: origin.file, path: [...origin.path, key] },
      {
        message: `pipeline "${name}" ${message}`,
        hint,
      },
    )
  if (load.history !== undefined && !traitsOf(strategy).ofMoments) {
    idle(
      'history',
      'has a "history", but its strategy keeps none',
      'Use strategy: scd2, scd3, scd4 or scd6, or leave out history.',
    )
  } else if (load.history?.columns !== undefined && strategy !== 'scd3' && strategy !== 'scd6') {
    idle(
      'history',
      `names columns of its history, and ${strategy} keeps all of them`,
      'Use strategy: scd3 or scd6, or leave out history.columns.',
    )
  }
  if (load.matched !== undefined && strategy !== 'merge') {
    idle('matched', 'says what to do with "matched" rows, and does not merge', 'Use strategy: merge.')
  }
  if (load.deleted_when !== undefined && strategy !== 'merge' && strategy !== 'soft-delete') {
    idle(
      'deleted_when',
      'says how rows tell that they were deleted, which its strategy cannot apply',
      'Use strategy: merge or soft-delete.',
    )
  }
  if (load.deleted_when !== undefined && load.matched !== undefined && load.matched !== 'upsert') {
    idle('matched', `cannot delete single rows of keys by ${load.matched}`, 'Use matched: upsert.')
  }
}

/** A version of a row would need versions of the rows of its lists. */
function refuseChildren(
  { name }: PipelineEntry,
  nested: LoadNesting,
  strategy: LoadStrategy,
  origin: Origin,
  intake: Intake,
): void {
  if (!traitsOf(strategy).ofMoments) return
  const words = [nested, ...Object.values(nested.streams)].flatMap(({ as, paths }) => [
    as,
    ...Object.values(paths),
  ])
  if (!words.includes('tables')) return
  intake.error(
    'WW1020',
    { file: origin.file, path: [...origin.path, 'nested'] },
    {
      message: `pipeline "${name}" makes tables of lists, and ${strategy} cannot keep versions of those yet`,
      hint: 'Use nested: columns, which leaves lists as JSON, or another strategy.',
    },
  )
}
