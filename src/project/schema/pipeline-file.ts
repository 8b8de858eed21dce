import { z } from 'zod'
import { checkEntry } from './check-entry.ts'
import { count, identifier, positive, text, texts } from './fields.ts'
import { fileEntry, fileOptions } from './file-entry.ts'
import { operationEntry } from './operation-entry.ts'

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

const later = z.unknown().optional().describe('Not yet available: only files can be read.')

const extract = z.strictObject({
  source_system: identifier.describe(
    "Where the data comes from; models read it as source('<source_system>', '<table>').",
  ),
  connection: text.optional().describe('A connection of waterworks.yml; `files` needs none.'),
  strategy: z.enum(EXTRACT_STRATEGIES).optional().describe('How to find what is new; full unless given.'),
  incremental_key: text.optional().describe('The column that grows as rows change.'),
  watermark_storage: text.optional().describe('Always warehouse: beside the data, in the same transaction.'),
  event_time: text.optional().describe('The column that says when a row happened.'),
  max_lateness: text.optional().describe('How late a row may be: "36h", "3 days".'),
  table: identifier.optional().describe("The table that is filled; the pipeline's name unless given."),
  files: z
    .union([text, z.array(z.union([text, fileEntry])).min(1, 'must not be empty')])
    .optional()
    .describe('Paths or globs, or entries of path and options.'),
  ...fileOptions,
  tables: later,
  query: later,
  requests: later,
  manifest: later,
  topic: later,
  webhook: later,
})

const transform = z.strictObject({
  engine: z.enum(['sql', 'dbt', 'spark']).optional().describe('sql runs in the warehouse.'),
  stages: z
    .array(
      z.strictObject({
        name: z.enum(['clean', 'conform', 'enrich', 'aggregate']).describe('What the stage is for.'),
        operations: z.array(operationEntry).describe('What is done, in order.'),
      }),
    )
    .optional()
    .describe('Light, row-wise work between the files and the table, in order.'),
})

/** What to do when columns differ: one word, or a word for each case. */
export const schemaChanges = z.union([
  z.enum(['evolve', 'refuse', 'ignore']),
  z.strictObject({
    added: z
      .enum(['evolve', 'refuse', 'ignore'])
      .optional()
      .describe('A column that the table does not have.'),
    removed: z
      .enum(['null', 'refuse'])
      .or(z.null())
      .optional()
      .describe('A column that the file does not have.'),
    changed: z.enum(['refuse', 'quarantine']).optional().describe('A column of another type.'),
  }),
])

export const errorHandling = z.strictObject({
  strategy: z
    .enum(['fail-fast', 'dead-letter', 'retry', 'skip-and-alert'])
    .optional()
    .describe('What becomes of rows that cannot be loaded, and of failures.'),
  max_retries: count.optional().describe('How often a failed step is tried again; 3 unless given.'),
  retry_delay_seconds: z
    .number()
    .min(0, 'must not be negative')
    .optional()
    .describe('Before the first retry; 300 unless given.'),
  timeout_seconds: z
    .number()
    .gt(0, 'must be more than 0')
    .optional()
    .describe('After which a step is stopped.'),
  alert_channels: z.array(text).optional().describe('Channels of waterworks.yml to tell.'),
})

const load = z.strictObject({
  target_system: text.optional().describe('What the target is called in documentation.'),
  schema: identifier.optional().describe('The schema of the tables; raw unless given.'),
  strategy: z.enum(LOAD_STRATEGIES).describe('How rows come into the table.'),
  merge_keys: texts.optional().describe('The columns that say which row is which.'),
  partition_key: text.optional().describe('The column whose values are replaced as a whole.'),
  clustering_keys: texts.optional().describe('Not yet available.'),
  schema_changes: schemaChanges
    .optional()
    .describe("What to do when a file's columns differ from the table's."),
})

export const tier = z.literal([1, 2, 3])

/** pipelines/*.yml. */
export const pipelineFile = z
  .strictObject({
    pipeline: z.strictObject({
      name: identifier.describe('Unique in the project.'),
      description: z.string().optional().describe('What it brings, for people.'),
      owner: text.optional().describe('Who answers for it.'),
      schedule: text.optional().describe('A cron expression of five fields.'),
      timezone: text.optional().describe('An IANA zone for the schedule; UTC unless given.'),
      sla_minutes: positive.optional().describe('The longest acceptable runtime.'),
      tier: tier.optional().describe('1 critical, 2 important, 3 nice to have; 2 unless given.'),
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
