import { extname } from 'node:path'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { Reader } from '../owner/reader.ts'
import type { OptionSpec } from './command.ts'
import { intoFile } from './into-file.ts'
import type { Output } from './output.ts'
import { printResult, RESULT_FORMATS, type ResultFormat, resultFormat } from './print-result.ts'

export interface Given {
  readonly format: ResultFormat
  /** The most rows to give; undefined for all of them. */
  readonly limit: number | undefined
  /** The file to write instead of standard output. */
  readonly file: string | undefined
}

/** Flags of the commands that give rows. */
export const resultOptions: readonly OptionSpec[] = [
  {
    name: 'format',
    type: 'string',
    value: 'FORMAT',
    help: `${RESULT_FORMATS.join(', ')}; by the ending of --output unless given.`,
  },
  { name: 'output', short: 'o', type: 'string', value: 'FILE', help: 'Write the rows to this file.' },
]

const ENDINGS: Readonly<Record<string, ResultFormat>> = {
  '.csv': 'csv',
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.md': 'markdown',
  '.parquet': 'parquet',
  '.txt': 'table',
}

/** The format that is asked for, or that the file's ending says. Throws WW7001 for one there is not. */
export function formatFor(format: string | undefined, file: string | undefined): ResultFormat {
  const given = resultFormat(format)
  if (given !== undefined || file === undefined) return given ?? 'table'
  const found = ENDINGS[extname(file).toLowerCase()]
  if (found !== undefined) return found
  throw new WaterworksError('WW7001', {
    message: `the ending of ${file} does not tell a format`,
    hint: `Give --format: ${RESULT_FORMATS.join(', ')}.`,
  })
}

/** Gives a query's rows: printed, or written to a file that appears when it is whole. */
export async function giveResult(reader: Reader, sql: string, given: Given, output: Output): Promise<void> {
  try {
    await give(reader, sql, given, output)
  } catch (error) {
    if (!(error instanceof WaterworksError) || error.code !== 'WW3001' || error.hint !== undefined)
      throw error
    const { message, cause } = error
    const hint = 'Correct the query. `waterworks ls` shows the tables there are, `\\d` does at the prompt.'
    throw new WaterworksError('WW3001', { message, hint, cause })
  }
}

async function give(reader: Reader, sql: string, given: Given, output: Output): Promise<void> {
  const { format, limit, file } = given
  if (format === 'parquet') {
    const { giveParquet } = await import('./give-parquet.ts')
    return giveParquet(reader, sql, { limit, file }, output)
  }
  const print = (to: Output) => printResult(reader.query(sql), { format, limit }, to)
  if (file === undefined) return print(output)
  await intoFile(file, output.options, print)
  output.log(`Wrote ${file}.`)
}
