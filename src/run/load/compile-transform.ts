import type { Field } from '../../batch/logical-type.ts'
import type { Dialect } from '../../engines/dialect.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Operation, TransformStage } from '../../project/pipeline.ts'
import { FATE, FILTERED, KEPT, ROW } from './load-columns.ts'

/** Which rows of a load are doubles of one another: they agree on `keys` (null-safely); one stays. */
export interface DedupeRule {
  readonly keys: readonly string[]
  readonly latestBy: string | undefined
}

export interface Transformation {
  /** SQL that may stand in FROM: `columns`, the number of each row, and its fate when `judged`. */
  readonly from: string
  readonly columns: readonly string[]
  /** Columns beside those: what the dedupe rules look at, as it was at each rule's point. */
  readonly kept: readonly string[]
  /** Columns known to hold text: what `all` means for operations on text. */
  readonly texts: ReadonlySet<string>
  /** Whether rows carry a fate: NULL goes on, `filtered` is left out, anything else is a reason to reject. */
  readonly judged: boolean
  readonly dedupe: readonly DedupeRule[]
}

/**
 * Compiles the stages of a pipeline to one nested query over the rows as they arrived. Pure. The first operation
 * that decides a row's fate wins. Columns are named as they are at the operation's point.
 */
export function compileTransform(
  stages: readonly TransformStage[],
  input: { readonly from: string; readonly fields: readonly Field[] },
  dialect: Dialect,
): Transformation {
  const start: Transformation = {
    from: input.from,
    columns: input.fields.map((field) => field.name),
    texts: new Set(input.fields.filter((field) => field.type.kind === 'text').map((field) => field.name)),
    kept: [],
    judged: false,
    dedupe: [],
  }
  return stages
    .flatMap((stage) => stage.operations)
    .reduce((state, operation) => apply(state, operation, dialect), start)
}

/** Adds a verdict to a transformation: where `verdict` is not NULL and the row has no fate yet, it becomes it. */
export function judge(state: Transformation, verdict: string, dialect: Dialect): Transformation {
  const fate = state.judged ? `coalesce(${FATE}, ${verdict})` : verdict
  const list = [...state.columns.map((column) => dialect.identifier(column)), ...state.kept, ROW]
  const from = `(select ${list.join(', ')}, ${fate} as ${FATE} from ${state.from} as _ww_judged)`
  return { ...state, from, judged: true }
}

function apply(state: Transformation, operation: Operation, dialect: Dialect): Transformation {
  const { identifier, literal } = dialect
  switch (operation.operation) {
    case 'trim':
      return rewrite(state, chosen(state, operation.columns), (c) => `trim(${identifier(c)})`, dialect)
    case 'lower':
    case 'upper':
      return rewrite(state, operation.columns, (c) => `${operation.operation}(${identifier(c)})`, dialect)
    case 'null_if': {
      const values = operation.values.map(literal).join(', ')
      const nullIf = (c: string) =>
        `case when cast(${identifier(c)} as ${dialect.typeName({ kind: 'text' })}) in (${values}) then null else ${identifier(c)} end`
      return rewrite(state, chosen(state, operation.columns), nullIf, dialect)
    }
    case 'fill':
      return rewrite(
        state,
        [operation.column],
        (c) => `coalesce(${identifier(c)}, ${literal(operation.value)})`,
        dialect,
      )
    case 'cast':
      return cast(state, operation, dialect)
    case 'rename':
      return rename(state, operation.columns, dialect)
    case 'drop':
      return project(
        { ...state, columns: state.columns.filter((column) => !operation.columns.includes(column)) },
        new Map(),
        dialect,
      )
    case 'derive': {
      const columns = [...new Set([...state.columns, operation.column])]
      return project(
        { ...state, columns },
        new Map([[operation.column, `(${operation.expression})`]]),
        dialect,
      )
    }
    case 'map': {
      const cases = Object.entries(operation.values).map(
        ([from, to]) => `when ${identifier(operation.column)} = ${literal(from)} then ${literal(to)}`,
      )
      const mapped = (c: string) => `case ${cases.join(' ')} else ${identifier(c)} end`
      return rewrite(state, [operation.column], mapped, dialect)
    }
    case 'filter':
      return judge(state, `case when (${operation.expression}) then null else '${FILTERED}' end`, dialect)
    case 'dedupe':
      return dedupe(state, operation, dialect)
  }
}

