import { carriedColumns } from './carried-columns.ts'
import type { CompileContext } from './compile-context.ts'
import type { Transformation } from './transformation.ts'

/** What a column becomes: its SQL over the row, and the columns of the row that it is made of. */
export interface ColumnExpression {
  readonly sql: string
  readonly of: readonly string[]
  /** Whether it is text; as before unless given. */
  readonly isText?: boolean
}

/** Wraps the query so far in one that yields `columns`, by expression where one is given. */
export function projectColumns(
  state: Transformation,
  columns: readonly string[],
  expressions: ReadonlyMap<string, ColumnExpression>,
  { dialect }: Pick<CompileContext, 'dialect'>,
): Transformation {
  const list = columns.map((column) => {
    const name = dialect.identifier(column)
    const expression = expressions.get(column)
    return expression === undefined ? name : `${expression.sql} as ${name}`
  })
  const from = `(select ${[...list, ...carriedColumns(state)].join(', ')} from ${state.from} as _ww_stage)`
  const isText = (column: string) => expressions.get(column)?.isText ?? state.texts.has(column)
  return {
    ...state,
    from,
    columns,
    texts: new Set(columns.filter(isText)),
    sources: new Map(
      columns.map((column) => [column, sourcesOf(state, expressions.get(column)?.of ?? [column])]),
    ),
    asArrived: new Set(columns.filter((column) => state.asArrived.has(column) && !expressions.has(column))),
  }
}

/** Rewrites columns in their place, each by an expression over its quoted name. */
export function rewriteColumns(
  state: Transformation,
  columns: readonly string[],
  expression: (name: string, column: string) => string,
  context: CompileContext,
): Transformation {
  const rewritten = columns.map(
    (column) =>
      [column, { sql: expression(context.dialect.identifier(column), column), of: [column] }] as const,
  )
  return projectColumns(state, state.columns, new Map(rewritten), context)
}

/** Adds a column, or replaces the one of that name. */
export function setColumn(
  state: Transformation,
  column: string,
  expression: ColumnExpression,
  context: CompileContext,
): Transformation {
  const columns = [...new Set([...state.columns, column])]
  const told = { isText: false, ...expression }
  return projectColumns(state, columns, new Map([[column, told]]), context)
}

/** The columns that arrived of which columns of this point are made. */
export function sourcesOf(state: Transformation, columns: readonly string[]): readonly string[] {
  return [...new Set(columns.flatMap((column) => state.sources.get(column) ?? []))].toSorted()
}
