import { z } from 'zod'
import type { Ledger } from '../ledger/ledger.ts'
import type { Event, RunRecord } from './event.ts'

const count = z.number()
const base = { runId: z.string(), at: z.string() }
const texts = z.array(z.string())
const runStatus = z.enum(['success', 'failed', 'partial'])

export const ledgerSchema: z.ZodType<Ledger> = z.object({
  extracted: count,
  expanded: count,
  inserted: count,
  updated: count,
  unchanged: count,
  deleted: count,
  deduplicated: count,
  filtered: count,
  // Absent from what was recorded before there was folding.
  folded: count.default(0),
  rejected: count,
  held: count,
  late: count,
  rows_before: count,
  rows_after: count,
  physical_inserts: count,
  physical_deletes: count,
})

export const runRecordSchema: z.ZodType<RunRecord> = z.object({
  pipeline_name: z.string(),
  run_id: z.string(),
  started_at: z.string(),
  completed_at: z.string(),
  status: runStatus,
  stage: z.string(),
  rows_extracted: count,
  rows_transformed: count,
  rows_loaded: count,
  rows_rejected: count,
  quality_checks_passed: count,
  quality_checks_failed: count,
  duration_seconds: z.number(),
  error_message: z.string().nullable(),
  watermark_before: z.string().nullable(),
  watermark_after: z.string().nullable(),
})

/** Which nodes a run was asked for. */
export const selectionSchema = z.object({ select: texts, exclude: texts })

/** The columns of a version of a schema. */
export const recordedColumns = z.array(z.object({ name: z.string(), type: z.string() }))

export const recordedChange = z.object({
  column: z.string(),
  change: z.enum(['added', 'removed', 'renamed', 'widened', 'changed']),
  newName: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
})

/** An event as it is read back from a store. Fields that a later version added are left out. */
export const eventSchema: z.ZodType<Event> = z.discriminatedUnion('type', [
  z.object({
    ...base,
    type: z.literal('run-started'),
    command: z.string(),
    target: z.string(),
    tasks: texts,
    selection: selectionSchema,
  }),
  z.object({ ...base, type: z.literal('run-finished'), status: runStatus, seconds: z.number() }),
  z.object({ ...base, type: z.literal('task-started'), node: z.string(), attempt: z.number() }),
  z.object({
    ...base,
    type: z.literal('step-finished'),
    node: z.string(),
    stream: z.string(),
    step: z.enum(['extract', 'validate', 'transform', 'load', 'verify']),
    rows: count,
    seconds: z.number(),
  }),
  z.object({
    ...base,
    type: z.literal('task-finished'),
    node: z.string(),
    fingerprint: z.string(),
    status: z.enum(['success', 'failed', 'partial', 'skipped', 'reused']),
    seconds: z.number(),
    rows: count,
    ledger: ledgerSchema.optional().transform((ledger) => ledger),
    message: z.string(),
    published: texts,
  }),
  z.object({
    ...base,
    type: z.literal('check-finished'),
    check: z.string(),
    node: z.string(),
    fingerprint: z.string().optional(),
    status: z.enum(['pass', 'warn', 'fail', 'error', 'skipped']),
    failures: count,
    message: z.string(),
    seconds: z.number(),
  }),
  z.object({
    ...base,
    type: z.literal('load-committed'),
    node: z.string(),
    stream: z.string(),
    loadIds: texts,
    position: z.string(),
    ledger: ledgerSchema,
  }),
  z.object({
    ...base,
    type: z.literal('rows-quarantined'),
    node: z.string(),
    stream: z.string(),
    rows: count,
    reasons: z.record(z.string(), count),
  }),
  z.object({
    ...base,
    type: z.literal('values-discarded'),
    node: z.string(),
    stream: z.string(),
    discarded: z.array(z.object({ column: z.string(), what: z.enum(['values', 'elements']), count })),
  }),
  z.object({
    ...base,
    type: z.literal('schema-changed'),
    node: z.string(),
    relation: z.string(),
    changes: z.array(recordedChange).default([]),
    added: texts,
    removed: texts,
    changed: texts,
  }),
  z.object({
    ...base,
    type: z.literal('schema-recorded'),
    node: z.string(),
    stream: z.string(),
    relation: z.string(),
    columns: recordedColumns,
    changes: z.array(recordedChange),
  }),
  z.object({
    ...base,
    type: z.literal('rows-reconciled'),
    node: z.string(),
    stream: z.string(),
    action: z.enum(['delete', 'soft-delete', 'report']),
    compared: count,
    missing: count,
  }),
  z.object({
    ...base,
    type: z.literal('vault-accessed'),
    action: z.enum(['reveal', 'erase']),
    token: z.string(),
    by: z.string(),
    reason: z.string(),
  }),
  z.object({ ...base, type: z.literal('pipeline-recorded'), record: runRecordSchema }),
])
