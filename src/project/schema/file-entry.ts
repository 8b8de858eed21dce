import { z } from 'zod'
import type { FileFormat } from '../pipeline.ts'
import { count, identifier, positive, text } from './fields.ts'
import { personalColumns } from './privacy-entry.ts'

const FORMATS = [
  ...['csv', 'tsv', 'json', 'ndjson', 'parquet'],
  ...['fixed-width', 'regex', 'common-log', 'combined-log', 'syslog'],
  ...['avro', 'xml', 'yaml', 'excel', 'protobuf', 'orc', 'text'],
  ...['pdf', 'image', 'audio', 'video'],
] as const satisfies readonly FileFormat[]
const COMPRESSIONS = ['none', 'gzip', 'zstd'] as const

/** How to read files; beside `files:` these are defaults for every entry. */
export const fileOptions = {
  format: z.enum(FORMATS).optional().describe("From the file's ending unless given."),
  compression: z.enum(COMPRESSIONS).optional().describe("From the file's first bytes unless given."),
  encoding: text.optional().describe('An IANA name such as utf-8 or windows-1252; utf-8 unless given.'),
  delimiter: z
    .string()
    .min(1, 'must be one character or more')
    .optional()
    .describe('Between fields; found out among comma, semicolon, tab and bar unless given.'),
  quote: z
    .string()
    .max(1, 'must be one character, or empty for none')
    .optional()
    .describe('Around fields; " unless given, empty for none.'),
  escape: z
    .string()
    .max(1, 'must be one character, or empty for none')
    .optional()
    .describe('Before a quote in a field; the quote itself unless given.'),
  header: z
    .boolean()
    .optional()
    .describe('Whether the first record names the columns; found out unless given.'),
  layout: z
    .record(text, z.union([positive, z.string().regex(/^\d+-\d*$/, 'must be as 7, 1-6 or 20-')]))
    .optional()
    .describe(
      'Of fixed-width files: the characters each column stands at, counted from 1, as "1-6", "7", or "20-" for all that follow.',
    ),
  ragged: z
    .boolean()
    .optional()
    .describe('Of fixed-width files: lines may end early, and what is missing is NULL; false unless given.'),
  pattern: text
    .optional()
    .describe(
      'Of regex files: a regular expression that matches a whole line; its named groups, as (?<name>…), are the columns.',
    ),
  record_path: text
    .optional()
    .describe(
      'Of XML: the elements that are records, as /orders/order, or order wherever it is; the children of the root unless given.',
    ),
  lists: z
    .array(text)
    .optional()
    .describe('Of XML: elements that are lists also where they are there once only.'),
  sheet: text.optional().describe('Of Excel: the sheet that is read; the first unless given.'),
  by_page: z
    .boolean()
    .optional()
    .describe('Of PDF: each page is a record, rather than the document; false unless given.'),
  descriptor: text
    .optional()
    .describe(
      'Of Protobuf: a descriptor set, as protoc --include_imports --descriptor_set_out writes it, relative to the project folder.',
    ),
  message: text.optional().describe('Of Protobuf: the full name of the messages’ type, as shop.Order.'),
  complete_when: z
    .strictObject({
      marker: z
        .string()
        .regex(/^[^/]+$/, 'must be the name of a file, or an ending such as .done')
        .optional()
        .describe(
          'A file that must be there: orders.csv.done beside orders.csv when it is .done, or a file of that name in the same folder, as _SUCCESS.',
        ),
      stable_for: text.optional().describe('How long nothing may have written to a file: "2 minutes".'),
      manifest: z
        .string()
        .regex(/^[^/]+$/, 'must be the name of a file')
        .optional()
        .describe(
          'A JSON file in the same folder that lists files with records, bytes or sha256; a file is read when it is listed and is what the list says.',
        ),
    })
    .optional()
    .describe('When a file counts as delivered whole; until then it waits. At once unless given.'),
  skip_lines: count.optional().describe('Lines to pass over before the header; 0 unless given.'),
  null_values: z
    .array(z.string())
    .optional()
    .describe('Unquoted texts that mean NULL, besides the empty one; none unless given.'),
  columns: z
    .record(text, text)
    .optional()
    .describe(
      'Types that are declared rather than found out, by column; values that cannot be read as theirs reject their record.',
    ),
}

/** One entry of `files:` with options of its own. */
export const fileEntry = z.strictObject({
  path: text.describe(
    'A path or glob, relative to the project folder; `{name}` and `{day:YYYY-MM-DD}` in it become columns.',
  ),
  table: identifier.optional().describe("The table that is filled; the pipeline's name unless given."),
  ...fileOptions,
  personal: personalColumns,
})

export type FileEntry = z.infer<typeof fileEntry>
