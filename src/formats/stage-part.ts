import type { LogicalType } from '../batch/logical-type.ts'
import type { Executor } from '../engines/engine.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { FileScan } from './file-scan.ts'
import { isRecordScan } from './records/decoders.ts'
import { addCaptured } from './stage/add-captured.ts'
import { assumeCleanCsv } from './stage/assume-clean-csv.ts'
import { stageCsv } from './stage/stage-csv.ts'
import { stageJson } from './stage/stage-json.ts'
import { stageParquet } from './stage/stage-parquet.ts'
import { stageRecords } from './stage/stage-records.ts'
import { suitsDuckDb } from './stage/suits-duckdb.ts'
import type { StagedPart } from './staged-part.ts'

/** What staging must know of a landed part. */
export interface CountedFile {
  /** What a person calls it. */
  readonly origin: string
  /** Records counted from the file's bytes. */
  readonly records: number
  readonly scan: FileScan
}

export interface StageOptions {
  /** The temporary table to create (replaced if it exists); its rejects are in `<table>_rejects`. */
  readonly table: string
  /** Types to read columns as, by name, where they are not to be the scan's. */
  readonly types?: ReadonlyMap<string, LogicalType> | undefined
  /**
   * Take it that every record can be read, where the statement that reads `from` can find out itself: it fails at the
   * first value that is not read faithfully, and the caller compares its rows with the records. Such a part has no
   * record numbers. What cannot be read so is staged as ever.
   */
  readonly assumeClean?: boolean
  /** Take a value that cannot be read as its column's type as NULL, with its text beside it, rather than rejecting the record. */
  readonly keepMisfits?: boolean
}

/**
 * Makes a landed part readable by SQL of a DuckDB session: each record becomes a row, or a reject with its reason
 * and place. Bad data is no error and fails no statement. Throws WW4002 when the file cannot be read and WW4006 when
 * rows and rejects are not together what was counted at landing.
 */
export async function stagePart(
  executor: Executor,
  part: CountedFile,
  file: string,
  options: StageOptions,
): Promise<StagedPart> {
  const own = withoutCaptured(part)
  const found = await stage(executor, own, file, options)
  const staged = own === part ? found : await addCaptured(executor, found, part.scan, options.types)
  if (staged.rows + staged.rejects.rows === part.records) return staged
  throw new WaterworksError('WW4006', {
    message:
      `${part.origin}: ${part.records} records were counted, but ${staged.rows} were read` +
      ` and ${staged.rejects.rows} rejected`,
  })
}

/** The part as the file alone has it. */
function withoutCaptured(part: CountedFile): CountedFile {
  const { captured } = part.scan
  if (captured === undefined) return part
  const fields = part.scan.fields.filter(({ name }) => !Object.hasOwn(captured, name))
  return { ...part, scan: { ...part.scan, fields } }
}

function stage(
  executor: Executor,
  part: CountedFile,
  file: string,
  options: StageOptions,
): Promise<StagedPart> {
  const { scan } = part
  const { table, types, assumeClean = false, keepMisfits = false } = options
  const fields = scan.fields.map(({ name, type }) => ({ name, type: types?.get(name) ?? type }))
  if (scan.format === 'parquet') return stageParquet(executor, file, scan, fields, keepMisfits)
  if (isRecordScan(scan)) return stageRecords(executor, file, scan, fields, table, keepMisfits)
  if (scan.format !== 'csv') return stageJson(executor, file, scan, fields, table, keepMisfits)
  if (assumeClean && suitsDuckDb(scan)) {
    return Promise.resolve(assumeCleanCsv(part.records, file, scan, fields))
  }
  return stageCsv(executor, part.records, file, scan, fields, table, keepMisfits)
}
