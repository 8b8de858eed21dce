import { z } from 'zod'
import { identifier, text, texts } from './fields.ts'

/** One entry of `streams:` with options of its own. */
export const streamEntry = z.strictObject({
  stream: text.describe('The name that the manifest has for it.'),
  as: identifier
    .optional()
    .describe('The table that is filled; the stream’s name in small letters unless given.'),
  merge_keys: texts.optional().describe('As `load.merge_keys`, for this stream alone.'),
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
      'What the manifest’s `spec` asks for; its secrets are referred to, as passwords are, and not written out.',
    ),
  streams: z
    .union([text, z.array(z.union([text, streamEntry])).min(1, 'must not be empty')])
    .optional()
    .describe('The streams that are read: names, or entries of stream and options; all unless given.'),
}

export type StreamEntry = z.infer<typeof streamEntry>
