import { z } from 'zod'
import { apiOptions } from './api-entry.ts'
import { checkEntry } from './check-entry.ts'
import { count, identifier, positive, text, texts } from './fields.ts'
import { fileEntry, fileOptions } from './file-entry.ts'
import { nested } from './nested-entry.ts'
import { operationEntry } from './operation-entry.ts'
import { personalColumns } from './privacy-entry.ts'
import { requestsEntry } from './requests-entry.ts'
import { schemaChangesByStream } from './schema-changes-entry.ts'
import { tableOptions } from './table-entry.ts'
import { tapOptions } from './tap-entry.ts'

export const EXTRACT_STRATEGIES = ['full', 'incremental', 'cdc', 'log-based'] as const
export const LOAD_STRATEGIES = [
  'append',
  'upsert',
  'merge',
  'truncate-reload',
  'partition-swap',
  'soft-delete',
  'scd1',
  'scd2',
  'scd3',
  'scd4',
  'scd6',
] as const

const later = z
  .unknown()
  .optional()
  .describe('Not yet: only files, tables, and streams of manifests and taps can be read.')

const extract = z.strictObject({
  source_system: identifier.describe(
    "Where the data comes from; models read it as source('<source_system>', '<table>').",
  ),
  connection: text.optional().describe('A connection of waterworks.yml; `files` needs none.'),
  strategy: z
    .enum(EXTRACT_STRATEGIES)
    .optional()
    .describe(
      'How to find what is new; full unless given. Files are taken once by content either way; incremental reads of a table what is above its incremental_key; cdc and log-based: not yet.',
    ),
  incremental_key: text
    .optional()
    .describe(
      'The column that grows as rows change: its greatest value is the watermark, and decides which double a merge keeps.',
    ),
  watermark_storage: text
    .optional()
    .describe('warehouse unless given, and nothing else yet: beside the data, in the same transaction.'),
  event_time: text
    .optional()
    .describe(
      'The column that says when a row happened; rows older than the watermark less max_lateness count as late.',
    ),
  max_lateness: text.optional().describe('How late a row may be: "36h", "3 days".'),
  table: identifier.optional().describe("The table that is filled; the pipeline's name unless given."),
  files: z
    .union([text, z.array(z.union([text, fileEntry])).min(1, 'must not be empty')])
    .optional()
    .describe('Paths or globs relative to the project folder, or entries of path and options.'),
  ...fileOptions,
  ...tableOptions,
  ...apiOptions,
  ...tapOptions,
  personal: personalColumns,
  requests: requestsEntry
    .optional()
    .describe(
      'An HTTP API that has no manifest: its address, and for each stream a path and the way to its records.',
    ),
  query: later,
  topic: later,
  webhook: later,
})

const transform = z.strictObject({
  engine: z
    .enum(['sql', 'dbt', 'spark'])
    .optional()
    .describe('sql unless given: in the warehouse. dbt and spark: not yet.'),
  stages: z
    .array(
      z.strictObject({
        name: z
          .enum(['clean', 'conform', 'enrich', 'aggregate'])
          .describe('What the stage is for; for people.'),
        operations: z.array(operationEntry).describe('What is done, in order.'),
      }),
    )
    .optional()
    .describe('Light work between the files and the table, in order.'),
})

export const errorHandling = z.strictObject({
  strategy: z
    .enum(['fail-fast', 'dead-letter', 'retry', 'skip-and-alert'])
    .optional()
    .describe('What becomes of rows that cannot be loaded, and of failures; fail-fast unless given.'),
  max_retries: count
    .optional()
    .describe('How often a failure that may pass is tried again; 3 unless given, none under fail-fast.'),
  retry_delay_seconds: z
    .number()
    .min(0, 'must not be negative')
    .optional()
    .describe(
      'Before the first retry; 300 unless given. Each later pause is twice as long, with jitter, up to an hour.',
    ),
  timeout_seconds: z
    .number()
    .gt(0, 'must be more than 0')
    .optional()
    .describe('After which an attempt is stopped and rolled back; no limit unless given.'),
  alert_channels: z
    .array(text)
    .optional()
    .describe('Channels of waterworks.yml to tell. Not yet: nothing is sent.'),
})

