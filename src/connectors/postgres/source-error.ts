import { WaterworksError } from '../../errors/waterworks-error.ts'
import { connectionError, sqlStateOf, statementError } from '../../postgres-protocol/postgres-error.ts'
import type { Connection } from '../../project/project.ts'

/** Undefined table, column or function: what was there in the snapshot is there no more. */
const CHANGED = /^(42P01|42703|42P17|0A000|XX000)$/
/** `SET TRANSACTION SNAPSHOT` of one that is gone: invalid parameter value, or no such file. */
const NO_SNAPSHOT = /^(22023|42704)$/

/** A connection to a source that cannot be made, as WW4201; never with its password. */
export function unreachable(cause: unknown, connection: Connection): WaterworksError {
  const error = connectionError(cause, connection)
  return new WaterworksError('WW4201', { message: `connection ${connection.name}: ${error.message}`, cause })
}

/** A statement that failed: WW4201 when the connection broke, else WW4202 with the server's message. */
export function refused(cause: unknown, { name }: Connection): WaterworksError {
  if (cause instanceof WaterworksError && !cause.code.startsWith('WW3')) return cause
  const error = statementError(cause)
  const code = error.code === 'WW3002' ? 'WW4201' : 'WW4202'
  return new WaterworksError(code, {
    message: `connection ${name}: ${error.message}`,
    hint: error.hint,
    cause,
  })
}

/** Whether a table is not as it was when the snapshot was taken. */
export function saysTableChanged(error: unknown): boolean {
  return CHANGED.test(stateOf(error))
}

export function saysSnapshotGone(error: unknown): boolean {
  return NO_SNAPSHOT.test(stateOf(error))
}

/** Whether the connection broke, so that another may do better. */
export function isBroken(error: unknown): boolean {
  return error instanceof WaterworksError && error.code === 'WW4201'
}

function stateOf(error: unknown): string {
  const cause = error instanceof WaterworksError ? error.cause : error
  return sqlStateOf(cause) ?? ''
}
