import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'
import { type ErrorCode, errorCatalogue } from '../../../errors/catalogue.ts'
import type { Diagnostic } from '../../../errors/diagnostics.ts'
import { WaterworksError } from '../../../errors/waterworks-error.ts'

const stamps = z.array(z.string().nullable())
const hashes = z.array(z.string())

/** What was read, in columns: there are as many entries as files. */
export const inputs = z.object({
  salt: z.string(),
  files: z.array(z.string()),
  fileStamps: stamps,
  fileHashes: hashes,
  folders: z.array(z.string()),
  folderStamps: stamps,
  folderHashes: hashes,
  variables: z.array(z.string()),
  variableHashes: stamps,
})

const location = z.object({
  file: z.string(),
  line: z.number(),
  column: z.number(),
  text: z.string().exactOptional(),
})

/** What was told of. */
export const problems = z.array(
  z.object({
    severity: z.enum(['error', 'warning']),
    code: z.custom<ErrorCode>((code) => typeof code === 'string' && Object.hasOwn(errorCatalogue, code)),
    message: z.string(),
    hint: z.string().optional(),
    location: location.optional(),
  }),
)

const record = z.object({
  key: z.string(),
  inputs,
  logs: z.array(z.string()),
  problems,
  nodes: z.number(),
  folder: z.string(),
  metadata: z.record(z.string(), z.unknown()),
  documents: z.array(z.object({ name: z.string(), bodyAt: z.number(), stamp: z.string() })),
})

const modelAlone = z.object({
  file: z.string(),
  node: z.string(),
  /** The properties file that describes it. */
  described: z.string().nullable(),
})

/** The files that may be read alone. */
export const readableAlone = z.object({
  /** Files that other files are read with: macros, and tests that are defined. */
  macros: z.array(z.string()),
  models: z.array(modelAlone),
})

/** The same, and where what they say is in manifest.json. */
const models = readableAlone.extend({
  models: z.array(modelAlone.extend({ start: z.number(), end: z.number() })),
})

export type RecordedInputs = z.infer<typeof inputs>
export type RecordedProblems = z.infer<typeof problems>
/** What is kept of a parse: what it read, what it said, and where the documents it wrote are. */
export type ParseRecord = z.infer<typeof record>
export type ReadableAlone = z.infer<typeof readableAlone>
export type RecordedModels = z.infer<typeof models>

/** What is recorded of problems. */
export function recordedProblems(found: readonly Diagnostic[]): RecordedProblems {
  return found.map(({ severity, error: { code, message, hint, location: place } }) => ({
    ...{ severity, code, message },
    ...(hint === undefined ? {} : { hint }),
    ...(place === undefined ? {} : { location: place }),
  }))
}

/** Problems as they were told. */
export function problemsOf(recorded: RecordedProblems): readonly Diagnostic[] {
  return recorded.map(({ severity, code, ...said }) => ({
    severity,
    error: new WaterworksError(code, said),
  }))
}

/** A kept record; undefined when there is none, or none that can be read. */
export function readRecord(path: string): ParseRecord | undefined {
  return readKept(path, record)
}

/** As `readRecord`. */
export function readModels(path: string): RecordedModels | undefined {
  return readKept(path, models)
}

/** Keeps a record; whoever reads sees the one before or this one, nothing between. */
export function writeRecord(path: string, kept: object): void {
  mkdirSync(dirname(path), { recursive: true })
  const unfinished = `${path}.${process.pid}.tmp`
  writeFileSync(unfinished, JSON.stringify(kept), { mode: 0o600 })
  renameSync(unfinished, path)
}

/** What is kept at a path, of a schema; undefined when there is nothing of it. */
export function readKept<T>(path: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data
  } catch {
    return undefined
  }
}
