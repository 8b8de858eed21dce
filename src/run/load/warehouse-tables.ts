import type { Dialect } from '../../engines/dialect.ts'
import type { Engine } from '../../engines/engine.ts'
import type { Relation } from '../../engines/relation.ts'

/** The schema in every warehouse for what must commit together with the data. */
export const SYSTEM_SCHEMA = '_waterworks'

const table = (name: string): Relation => Object.freeze({ schema: SYSTEM_SCHEMA, name })

export const POSITIONS = table('positions')
export const LOADS = table('loads')
export const QUARANTINE = table('quarantine')
export const RECONCILIATIONS = table('reconciliations')
/** Columns that are called otherwise than at the source, and tables of lists: what decides which name is whose. */
export const SHAPES = table('shapes')

/** How personal data of the tables of streams was treated. */
export const TREATMENTS = table('treatments')

/** Creates the system tables where they do not exist. Safe to repeat. */
export async function prepareWarehouse(engine: Engine, schemas: readonly string[]): Promise<void> {
  await engine.prepareTarget([SYSTEM_SCHEMA, ...schemas])
  const session = await engine.connect()
  try {
    for (const statement of definitions(engine.dialect)) await session.execute(statement)
  } finally {
    await session.close()
  }
}

function definitions(dialect: Dialect): readonly string[] {
  const text = dialect.typeName({ kind: 'text' })
  const whole = dialect.typeName({ kind: 'int64' })
  const moment = dialect.typeName({ kind: 'timestamptz' })
  const define = (relation: Relation, columns: readonly string[]) =>
    `create table if not exists ${dialect.relation(relation)} (${columns.join(', ')})`
  return [
    define(POSITIONS, [
      `pipeline ${text} not null`,
      `stream ${text} not null`,
      `position ${text} not null`,
      `watermark ${text}`,
      `load_id ${text} not null`,
      `run_id ${text} not null`,
      'primary key (pipeline, stream)',
    ]),
    define(LOADS, [
      `load_id ${text} primary key`,
      `pipeline ${text} not null`,
      `stream ${text} not null`,
      `run_id ${text} not null`,
      `origin ${text} not null`,
      `content_hash ${text} not null`,
      `stamp ${text}`,
      `records ${whole} not null`,
      `scan ${text} not null`,
      `status ${text} not null`,
      `loaded_at ${moment} not null`,
    ]),
    define(SHAPES, [
      `pipeline ${text} not null`,
      `stream ${text} not null`,
      `table_name ${text} not null`,
      `table_path ${text} not null`,
      `column_name ${text} not null`,
      `source_path ${text} not null`,
      `run_id ${text} not null`,
      'primary key (pipeline, stream, table_name, column_name)',
    ]),
    define(TREATMENTS, [
      `pipeline ${text} not null`,
      `stream ${text} not null`,
      `treatment ${text} not null`,
      `run_id ${text} not null`,
      'primary key (pipeline, stream)',
    ]),
    define(RECONCILIATIONS, [
      `pipeline ${text} not null`,
      `stream ${text} not null`,
      `reconciled_at ${moment} not null`,
      `run_id ${text} not null`,
      `action ${text} not null`,
      `compared ${whole} not null`,
      `missing ${whole} not null`,
      'primary key (pipeline, stream)',
    ]),
    define(QUARANTINE, [
      `quarantine_id ${text} primary key`,
      `pipeline ${text} not null`,
      `stream ${text} not null`,
      `run_id ${text} not null`,
      `load_id ${text} not null`,
      `origin ${text} not null`,
      `record ${whole}`,
      `line ${whole}`,
      `byte ${whole}`,
      `reason ${text} not null`,
      `payload ${text} not null`,
      `rejected_at ${moment} not null`,
      `replayed_run_id ${text}`,
      `replayed_at ${moment}`,
    ]),
  ]
}
