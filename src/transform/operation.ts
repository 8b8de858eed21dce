import type { Location } from '../errors/location.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { isOperationName, type OperationName, type OperationOptionsOf } from './operation-table.ts'
import type { StageOperation } from './transform-stage.ts'

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

/** An operation of a stage with the type of its options, which the definition of its name has read. */
export function operationIn(stage: StageOperation): Operation {
  if (!isOperationName(stage.operation)) {
    throw new WaterworksError('WW9001', { message: `there is no operation ${stage.operation}` })
  }
  return stage as Operation
}
