import type { Field } from '../batch/logical-type.ts'
import type { Dialect } from '../engines/dialect.ts'
import type { Relation } from '../engines/relation.ts'
import type { CompileContext } from './compile-context.ts'
import { judgeRows } from './judge-rows.ts'
import { type OperationOf, operationIn } from './operation.ts'
import { type OperationName, operationNamed } from './operation-table.ts'
import { stageError } from './stage-error.ts'
import type { TransformStage } from './transform-stage.ts'
import type { Transformation } from './transformation.ts'

/** What a pipeline says of its stages, and what surrounds them. */
export interface TransformInput {
  /** SQL that may stand in FROM: the columns that arrived, and `ROW`. */
  readonly from: string
  readonly fields: readonly Field[]
  /** A column of `from` with why a row is rejected before all stages, NULL where it is not. */
  readonly defect?: string | undefined
  /** Whether rows of other streams go through the same stages. */
  readonly shared?: boolean
  /** Whether only the names and types of the rows are wanted. */
  readonly describesOnly?: boolean
  /** Where the tables are that stages look up, as they name them. */
  readonly lookups?: Readonly<Record<string, Relation>> | undefined
}

/**
 * Compiles the stages of a pipeline to one nested query over the rows as they arrived, in the order in which they are written. Pure. The
 * first operation that decides a row's fate wins, and later ones do not see the row. Throws WW4303, WW4304 and what else
 * an operation has against the columns, at its place.
 */
export function compileTransform(
  stages: readonly TransformStage[],
  input: TransformInput,
  dialect: Dialect,
): Transformation {
  const arrived: Transformation = {
    from: input.from,
    columns: input.fields.map((field) => field.name),
    texts: new Set(input.fields.filter((field) => field.type.kind === 'text').map((field) => field.name)),
    judged: false,
    expanded: false,
    folded: false,
    acrossRows: false,
    renumbered: false,
    mappings: [],
    sources: new Map(input.fields.map(({ name }) => [name, [name]])),
    asArrived: new Set(input.fields.map(({ name }) => name)),
  }
  const start = input.defect === undefined ? arrived : judgeRows(arrived, input.defect, { dialect })
  return stages
    .flatMap((stage) => stage.operations)
    .reduce((state, operation) => compileOperation(state, operationIn(operation), input, dialect), start)
}

/** The rows after one more operation. */
export function compileOperation<N extends OperationName>(
  state: Transformation,
  { operation, options, location }: OperationOf<N>,
  { shared = false, describesOnly = false, lookups }: TransformInput,
  dialect: Dialect,
): Transformation {
  const context: CompileContext = {
    dialect,
    location,
    shared,
    describesOnly,
    lookupRelation(reference) {
      const relation = lookups?.[reference]
      if (relation !== undefined) return relation
      throw stageError('WW4305', location, `there is no table ${reference} to look up`)
    },
  }
  return operationNamed(operation).compile(state, options, context)
}
