import { z } from 'zod'
import { identifier, text, texts } from './fields.ts'
import { personalColumns } from './privacy-entry.ts'

/** One entry of `streams:` with options of its own. */
export const streamEntry = z.strictObject({
  stream: text.describe('The name that the manifest or the tap has for it.'),
  as: identifier
    .optional()
    .describe('The table that is filled; the stream’s name in small letters unless given.'),
  merge_keys: texts.optional().describe('As `load.merge_keys`, for this stream alone.'),
  replication_key: text
    .optional()
    .describe(
      'Of a tap: the property that an incremental read goes by; the first that its catalog names unless given.',
    ),
  properties: texts
    .optional()
    .describe(
      'Of a tap: the properties of its records that are wanted; what its catalog selects unless given.',
    ),
  personal: personalColumns,
})

/** What is read of an HTTP API. */
export const apiOptions = {
  manifest: text
    .optional()
    .describe('A declarative manifest of an Airbyte connector, relative to the project folder.'),
  config: z
    .record(z.string(), z.unknown())
    .optional()
    .describe(
      'What the manifest’s `spec` or the tap asks for; secrets are referred to, as passwords are, and not written out.',
    ),
  streams: z
    .union([text, z.array(z.union([text, streamEntry])).min(1, 'must not be empty')])
    .optional()
    .describe(
      'The streams that are read: names, or entries of stream and options. All of a manifest, and those that a `catalog` selects, unless given.',
    ),
}

export type StreamEntry = z.infer<typeof streamEntry>
