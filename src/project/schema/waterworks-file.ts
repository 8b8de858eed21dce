import { z } from 'zod'
import { connectionEntry } from './connection-entry.ts'
import {
  allowPlaintextPassword,
  duckDbAttach,
  duckDbSettings,
  identifier,
  memory,
  password,
  port,
  positive,
  text,
  texts,
} from './fields.ts'
import { errorHandling, tier } from './pipeline-file.ts'
import { privacyEntry } from './privacy-entry.ts'
import { schemaChanges } from './schema-changes-entry.ts'

const threads = positive.optional().describe('How many nodes run at once; 4 unless given.')

export const duckdbTarget = z.strictObject({
  type: z.literal('duckdb').describe('The embedded engine.'),
  path: text
    .optional()
    .describe('The file, relative to the project folder; .waterworks/warehouse.duckdb unless given.'),
  schema: identifier.optional().describe('Where models go; main unless given.'),
  memory_limit: memory
    .optional()
    .describe(
      'How much the engine may hold in memory, as "2GB"; beyond it, it works on disk. 80 % of the machine\'s unless given.',
    ),
  threads,
  settings: duckDbSettings.optional().describe('What each connection sets, as SET does.'),
  extensions: z.array(text).optional().describe('Extensions to load; installed where they are not.'),
  attach: z.array(duckDbAttach).optional().describe('Other databases that SQL can name.'),
})

export const postgresTarget = z.strictObject({
  type: z.literal('postgres').describe('A Postgres server.'),
  host: text.optional().describe('localhost unless given.'),
  port: port.optional().describe('5432 unless given.'),
  user: text.describe('The role to connect as.'),
  password,
  database: text.describe('The database.'),
  schema: identifier.optional().describe('Where models go; public unless given.'),
  threads,
  allow_plaintext_password: allowPlaintextPassword,
})

export const secretSource = z.strictObject({
  command: texts.describe(
    'A program and its arguments that print one secret; {name} in them stands for its name, which else comes last.',
  ),
  timeout_seconds: z
    .number()
    .gt(0, 'must be more than 0')
    .optional()
    .describe('How long it may take; 30 unless given.'),
})

/** waterworks.yml. */
export const waterworksFile = z
  .strictObject({
    name: identifier.optional().describe("The project's name; that of dbt_project.yml unless given."),
    description: z.string().optional().describe('What it is, for people.'),
    targets: z
      .record(identifier, z.discriminatedUnion('type', [duckdbTarget, postgresTarget]))
      .optional()
      .describe('The warehouses it can be built into, by name; an embedded DuckDB file when there is none.'),
    default_target: text.optional().describe('The target that is used unless --target says otherwise.'),
    connections: z.record(text, connectionEntry).optional().describe('Sources to read from, by name.'),
    secrets: secretSource.optional().describe(`Where \${secret:NAME} comes from.`),
    privacy: privacyEntry.optional().describe('How personal data is treated.'),
    alert_channels: z
      .record(text, z.looseObject({ type: text.describe('slack, email, webhook, …') }))
      .optional()
      .describe('Whom to tell, by name. Not yet: nothing is sent.'),
    vars: z.record(z.string(), z.unknown()).optional().describe('Values that models read with var().'),
    threads,
    publish: z
      .enum(['after_tests', 'immediately'])
      .optional()
      .describe(
        'When models are published: once their checks have passed (unless given), or at once and checked then, as dbt does.',
      ),
    defaults: z
      .strictObject({
        owner: text.optional().describe('As `owner` of a pipeline.'),
        timezone: text.optional().describe('As `timezone` of a pipeline.'),
        tier: tier.optional().describe('As `tier` of a pipeline.'),
        tags: texts.optional().describe('Tags that every pipeline has besides its own.'),
        schema: identifier.optional().describe('As `load.schema` of a pipeline.'),
        schema_changes: schemaChanges
          .optional()
          .describe('As `load.schema_changes` of a pipeline, but for `streams`.'),
        error_handling: errorHandling.optional().describe('As `error_handling` of a pipeline, key by key.'),
      })
      .optional()
      .describe('What pipelines do unless they say otherwise.'),
  })
  .meta({ title: 'Waterworks project' })

export type WaterworksFile = z.infer<typeof waterworksFile>
export type PipelineDefaults = NonNullable<WaterworksFile['defaults']>
