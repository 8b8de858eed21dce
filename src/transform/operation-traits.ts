import type { Operation, OperationOf } from './operation.ts'
import type { OperationEffect } from './operation-definition.ts'
import { type OperationName, operationNamed } from './operation-table.ts'

/** Where an operation's rows may be counted, other than as rows that go on. */
export function effectsOf({ operation }: Operation): readonly OperationEffect[] {
  return operationNamed(operation).effects
}

/** Columns whose type an operation states. */
export function columnsDeclared<N extends OperationName>({
  operation,
  options,
}: OperationOf<N>): readonly string[] {
  return operationNamed(operation).declares?.(options) ?? []
}

/** Tables that an operation looks up, as they are named. */
export function lookupsOf<N extends OperationName>({
  operation,
  options,
}: OperationOf<N>): readonly string[] {
  return operationNamed(operation).lookups?.(options) ?? []
}
