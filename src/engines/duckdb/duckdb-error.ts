import { WaterworksError } from '../../errors/waterworks-error.ts'

/** Kinds of DuckDB errors that quote the values they met; the others quote the statement. */
const ABOUT_VALUES = /^(Conversion|Invalid Input|Constraint|Out of Range|Mismatch Type) Error:/

/** Sentences of such kinds that name statements and databases only. */
const ABOUT_STATEMENTS = /^Invalid Input Error: Cannot execute statement of type "[A-Z_ ]+" on database "\w+"/

/**
 * Turns what the bindings throw into WW3001 (a refused statement) or WW3003 (the file is in use). Values of rows do
 * not go into the message: they would reach logs and events. The error as DuckDB gave it stays as the cause.
 */
export function duckDbError(cause: unknown): WaterworksError {
  if (cause instanceof WaterworksError) return cause
  const message = cause instanceof Error ? cause.message : String(cause)
  if (/Could not set lock on file/.test(message)) {
    const holder = /PID (\d+)/.exec(message)?.[1]
    const who = holder === undefined ? 'another process' : `process ${holder}`
    return new WaterworksError('WW3003', { message: `the DuckDB file is in use by ${who}`, cause })
  }
  return new WaterworksError('WW3001', { message: `DuckDB: ${withoutValues(message)}`, cause })
}

/**
 * Says the kind of the error and, of its sentence, only what cannot be a value: the type that was wanted, the column
 * and the constraint. The lines after it show the statement.
 */
function withoutValues(message: string): string {
  const kind = ABOUT_VALUES.exec(message)?.[1]
  if (kind === undefined || ABOUT_STATEMENTS.test(message)) return message
  const [sentence = '', ...statement] = message.split(/\n\n(?=LINE \d+:)/)
  const facts = [
    /\b(?:to|destination type) ([A-Z][A-Z0-9]+(?:\(\d+,\d+\))?)\b/.exec(sentence)?.[1],
    /casting from source column (\w+)/.exec(sentence)?.[0],
    /violates [a-z ]+ constraint|(?:NOT NULL|CHECK|UNIQUE) constraint failed/.exec(sentence)?.[0],
  ].filter((fact) => fact !== undefined)
  const said = facts.length > 0 ? ` (${facts.join(', ')})` : ''
  return [`${kind} Error: a value does not fit${said}`, ...statement].join('\n\n')
}
