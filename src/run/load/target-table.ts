import type { Field } from '../../batch/logical-type.ts'
import { logicalTypeName } from '../../batch/logical-type-name.ts'
import type { Dialect } from '../../engines/dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import type { Relation } from '../../engines/relation.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { LOADED_AT, RUN_ID } from './load-columns.ts'
import { LoadHeld } from './load-held.ts'
import { moment } from './moment.ts'
import type { StreamLoad } from './stream-load.ts'

/**
 * Makes a table with the rows' own columns and those that the platform adds, or adds what is new of either. Throws LoadHeld where a
 * column cannot get its wider type: something in the warehouse depends on it.
 * @param there the columns it has, where it exists
 */
export async function prepareTable(
  executor: Executor,
  dialect: Dialect,
  relation: Relation,
  { own, platform, widened = [] }: WantedColumns,
  there: readonly Field[] | undefined,
): Promise<void> {
  const target = dialect.relation(relation)
  const column = (field: Field) => `${dialect.identifier(field.name)} ${dialect.typeName(field.type)}`
  const all = [...own, ...platform, ...STAMPS]
  if (there === undefined) {
    await executor.execute(`create table ${target} (${all.map(column).join(', ')})`)
    return
  }
  const names = new Set(there.map((field) => field.name))
  for (const field of all.filter(({ name }) => !names.has(name))) {
    await executor.execute(`alter table ${target} add column ${column(field)}`)
  }
  for (const { name, type } of widened) {
    const before = there.find((field) => field.name === name)
    if (before === undefined || logicalTypeName(before.type) === logicalTypeName(type)) continue
    const [named, becomes] = [dialect.identifier(name), dialect.typeName(type)]
    try {
      await executor.execute(
        `alter table ${target} alter column ${named} type ${becomes} using cast(${named} as ${becomes})`,
      )
    } catch (error) {
      if (!(error instanceof WaterworksError)) throw error
      throw new LoadHeld(
        `column ${name} of ${relation.name} cannot become ${logicalTypeName(type)}: ${error.message}`,
      )
    }
  }
}

interface WantedColumns {
  readonly own: readonly Field[]
  readonly platform: readonly Field[]
  /** Columns that get these types, where the table has them with others. */
  readonly widened?: readonly Field[]
}

const STAMPS: readonly Field[] = [
  { name: LOADED_AT, type: { kind: 'timestamptz' } },
  { name: RUN_ID, type: { kind: 'uuid' } },
]

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
