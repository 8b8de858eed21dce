import type { Field } from '../../batch/logical-type.ts'
import type { Dialect } from '../../engines/dialect.ts'
import { carriedColumns } from '../../transform/carried-columns.ts'
import { compileTransform, type TransformInput } from '../../transform/compile-transform.ts'
import type { TransformStage } from '../../transform/transform-stage.ts'
import type { Transformation } from '../../transform/transformation.ts'
import { nullsOf } from './nulls-of.ts'

/** Names and types of a query's output, without running it. */
export type Describe = (sql: string) => Promise<readonly Field[]>

/** The columns that rows have as they leave the stages, in the engine's types. */
export async function describeShape(describe: Describe, shaped: Transformation): Promise<readonly Field[]> {
  const internal = new Set(carriedColumns(shaped))
  const fields = await describe(`select * from ${shaped.from} as _ww_shape`)
  return fields.filter((field) => !internal.has(field.name))
}

/**
 * The columns that rows of a source would have as they leave the stages, in the engine's types: what its own columns
 * become, before any value is read as the type that a table has. Runs nothing; throws what the engine has against the
 * stages' SQL over such columns (WW3001), and WW4303.
 */
export function describeSource(
  describe: Describe,
  source: readonly Field[],
  stages: readonly TransformStage[],
  dialect: Dialect,
  further: Pick<TransformInput, 'shared' | 'lookups'> = {},
): Promise<readonly Field[]> {
  const from = `(select ${nullsOf(source, dialect)})`
  const input = { ...further, from, fields: source, describesOnly: true }
  return describeShape(describe, compileTransform(stages, input, dialect))
}
