import type { Field } from '../../batch/logical-type.ts'
import type { Executor } from '../../engines/engine.ts'
import { readTextStart } from '../bytes/open-text.ts'
import type { JsonScan } from '../file-scan.ts'
import { LONGEST_RAW } from '../json/json-record.ts'
import type { DocumentDefect } from '../json/json-splitter.ts'
import type { StagedPart } from '../staged-part.ts'
import { RawBatches } from './raw-batches.ts'
import { readRawJson } from './read-raw.ts'
import { stageRaw } from './stage-raw.ts'

/**
 * Stages a JSON or NDJSON file through our own scanner: DuckDB's reader takes trailing commas, NaN and repeated
 * keys, and rounds numbers to doubles, all without a word.
 */
export async function stageJson(
  executor: Executor,
  file: string,
  scan: JsonScan,
  fields: readonly Field[],
  table: string,
  keepMisfits: boolean,
): Promise<StagedPart> {
  let defect: DocumentDefect | undefined
  const batches = readRawJson(file, scan, fields, (found) => {
    defect = found
  })
  const beforeTyping = async (raw: string) => {
    if (!defect) return
    await executor.execute(`delete from ${raw}`)
    await executor.load({ name: `${table}_raw` }, wholeDocument(file, scan, fields.length, defect))
  }
  return stageRaw(executor, batches, fields, table, { beforeTyping, keepMisfits })
}

async function* wholeDocument(file: string, scan: JsonScan, fields: number, defect: DocumentDefect) {
  const text = await readTextStart(file, scan, LONGEST_RAW)
  const raw = new RawBatches(fields)
  const reason = `the document is not JSON: line ${defect.line}, byte ${defect.byte}: ${defect.problem}`
  raw.reject(text, reason, { record: 1, line: 1, byte: 0 })
  yield* raw.take(true)
}
