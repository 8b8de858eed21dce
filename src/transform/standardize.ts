import { type ColumnChoice, chosenColumns } from './chosen-columns.ts'
import type { CompileContext } from './compile-context.ts'
import { judgeRows } from './judge-rows.ts'
import { type MisfitRule, misfitBranches } from './misfit-rule.ts'
import { rewriteColumns } from './project-columns.ts'
import type { Transformation } from './transformation.ts'

/** How values of one kind are written in one way. */
export interface Standard {
  /** What a value is that does not fit, for the reason of a rejection: "is no email address". */
  readonly isNot: string
  /** A condition over the quoted name, never NULL for a value: it is of that kind. */
  readonly fits: (name: string, column: string) => string
  /** What a value that fits becomes. */
  readonly value: (name: string, column: string) => string
}

/** Rewrites values in the standard way, and does by `rule` with those that do not fit. NULL stays NULL. */
export function standardize(
  state: Transformation,
  choice: ColumnChoice,
  { isNot, fits, value }: Standard,
  rule: MisfitRule,
  context: CompileContext,
): Transformation {
  const columns = chosenColumns(state, choice, context)
  const misfits = columns.map((column) => {
    const name = context.dialect.identifier(column)
    return {
      rule,
      condition: `${name} is not null and not ${fits(name, column)}`,
      reason: `column ${column} ${isNot}`,
    }
  })
  const branches = misfitBranches(misfits, context.dialect)
  const judged = branches.length === 0 ? state : judgeRows(state, `case ${branches.join(' ')} end`, context)
  const otherwise = (name: string) => (rule === 'null' ? '' : ` else ${name}`)
  return rewriteColumns(
    judged,
    columns,
    (name, column) => `case when ${fits(name, column)} then ${value(name, column)}${otherwise(name)} end`,
    context,
  )
}
