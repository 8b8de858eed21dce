import type { Selectable } from 'kysely'
import type { ZodType } from 'zod'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { ledgerSchema, selectionSchema } from '../events/event-schema.ts'
import type { RunSummary, TaskSummary } from './state-store.ts'
import type { StateTables } from './state-tables.ts'

/** A run's row as the interface tells it. Throws WW6003 as `parsed` does. */
export function runSummary(row: Selectable<StateTables['runs']>, tasks: readonly TaskSummary[]): RunSummary {
  return {
    runId: row.run_id,
    command: row.command,
    target: row.target,
    status: row.status,
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
    seconds: row.seconds ?? undefined,
    selection: parsed(selectionSchema, row.selection, 'selection'),
    tasks,
  }
}

/** A task's row as the interface tells it. Throws WW6003 as `parsed` does. */
export function taskSummary(row: Selectable<StateTables['tasks']>): TaskSummary {
  return {
    node: row.node,
    status: row.status,
    attempts: row.attempts,
    seconds: row.seconds ?? undefined,
    rows: row.row_count ?? undefined,
    message: row.message,
    ledger: row.ledger === null ? undefined : parsed(ledgerSchema, row.ledger, 'ledger'),
  }
}

/** Stored JSON text, checked against its schema. Throws WW6003 when it is something else. */
export function parsed<Value>(schema: ZodType<Value>, text: string, what: string): Value {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new WaterworksError('WW6003', { message: `a stored ${what} is not JSON`, cause })
  }
  const result = schema.safeParse(json)
  if (result.success) return result.data
  const at = result.error.issues[0]?.path.join('.') ?? ''
  throw new WaterworksError('WW6003', {
    message: `a stored ${what} does not have the shape it should have${at === '' ? '' : ` at ${at}`}`,
    cause: result.error,
  })
}
