import { countingColumns } from './carried-columns.ts'
import type { CompileContext } from './compile-context.ts'
import { FATE } from './row-columns.ts'
import type { Transformation } from './transformation.ts'

/** Gives rows a fate: where `verdict` is not NULL and the row has none yet, it becomes it. */
export function judgeRows(
  state: Transformation,
  verdict: string,
  { dialect }: Pick<CompileContext, 'dialect'>,
): Transformation {
  const fate = state.judged ? `coalesce(${FATE}, ${verdict})` : verdict
  const list = [...state.columns.map(dialect.identifier), ...countingColumns(state)]
  const from = `(select ${list.join(', ')}, ${fate} as ${FATE} from ${state.from} as _ww_judged)`
  return { ...state, from, judged: true }
}
