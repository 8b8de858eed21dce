import type { Executor } from '../../engines/engine.ts'
import { personalOf } from '../../project/pipeline.ts'
import { treatmentOf } from '../../project/treatment.ts'
import type { StreamLoad } from './stream-load.ts'
import { TREATMENTS } from './warehouse-tables.ts'

/** Records, in the publishing transaction, how personal data of the table was treated. */
export async function recordTreatment(executor: Executor, load: StreamLoad): Promise<void> {
  const { relation, parameter } = load.engine.dialect
  const stream = [load.pipeline.name, load.stream]
  const treatment = treatmentOf(personalOf(load.pipeline.extract, load.stream))
  const where = `pipeline = ${parameter(1)} and stream = ${parameter(2)}`
  const changed = await executor.execute(
    `update ${relation(TREATMENTS)} set treatment = ${parameter(3)}, run_id = ${parameter(4)} where ${where}`,
    [...stream, treatment, load.runId],
  )
  if (changed > 0) return
  await executor.execute(
    `insert into ${relation(TREATMENTS)} (pipeline, stream, treatment, run_id) values (${[1, 2, 3, 4].map(parameter).join(', ')})`,
    [...stream, treatment, load.runId],
  )
}
