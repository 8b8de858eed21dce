import type { WaterworksError } from '../../../errors/waterworks-error.ts'
import type { PreviousState } from '../comparison/previous-state.ts'
import type { Selectable } from '../selectable.ts'
import type { SelectionGraph } from '../selection-graph.ts'
import type { Criterion } from '../selection-spec.ts'

/** What methods may look at besides the member they judge. */
export interface MethodContext {
  readonly graph: SelectionGraph
  readonly previous: PreviousState
  readonly now: Date
  warn(warning: WaterworksError): void
}

/** Makes of a criterion's value a judgement of members. Throws WW1301, WW1302 or WW1304 for a value that cannot be. */
export type Method = (criterion: Criterion, context: MethodContext) => (member: Selectable) => boolean
