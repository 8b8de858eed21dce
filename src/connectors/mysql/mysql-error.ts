import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Connection } from '../../project/project.ts'

/** Messages of the server that name accounts, tables, columns and limits; others may quote what stands in rows. */
const NAMES_ONLY: ReadonlySet<number> = new Set([
  1040, 1043, 1044, 1045, 1049, 1054, 1142, 1143, 1146, 1203, 1205, 1213, 1226, 1227, 1251, 1317, 1356, 1412,
  1698, 1969, 3024, 3118, 4151,
])
/** The table was altered, dropped, or lost a column or a table below it since the snapshot. */
const CHANGED: ReadonlySet<number> = new Set([1054, 1146, 1356, 1412])
/** Access denied for a database, table or column. */
const DENIED: ReadonlySet<number> = new Set([1044, 1142, 1143])
/** Shutdown, and sessions that were ended from outside. */
const ENDED: ReadonlySet<number> = new Set([1053, 1077, 1079, 1927, 4031])

interface ServerError {
  readonly number: number
  readonly message: string
}

/** A connection to a source that cannot be made, as WW4201; never with its password. */
export function unreachable(cause: unknown, connection: Connection): WaterworksError {
  const { name, host, port, user, database } = connection
  const error = serverErrorOf(cause)
  const reason = error === undefined ? reasonOf(cause) : say(error)
  return new WaterworksError('WW4201', {
    message: `connection ${name}: cannot connect to MySQL at ${host}:${port} as ${user}, database ${database}: ${reason}`,
    cause,
  })
}

/** A statement that failed: WW4201 when the connection broke, WW4203 for want of rights, else WW4202. */
export function refused(cause: unknown, { name }: Connection): WaterworksError {
  if (cause instanceof WaterworksError) return cause
  const error = serverErrorOf(cause)
  if (error === undefined || ENDED.has(error.number)) {
    const reason = error === undefined ? reasonOf(cause) : say(error)
    const message = `connection ${name}: MySQL: the connection broke: ${reason}`
    return new WaterworksError('WW4201', { message, cause })
  }
  const isDenied = DENIED.has(error.number)
  return new WaterworksError(isDenied ? 'WW4203' : 'WW4202', {
    message: `connection ${name}: MySQL: ${say(error)}`,
    hint: isDenied ? 'Grant it: GRANT SELECT ON `database`.`table` TO …' : undefined,
    cause,
  })
}

/** Whether a table is not as it was when the snapshot was taken. */
export function saysTableChanged(error: unknown): boolean {
  const number = serverErrorOf(error instanceof WaterworksError ? error.cause : error)?.number
  return number !== undefined && CHANGED.has(number)
}

/** Whether the connection broke. */
export function isBroken(error: unknown): boolean {
  return error instanceof WaterworksError && error.code === 'WW4201'
}

function say({ number, message }: ServerError): string {
  return NAMES_ONLY.has(number) ? `${message} (${number})` : `error ${number} of the server`
}

/** Node gathers the attempts on a name's several addresses in one error without a message. */
function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.message === '') return cause.errors.map(reasonOf).join('; ')
  return cause instanceof Error ? cause.message : String(cause)
}

/** Errors of the server itself have its number, and a state of five characters; those of the driver have neither. */
function serverErrorOf(value: unknown): ServerError | undefined {
  if (!(value instanceof Error)) return undefined
  const number: unknown = Reflect.get(value, 'errno')
  const state: unknown = Reflect.get(value, 'sqlState')
  if (typeof number !== 'number' || number <= 0 || typeof state !== 'string' || state === '') return undefined
  return { number, message: value.message }
}
