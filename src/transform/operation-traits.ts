import { type OperationOf, operationIn } from './operation.ts'
import type { OperationEffect } from './operation-definition.ts'
import { type OperationName, operationNamed } from './operation-table.ts'
import type { StageOperation } from './transform-stage.ts'

/** Where an operation's rows may be counted, other than as rows that go on. */
export function effectsOf(operation: StageOperation): readonly OperationEffect[] {
  return operationNamed(operationIn(operation).operation).effects
}

/** Columns whose type an operation states. */
export function columnsDeclared(operation: StageOperation): readonly string[] {
  return declared(operationIn(operation))
}

/** Tables that an operation looks up, as they are named. */
export function lookupsOf(operation: StageOperation): readonly string[] {
  return lookedUp(operationIn(operation))
}

function declared<N extends OperationName>({ operation, options }: OperationOf<N>): readonly string[] {
  return operationNamed(operation).declares?.(options) ?? []
}

function lookedUp<N extends OperationName>({ operation, options }: OperationOf<N>): readonly string[] {
  return operationNamed(operation).lookups?.(options) ?? []
}