/** Doubles are found after all stages, by the values of this point: later operations may change or drop them. */
function dedupe(
  state: Transformation,
  { keys, latestBy }: Operation & { operation: 'dedupe' },
  dialect: Dialect,
): Transformation {
  const nameOf = (index: number) => `${KEPT}${state.kept.length + index}`
  const by = keys.length > 0 ? keys : state.columns
  const looked = latestBy === undefined ? by : [...by, latestBy]
  const copies = looked.map((column, index) => `${dialect.identifier(column)} as ${nameOf(index)}`)
  const rule = {
    keys: by.map((_, index) => nameOf(index)),
    latestBy: latestBy === undefined ? undefined : nameOf(by.length),
  }
  return {
    ...state,
    from: `(select *, ${copies.join(', ')} from ${state.from} as _ww_kept)`,
    kept: [...state.kept, ...looked.map((_, index) => nameOf(index))],
    dedupe: [...state.dedupe, rule],
  }
}

/** `all` means the columns of text there are at that point. */
function chosen(state: Transformation, columns: readonly string[] | 'all'): readonly string[] {
  return columns === 'all' ? state.columns.filter((column) => state.texts.has(column)) : columns
}

function cast(
  state: Transformation,
  operation: Operation & { operation: 'cast' },
  dialect: Dialect,
): Transformation {
  const casts = Object.entries(operation.columns)
  const verdicts = casts.map(([column, type]) => unreadable(column, type, dialect))
  const judged = judge(state, `case ${verdicts.join(' ')} end`, dialect)
  const expressions = new Map(
    casts.map(([column, type]) => [column, dialect.tryCast(dialect.identifier(column), type)]),
  )
  const texts = new Set(state.texts)
  for (const [column, type] of casts) {
    if (type.kind === 'text') texts.add(column)
    else texts.delete(column)
  }
  return project({ ...judged, texts }, expressions, dialect)
}

/** A WHEN branch that names a column whose value does not read as `type`. */
export function unreadable(
  column: string,
  type: Parameters<Dialect['tryCast']>[1],
  dialect: Dialect,
): string {
  const name = dialect.identifier(column)
  const reason = `column ${column}: cannot be read as ${dialect.typeName(type).toLowerCase()}`
  return `when ${name} is not null and ${dialect.tryCast(name, type)} is null then ${dialect.literal(reason)}`
}

function rename(
  state: Transformation,
  names: Readonly<Record<string, string>>,
  dialect: Dialect,
): Transformation {
  const renamed = (column: string) => (Object.hasOwn(names, column) ? names[column]! : column)
  const double = state.columns.find((column, index) =>
    state.columns.slice(0, index).some((earlier) => renamed(earlier) === renamed(column)),
  )
  if (double !== undefined) {
    throw new WaterworksError('WW4303', { message: `a rename gives two columns the name ${renamed(double)}` })
  }
  const expressions = new Map(state.columns.map((column) => [renamed(column), dialect.identifier(column)]))
  const texts = new Set([...state.texts].map(renamed))
  return project({ ...state, columns: state.columns.map(renamed), texts }, expressions, dialect)
}

function rewrite(
  state: Transformation,
  columns: readonly string[],
  expression: (column: string) => string,
  dialect: Dialect,
): Transformation {
  return project(state, new Map(columns.map((column) => [column, expression(column)])), dialect)
}

/** Wraps the query so far in one that yields `state.columns`, by expression where one is given. */
export function project(
  state: Transformation,
  expressions: ReadonlyMap<string, string>,
  dialect: Dialect,
): Transformation {
  const list = state.columns.map((column) => {
    const name = dialect.identifier(column)
    const expression = expressions.get(column)
    return expression === undefined ? name : `${expression} as ${name}`
  })
  const carried = [...state.kept, ROW, ...(state.judged ? [FATE] : [])]
  return { ...state, from: `(select ${[...list, ...carried].join(', ')} from ${state.from} as _ww_stage)` }
}
