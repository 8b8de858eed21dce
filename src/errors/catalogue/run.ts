import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW5xxx: what can go wrong while a plan runs. */
export const runErrors = {
  WW5001: {
    title: 'A ledger does not balance',
    cause:
      'The rows counted at the source differ from the rows applied, filtered, deduplicated, rejected and held.',
    remedy:
      'The load was rolled back. Keep the landed files and report this: it is a defect in the platform.',
  },
  WW5002: {
    title: 'A model that cannot be gated',
    cause: 'The model’s SQL is not one single query: it could end the transaction that its checks run in.',
    remedy: 'Keep one query in the model; statements of other kinds cannot be run with a model yet.',
  },
  WW5003: {
    title: 'A task timed out',
    cause: 'The task took longer than its timeout and was stopped; its transaction was rolled back.',
    remedy: 'Raise error_handling.timeout_seconds, or make the work smaller.',
  },
  WW5004: {
    title: 'Another build is running',
    cause: 'One build at a time may write to a target, and another process holds its lease.',
    remedy:
      'Wait for it to end (`waterworks runs` shows it). A lease whose process died is taken over by itself.',
  },
  WW5005: {
    title: 'Nothing to retry',
    cause: 'The last run on this target succeeded, or there was none.',
    remedy: 'Use `waterworks build`.',
  },
  WW5006: {
    title: 'Nothing to read',
    cause: 'The pipeline reads from a kind of source that this version does not have yet.',
    remedy: 'Read files or Postgres tables for now, or leave the pipeline out with --exclude.',
  },
  WW5007: {
    title: 'A read was stopped',
    cause: 'The command was told to stop while a table was read whole; half of a table is never published.',
    remedy: 'Run the command again: the table is read from its beginning.',
  },
  WW5008: {
    title: 'Batches of a microbatch model failed',
    cause:
      'A batch is built and committed on its own where models are published at once; those that failed are missing.',
    remedy: 'Mend the cause of the first error, then run `waterworks retry`: only these batches are built.',
  },
  WW5021: {
    title: 'A suite that cannot be read',
    cause: 'The file is not the JSON of a suite of Great Expectations, of 0.x or 1.x.',
    remedy: 'A suite is an object with a list `expectations`, each with `type` and `kwargs`.',
  },
} as const satisfies Record<string, CatalogueEntry>
