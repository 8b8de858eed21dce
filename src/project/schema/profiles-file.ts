import { z } from 'zod'
import { duckDbAttach, duckDbSettings, port, positive, text } from './fields.ts'

const threads = positive.optional()

const duckdb = z.looseObject({
  type: z.literal('duckdb'),
  path: text.optional().describe('The file, relative to the project folder.'),
  schema: text.optional(),
  database: text.optional(),
  threads,
  settings: duckDbSettings.or(z.null()).optional(),
  config_options: duckDbSettings.or(z.null()).optional(),
  extensions: z
    .array(z.union([text, z.looseObject({ name: text })]))
    .or(z.null())
    .optional(),
  attach: z.array(duckDbAttach).or(z.null()).optional(),
})

const postgres = z.looseObject({
  type: z.literal('postgres'),
  host: text,
  port: port.optional(),
  user: text,
  password: z.string().optional(),
  pass: z.string().optional(),
  dbname: text.optional(),
  database: text.optional(),
  schema: text.optional(),
  threads,
  allow_plaintext_password: z.boolean().optional(),
})

/** One output of a profile, of a type that the platform has an engine for. */
export const profileOutput = z.discriminatedUnion('type', [duckdb, postgres])

/** profiles.yml: profiles by name. Outputs of other engines stay as they are. */
export const profilesFile = z
  .record(
    z.string(),
    z.looseObject({
      target: text.optional().describe('The output used unless --target says otherwise.'),
      outputs: z.record(z.string(), z.looseObject({ type: text })).optional(),
    }),
  )
  .meta({ title: 'dbt profiles' })

export type ProfileOutput = z.infer<typeof profileOutput>
