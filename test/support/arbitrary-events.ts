import fc from 'fast-check'
import type { RecordedChange } from '../../src/drift/recorded-change.ts'
import type {
  CheckFinished,
  Event,
  LoadCommitted,
  PipelineRecorded,
  RowsQuarantined,
  SchemaChanged,
  SchemaRecorded,
  StepFinished,
  TaskFinished,
  TaskStarted,
  ValuesDiscarded,
  VaultAccessed,
} from '../../src/events/event.ts'
import { EMPTY_LEDGER, type Ledger } from '../../src/ledger/ledger.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 20 })
const node = fc.constantFrom('model.shop.a', 'model.shop.b', 'pipeline.shop.c', 'it\'s "odd"')
const count = fc.nat()
const seconds = fc.double({ min: 0, max: 1e6, noNaN: true })
const at = fc.integer({ min: 0, max: 4e12 }).map((milliseconds) => new Date(milliseconds).toISOString())
const ledger: fc.Arbitrary<Ledger> = fc.record({ rows: count }).map(({ rows }) => ({
  ...EMPTY_LEDGER,
  extracted: rows,
  inserted: rows,
}))

/** Any event of a run but its start and end. */
export function eventOf(runId: string): fc.Arbitrary<Event> {
  const base = { runId: fc.constant(runId), at, node }
  return fc.oneof(
    fc.record<TaskStarted>({
      ...base,
      type: fc.constant('task-started'),
      attempt: fc.integer({ min: 1, max: 9 }),
    }),
    fc.record<TaskFinished>({
      ...base,
      type: fc.constant('task-finished'),
      fingerprint: text,
      status: fc.constantFrom('success', 'failed', 'partial', 'skipped'),
      seconds,
      rows: count,
      ledger: fc.option(ledger, { nil: undefined }),
      message: text,
      published: fc.array(text, { maxLength: 2 }),
    }),
    fc.record<CheckFinished>({
      ...base,
      type: fc.constant('check-finished'),
      check: fc.constantFrom('x', 'y'),
      fingerprint: fc.option(text, { nil: undefined }),
      status: fc.constantFrom('pass', 'warn', 'fail', 'error', 'skipped'),
      failures: count,
      message: text,
      seconds,
    }),
    fc.record<StepFinished>({
      ...base,
      type: fc.constant('step-finished'),
      stream: text,
      step: fc.constantFrom('extract', 'validate', 'transform', 'load', 'verify'),
      rows: count,
      seconds,
    }),
    fc.record<LoadCommitted>({
      ...base,
      type: fc.constant('load-committed'),
      stream: text,
      loadIds: fc.array(text, { maxLength: 2 }),
      position: text,
      ledger,
    }),
    fc.record<RowsQuarantined>({
      ...base,
      type: fc.constant('rows-quarantined'),
      stream: text,
      rows: count,
      reasons: fc.dictionary(fc.constantFrom('ragged', 'not_null_a'), count),
    }),
    fc.record<ValuesDiscarded>({
      ...base,
      type: fc.constant('values-discarded'),
      stream: text,
      discarded: fc.array(
        fc.record({ column: text, what: fc.constantFrom('values' as const, 'elements' as const), count }),
        { maxLength: 2 },
      ),
    }),
    fc.record<SchemaChanged>({
      ...base,
      type: fc.constant('schema-changed'),
      relation: text,
      changes: fc.array(
        fc.record<RecordedChange>({
          column: text,
          change: fc.constantFrom('added', 'removed', 'renamed', 'widened', 'changed'),
          newName: fc.option(text),
          from: fc.option(text),
          to: fc.option(text),
        }),
        { maxLength: 2 },
      ),
      added: fc.array(text, { maxLength: 2 }),
      removed: fc.array(text, { maxLength: 2 }),
      changed: fc.array(text, { maxLength: 2 }),
    }),
    fc.record<SchemaRecorded>({
      ...base,
      type: fc.constant('schema-recorded'),
      stream: text,
      relation: text,
      columns: fc.array(fc.record({ name: text, type: text }), { maxLength: 2 }),
      changes: fc.constant([]),
    }),
    fc.record<VaultAccessed>({
      runId: base.runId,
      at,
      type: fc.constant('vault-accessed'),
      action: fc.constantFrom('reveal', 'erase'),
      token: text,
      by: text,
      reason: text,
    }),
    fc.record<PipelineRecorded>({
      runId: base.runId,
      at,
      type: fc.constant('pipeline-recorded'),
      record: fc.record({
        pipeline_name: text,
        run_id: fc.constant(runId),
        started_at: at,
        completed_at: at,
        status: fc.constantFrom('success', 'failed', 'partial'),
        stage: text,
        rows_extracted: count,
        rows_transformed: count,
        rows_loaded: count,
        rows_rejected: count,
        quality_checks_passed: count,
        quality_checks_failed: count,
        duration_seconds: seconds,
        error_message: fc.option(text),
        watermark_before: fc.option(text),
        watermark_after: fc.option(text),
      }),
    }),
  )
}
