import type { Location } from '../errors/location.ts'

/** A stage of a pipeline, as programs see it too: its operations, in the order in which they are done. */
export interface TransformStage {
  readonly name: 'clean' | 'conform' | 'enrich' | 'aggregate'
  readonly operations: readonly StageOperation[]
}

/** An operation as plain data: its name in pipeline files, and what its definition read of its entry. */
export interface StageOperation {
  readonly operation: string
  readonly options: object
  /** Where it stands in its file, for messages. */
  readonly location: Location | undefined
}
