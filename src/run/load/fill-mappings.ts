import type { Batch } from '../../batch/batch.ts'
import type { Executor } from '../../engines/engine.ts'
import type { Transformation } from '../../transform/transformation.ts'
import { MAPPED, type MappingTools, type ValueMapping } from '../../transform/value-mapping.ts'
import { count } from './count.ts'
import type { StreamLoad } from './stream-load.ts'

/** Keys that are in memory at once: what they become is written before the next are read. */
const AT_ONCE = 1 << 17
const NUMBER = 'n'

type Load = Pick<StreamLoad, 'engine' | 'pseudonyms'>

/**
 * Makes the tables of what values become outside of the engine, so that the rows can be read.
 * @param atOnce how many values are in memory at once
 */
export async function fillMappings(
  executor: Executor,
  shaped: Transformation,
  load: Load,
  atOnce = AT_ONCE,
): Promise<void> {
  // The keys of one may be made of what the one before it gives.
  for (const mapping of shaped.mappings) await fill(executor, mapping, load, atOnce)
}

export async function dropMappings(executor: Executor, shaped: Transformation): Promise<void> {
  for (const { table } of shaped.mappings) await executor.execute(`drop table ${table}`)
}

async function fill(
  executor: Executor,
  { table, select, keys, map }: ValueMapping,
  { engine: { dialect }, pseudonyms }: Load,
  atOnce: number,
): Promise<void> {
  const [listed, made] = [`${table}_keys`, `${table}_made`]
  await executor.execute(
    `create temporary table ${listed} as select row_number() over () as ${NUMBER}, k.* from (${select}) as k`,
  )
  await executor.execute(
    `create temporary table ${made} (${NUMBER} ${dialect.typeName({ kind: 'int64' })}, ${MAPPED} ${dialect.typeName({ kind: 'text' })})`,
  )
  const tools: MappingTools = { pseudonyms }
  const total = await count(executor, `from ${listed}`)
  for (let from = 0; from < total; from += atOnce) {
    const batches: Batch[] = []
    const some = `select ${[NUMBER, ...keys].join(', ')} from ${listed} where ${NUMBER} > ${from} and ${NUMBER} <= ${from + atOnce}`
    // Read to the end first: a session does one thing at a time.
    for await (const { rows, columns } of executor.batches(some)) {
      const [number, ...values] = columns
      const mapped = await map(values, rows, tools)
      batches.push({ rows, columns: [number!, { ...mapped, name: MAPPED }] })
    }
    await executor.load({ name: made }, eachOf(batches))
  }
  await executor.execute(
    `create temporary table ${table} as select ${keys.join(', ')}, ${MAPPED} from ${listed} join ${made} using (${NUMBER})`,
  )
  await executor.execute(`drop table ${listed}`)
  await executor.execute(`drop table ${made}`)
}

async function* eachOf(batches: readonly Batch[]): AsyncGenerator<Batch> {
  yield* batches
}
