import { WaterworksError } from '../errors/waterworks-error.ts'

/** SQLSTATE classes whose messages quote what stands in rows: data exceptions and integrity violations. */
const QUOTES_VALUES = /^2[23]/
/** Connection exceptions, refused credentials, unknown databases, too many connections, shutdowns. */
const IS_CONNECTION = /^(08|28|3D|53300|57P)/

interface ServerError {
  readonly message: string
  readonly sqlState: string
  readonly detail: string | undefined
  readonly hint: string | undefined
  readonly constraint: string | undefined
  readonly column: string | undefined
}

/** Where a connection leads, for messages: never with its password. */
export interface Address {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
}

/**
 * A refused statement as WW3001, with the server's message, its detail and SQLSTATE; what quotes row values is left
 * to the cause. A connection that broke is WW3002.
 */
export function statementError(cause: unknown): WaterworksError {
  if (cause instanceof WaterworksError) return cause
  const error = asServerError(cause)
  if (error === undefined) {
    const message = cause instanceof Error ? cause.message : String(cause)
    return new WaterworksError('WW3002', { message: `Postgres: the connection broke: ${message}`, cause })
  }
  const code = /^57P/.test(error.sqlState) ? 'WW3002' : 'WW3001'
  return new WaterworksError(code, { message: `Postgres: ${describe(error)}`, hint: error.hint, cause })
}

/** A connection that cannot be made, as WW3002. */
export function connectionError(cause: unknown, address: Address): WaterworksError {
  if (cause instanceof WaterworksError) return cause
  const error = asServerError(cause)
  if (error !== undefined && !IS_CONNECTION.test(error.sqlState)) return statementError(cause)
  const { host, port, user, database } = address
  return new WaterworksError('WW3002', {
    message: `cannot connect to Postgres at ${host}:${port} as ${user}, database ${database}: ${reason(cause)}`,
    cause,
  })
}

/** The SQLSTATE of an error or of what caused it. */
export function sqlStateOf(error: unknown): string | undefined {
  return asServerError(error instanceof WaterworksError ? error.cause : error)?.sqlState
}

function describe({ message, sqlState, detail, constraint, column }: ServerError): string {
  if (!QUOTES_VALUES.test(sqlState)) return `${[message, detail].filter(Boolean).join(': ')} (${sqlState})`
  const place = column !== undefined && !message.includes(column) ? ` in column ${column}` : ''
  const rule = constraint !== undefined && !message.includes(constraint) ? ` (constraint ${constraint})` : ''
  // `invalid input syntax for type integer: "…"`
  return `${message.replace(/: ".*"$/s, '')}${place}${rule} (${sqlState})`
}

/** Node gathers the attempts on a name's several addresses in one error without a message. */
function reason(cause: unknown): string {
  if (cause instanceof AggregateError && cause.message === '') return cause.errors.map(reason).join('; ')
  return cause instanceof Error ? cause.message : String(cause)
}

function asServerError(value: unknown): ServerError | undefined {
  if (!(value instanceof Error)) return undefined
  const text = (name: string): string | undefined => {
    const field: unknown = Reflect.get(value, name)
    return typeof field === 'string' ? field : undefined
  }
  const sqlState = text('code')
  if (sqlState === undefined || !/^[0-9A-Z]{5}$/.test(sqlState) || text('severity') === undefined)
    return undefined
  return {
    message: value.message,
    sqlState,
    detail: text('detail'),
    hint: text('hint'),
    constraint: text('constraint'),
    column: text('column'),
  }
}
