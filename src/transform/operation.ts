import type { Location } from '../errors/location.ts'
import type { OperationName, OperationOptionsOf } from './operation-table.ts'

/** An operation of a stage, as it is to be done. */
export type OperationOf<N extends OperationName> = {
  readonly [K in N]: {
    readonly operation: K
    readonly options: OperationOptionsOf<K>
    /** Where it stands in its file, for messages. */
    readonly location: Location | undefined
  }
}[N]

export type Operation = OperationOf<OperationName>

export interface TransformStage {
  readonly name: 'clean' | 'conform' | 'enrich' | 'aggregate'
  readonly operations: readonly Operation[]
}
