import type { Field } from '../../batch/logical-type.ts'
import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import { judgeBatch } from '../../privacy/recognise/judge-batch.ts'
import type { Finding } from '../../privacy/recognise/judge-column.ts'

/** So many rows are drawn from all of a table, the same ones each time. */
const ROWS = 2000

/** Which columns of a relation look like personal data, by their names and a sample of their values. */
export async function findPersonal(
  executor: Executor,
  from: string,
  fields: readonly Field[],
): Promise<readonly Finding[]> {
  if (fields.length === 0) return []
  const columns = fields.map(({ name }) => duckDbDialect.identifier(name)).join(', ')
  const sample = `select ${columns} from ${from} as t using sample reservoir(${ROWS} rows) repeatable (1)`
  const found = new Map<string, Finding>()
  for await (const batch of executor.batches(sample)) {
    for (const finding of judgeBatch(batch))
      if (!found.has(finding.column)) found.set(finding.column, finding)
  }
  return [...found.values()]
}
