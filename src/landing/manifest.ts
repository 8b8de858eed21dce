import { z } from 'zod'
import type { LogicalKind, LogicalType } from '../batch/logical-type.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { FileScan } from '../formats/file-scan.ts'
import type { LandedPart } from './landed-part.ts'

const plainKinds = [
  ...['boolean', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'int128'],
  ...['float32', 'float64', 'text', 'json', 'uuid', 'bytes', 'date', 'time', 'timestamp', 'timestamptz'],
  'interval',
] as Exclude<LogicalKind, 'decimal'>[]

const logicalType: z.ZodType<LogicalType> = z.union([
  z.strictObject({ kind: z.enum(plainKinds) }),
  z.strictObject({
    kind: z.literal('decimal'),
    precision: z.int().min(1).max(38),
    scale: z.int().min(0).max(38),
  }),
])

const fields = z.array(z.strictObject({ name: z.string(), type: logicalType }))
const compression = z.enum(['none', 'gzip', 'zstd'])
const captured = z.record(z.string(), z.string()).optional()
const textScan = { compression, encoding: z.string(), fields, captured }

const scan = z.discriminatedUnion('format', [
  z.strictObject({
    format: z.literal('csv'),
    compression,
    encoding: z.string(),
    delimiter: z.string(),
    quote: z.string(),
    escape: z.string(),
    header: z.boolean(),
    skipLines: z.int().min(0),
    nullTexts: z.array(z.string()),
    exact: z.boolean(),
    fields,
    captured,
  }),
  z.strictObject({ format: z.enum(['json', 'ndjson']), ...textScan }),
  z.strictObject({
    format: z.literal('fixed-width'),
    ...textScan,
    skipLines: z.int().min(0),
    layout: z.array(
      z.strictObject({ name: z.string(), from: z.int().min(1), to: z.int().min(1).nullable() }),
    ),
    ragged: z.boolean(),
    nullTexts: z.array(z.string()),
  }),
  z.strictObject({
    format: z.literal('regex'),
    ...textScan,
    skipLines: z.int().min(0),
    pattern: z.string(),
    nullTexts: z.array(z.string()),
  }),
  z.strictObject({
    format: z.literal('xml'),
    ...textScan,
    recordPath: z.string().nullable(),
    lists: z.array(z.string()),
  }),
  z.strictObject({ format: z.literal('yaml'), ...textScan }),
  z.strictObject({
    format: z.literal('excel'),
    sheet: z.string(),
    header: z.boolean(),
    skipLines: z.int().min(0),
    nullTexts: z.array(z.string()),
    fields,
    captured,
  }),
  z.strictObject({
    format: z.literal('protobuf'),
    compression,
    descriptor: z.string(),
    message: z.string(),
    fields,
    captured,
  }),
  z.strictObject({ format: z.literal('text'), ...textScan }),
  z.strictObject({ format: z.literal('pdf'), byPage: z.boolean(), fields, captured }),
  z.strictObject({ format: z.enum(['image', 'audio', 'video']), fields, captured }),
  z.strictObject({ format: z.literal('orc'), fields, captured }),
  z.strictObject({ format: z.literal('avro'), compression, fields, captured }),
  z.strictObject({ format: z.enum(['common-log', 'combined-log', 'syslog']), ...textScan }),
  z.strictObject({ format: z.literal('parquet'), defects: z.literal(true).optional(), fields, captured }),
])

const count = z.int().min(0)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const manifest = z.strictObject({
  loadId: sha256,
  pipeline: z.string(),
  stream: z.string(),
  sequence: z.int().min(1),
  path: z.string(),
  origin: z.string(),
  hash: z.string().regex(/^(?:[a-z][a-z0-9_-]*:)?[0-9a-f]{64}$/),
  stamp: z.string().nullable(),
  bytes: count,
  records: count,
  scan,
  from: z.string().nullable(),
  to: z.string(),
  treatment: z.string().optional(),
  landedAt: z.iso.datetime(),
})

/** Reads a manifest's text. Throws WW4007 when it is not one; `path` names it in the message. */
export function parseManifest(text: string, path: string): LandedPart {
  return parse(manifest, text, path, 'a manifest')
}

/** Reads how a loaded file is to be read, as it is recorded with its load. Throws WW4007 when it is something else. */
export function parseScan(text: string, origin: string): FileScan {
  return parse(scan, text, origin, 'a way of reading a file')
}

function parse<T>(shape: z.ZodType<T>, text: string, name: string, what: string): T {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (cause) {
    throw new WaterworksError('WW4007', { message: `${name} is not JSON`, cause })
  }
  const parsed = shape.safeParse(data)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new WaterworksError('WW4007', {
    message: `${name} is not ${what}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
  })
}

/** A manifest as the text of its file. */
export function formatManifest(part: LandedPart): string {
  return `${JSON.stringify(part, null, 2)}\n`
}
