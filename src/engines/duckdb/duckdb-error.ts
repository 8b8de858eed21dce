import { WaterworksError } from '../../errors/waterworks-error.ts'

/** Turns what the bindings throw into WW3001 (a refused statement) or WW3003 (the file is in use). */
export function duckDbError(cause: unknown): WaterworksError {
  if (cause instanceof WaterworksError) return cause
  const message = cause instanceof Error ? cause.message : String(cause)
  if (/Could not set lock on file/.test(message)) {
    const holder = /PID (\d+)/.exec(message)?.[1]
    const who = holder === undefined ? 'another process' : `process ${holder}`
    return new WaterworksError('WW3003', { message: `the DuckDB file is in use by ${who}`, cause })
  }
  return new WaterworksError('WW3001', { message: `DuckDB: ${message}`, cause })
}
