import { createReadStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createGunzip } from 'node:zlib'
import { isJsonObject, type JsonObject } from '../../api-manifest/json.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { parseJson } from '../records/parse-json.ts'
import type { BatchFiles } from './message.ts'
import { splitLines } from './split-lines.ts'

const LONGEST_LINE = 256 * 1024 * 1024

/** The records of a BATCH message's files. Throws WW4507 for a file that is elsewhere, of another format, or damaged. */
export async function* batchRecords({
  format,
  compression,
  files,
}: BatchFiles): AsyncGenerator<JsonObject, void, undefined> {
  if (format !== 'jsonl' || (compression !== 'none' && compression !== 'gzip')) {
    throw unreadable(`a BATCH is of the format ${format} with the compression ${compression}`)
  }
  for (const file of files) {
    const rest = yield* recordsOf(pathOf(file), compression === 'gzip')
    if (rest !== '') yield recordOf(rest)
  }
}

async function* recordsOf(
  path: string,
  isCompressed: boolean,
): AsyncGenerator<JsonObject, string, undefined> {
  const file = createReadStream(path)
  try {
    const bytes = isCompressed ? file.pipe(createGunzip()) : file
    file.on('error', (error) => bytes.destroy(error))
    const lines = splitLines(bytes, LONGEST_LINE)
    for (;;) {
      const { done, value } = await lines.next()
      if (done === true) return value
      yield recordOf(value)
    }
  } catch (cause) {
    if (cause instanceof WaterworksError) throw cause
    throw unreadable('a file of a BATCH cannot be read', cause)
  } finally {
    file.destroy()
  }
}

function recordOf(line: string): JsonObject {
  try {
    const record = parseJson(line)
    if (isJsonObject(record)) return record
  } catch {
    // It is said below, without the line.
  }
  throw unreadable('a file of a BATCH has a line that is no record')
}

function pathOf(file: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(file)) return file
  if (!file.startsWith('file://')) throw unreadable('a file of a BATCH is not on this machine')
  return fileURLToPath(file)
}

function unreadable(message: string, cause?: unknown): WaterworksError {
  return new WaterworksError('WW4507', { message, cause })
}
