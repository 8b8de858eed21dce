import type { Field } from '../../batch/logical-type.ts'
import type { Executor } from '../../engines/engine.ts'
import type { SchemaFit } from './fit-schema.ts'
import type { HistoryColumns } from './history-columns.ts'
import { LOADED_AT, RUN_ID } from './load-columns.ts'
import { moment } from './moment.ts'
import type { StreamLoad } from './stream-load.ts'

/** Makes the table, or adds the columns that are new. */
export async function prepareTable(
  executor: Executor,
  load: StreamLoad,
  fit: SchemaFit,
  history: HistoryColumns | undefined,
  exists: boolean,
): Promise<void> {
  const { dialect } = load.engine
  const target = dialect.relation(load.target)
  const column = (field: Field) => `${dialect.identifier(field.name)} ${dialect.typeName(field.type)}`
  if (exists) {
    for (const field of fit.added) await executor.execute(`alter table ${target} add column ${column(field)}`)
    return
  }
  const own = [
    ...fit.fields,
    ...(history === undefined ? [] : [history.validFrom, history.validTo, history.isCurrent]),
    { name: LOADED_AT, type: { kind: 'timestamptz' } },
    { name: RUN_ID, type: { kind: 'uuid' } },
  ] as const
  await executor.execute(`create table ${target} (${own.map(column).join(', ')})`)
}

/** The columns that say of each row when it was loaded, and by which run. */
export function stamps(load: Pick<StreamLoad, 'engine' | 'runId' | 'now'>) {
  const { dialect } = load.engine
  const runId = `cast(${dialect.literal(load.runId)} as ${dialect.typeName({ kind: 'uuid' })})`
  return [
    { column: LOADED_AT, expression: moment(dialect, load.now) },
    { column: RUN_ID, expression: runId },
  ]
}

export async function countRows(executor: Executor, target: string): Promise<number> {
  const [row] = await executor.rows(`select count(*) as n from ${target}`)
  return Number(row?.['n'] ?? 0)
}
