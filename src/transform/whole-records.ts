import { countingColumns } from './carried-columns.ts'
import type { CompileContext } from './compile-context.ts'
import { FATE, ROW } from './row-columns.ts'
import type { Transformation } from './transformation.ts'
import { wholeFate } from './whole-fate.ts'

/** Before rows are folded: where a row that was made of a record is rejected, so are all that were made of it. */
export function wholeRecords(state: Transformation, { dialect }: CompileContext): Transformation {
  if (!state.expanded || !state.judged) return state
  const list = [...state.columns.map(dialect.identifier), ...countingColumns(state)].join(', ')
  return {
    ...state,
    from: `(select ${list}, ${wholeFate(ROW)} as ${FATE} from ${state.from} as _ww_records)`,
  }
}