const load = z.strictObject({
  target_system: text.optional().describe('What the target is called, for people.'),
  schema: identifier.optional().describe('The schema of the tables; raw unless given.'),
  strategy: z
    .enum(LOAD_STRATEGIES)
    .describe('How rows come into the table; upsert and scd1 are other words for merge.'),
  merge_keys: texts
    .optional()
    .describe(
      'The columns that say which row is which; merge, soft-delete and the scd strategies need them.',
    ),
  matched: z
    .enum(['upsert', 'delete-insert', 'insert-only'])
    .optional()
    .describe(
      'What merge does with a key that the table has: upsert (unless given) updates its row, insert-only leaves it, delete-insert puts all arrived rows of the key in the place of those that are there.',
    ),
  deleted_when: text
    .optional()
    .describe(
      'SQL over an arrived row that is true when the row of its key was deleted at the source: merge deletes it, soft-delete marks it.',
    ),
  partition_key: text
    .optional()
    .describe('The column whose values are replaced as a whole; partition-swap needs it.'),
  history: z
    .strictObject({
      effective_at: text
        .optional()
        .describe(
          'The column that says since when a row holds; incremental_key unless given. Without either, a version holds since the load that brought it.',
        ),
      columns: texts
        .optional()
        .describe(
          'The columns whose earlier value (scd3: previous_<column>) or latest value (scd6: current_<column>) stands beside each; both need it.',
        ),
      valid_from: identifier.optional().describe('valid_from unless given.'),
      valid_to: identifier
        .optional()
        .describe('valid_to unless given; 9999-12-31 in the current version of a row.'),
      is_current: identifier.optional().describe('is_current unless given.'),
    })
    .optional()
    .describe('How the scd strategies keep what was: the column they go by, and the columns they add.'),
  clustering_keys: texts.optional().describe('Not yet: it is kept, and tables are not clustered.'),
  schema_changes: schemaChangesByStream
    .optional()
    .describe('What to do when what arrives differs from the table: a word for all cases, or one for each.'),
  names: z
    .enum(['as_found', 'snake_case'])
    .optional()
    .describe(
      'What columns are called: as_found (unless given) as the source has them, snake_case in small letters, with _ for other characters. Two names that become one are an error.',
    ),
  nested: nested
    .optional()
    .describe('What becomes of nested values, for all streams or one by one; they stay JSON unless given.'),
})

export const tier = z.literal([1, 2, 3])

/** pipelines/*.yml. */
export const pipelineFile = z
  .strictObject({
    pipeline: z.strictObject({
      name: identifier.describe('Unique in the project.'),
      description: z.string().optional().describe('What it brings, for people.'),
      owner: text.optional().describe('Who answers for it.'),
      schedule: text
        .optional()
        .describe('A cron expression of five fields. Not yet: it is checked, and nothing starts by it.'),
      timezone: text.optional().describe('An IANA zone for the schedule; UTC unless given.'),
      sla_minutes: positive
        .optional()
        .describe('The longest acceptable runtime. A run that takes longer says so; it is not stopped.'),
      tier: tier
        .optional()
        .describe('1 critical, 2 important, 3 nice to have; 2 unless given. Kept for people.'),
      tags: texts.optional().describe('For selecting it: tag:<name>.'),
      extract: extract.describe('Where the data comes from.'),
      transform: transform.optional().describe('Light work before the load.'),
      load: load.describe('Where the data goes, and how.'),
      quality_gates: z
        .strictObject({
          pre_load: z.array(checkEntry).optional().describe('On what arrived, before it is written.'),
          post_load: z.array(checkEntry).optional().describe('On the table, before it is published.'),
        })
        .optional()
        .describe('Checks that data must pass.'),
      error_handling: errorHandling.optional().describe('What to do when something fails.'),
    }),
  })
  .meta({ title: 'Waterworks pipeline' })

export type PipelineFile = z.infer<typeof pipelineFile>
export type PipelineEntry = PipelineFile['pipeline']
