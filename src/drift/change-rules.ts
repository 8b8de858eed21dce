import type { Pipeline } from '../project/pipeline.ts'
import { type SchemaChangePolicy, schemaChangesOf } from '../project/schema-changes.ts'
import { columnsDeclared } from '../transform/operation-traits.ts'

/** What a pipeline allows when columns differ. */
export interface ChangeRules {
  readonly policy: SchemaChangePolicy
  /** Whether a single row that would be rejected holds its load. */
  readonly rejectsNone: boolean
  /** Columns whose type the pipeline states itself: `policy.types` holds no load for them. */
  readonly declared: ReadonlySet<string>
}

/** What a pipeline allows when the columns of one of its streams differ from the table's. */
export function changeRules(pipeline: Pipeline, stream: string): ChangeRules {
  const { strategy } = pipeline.errorHandling
  return {
    policy: schemaChangesOf(pipeline.load, stream),
    rejectsNone: strategy === 'fail-fast' || strategy === 'retry',
    declared: declaredColumns(pipeline, stream),
  }
}

/** Columns whose type the pipeline itself states: a value that does not fit there is a bad value, not a changed source. */
function declaredColumns(pipeline: Pipeline, stream: string): ReadonlySet<string> {
  const { files, database } = pipeline.extract
  const inSource = [...files, ...(database?.tables ?? [])]
    .filter((source) => source.table === stream)
    .flatMap((source) => Object.keys({ ...database?.columns, ...source.columns }))
  const inStages = pipeline.transform.stages
    .flatMap((stage) => stage.operations)
    .flatMap((operation) => columnsDeclared(operation))
  return new Set([...inSource, ...inStages])
}
