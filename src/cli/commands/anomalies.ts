import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { ALERT, scoreSeries } from '../../anomalies/score-series.ts'
import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { RowPage } from '../../owner/owner-protocol.ts'
import { SessionReader } from '../../owner/session-reader.ts'
import type { Command, Invocation } from '../command.ts'
import { withReader } from '../compose/open-reader.ts'
import { type ReadSeries, readSeries } from '../compose/read-series.ts'
import { openProject } from '../compose/workspace.ts'
import { formatFor } from '../give-result.ts'
import { intoFile } from '../into-file.ts'
import type { Output } from '../output.ts'
import { printResult } from '../print-result.ts'
import { sayAmount } from '../say-number.ts'

export const anomalies: Command = {
  name: 'anomalies',
  summary: 'Say how anomalous each point of a series is',
  description: `Scores a series of moments and numbers, from a file (CSV, Parquet, NDJSON) or a query on the warehouse: a row for
each, with score (0 to 1) and anomaly (from ${ALERT} on). Each point is judged by those before it alone. Series of many
values a day are compared with what is usual at their hour, at their hour of the week, and with their own mean;
those of a few values a day, as counts of rows are, with what their last values or weekdays let expect. What stays
as it became is told once. The same series always gives the same scores.

The columns are timestamp and value, else the first two. Moments without a zone are UTC; rows without a number have
no score.`,
  options: [
    { name: 'series', type: 'string', value: 'FILE', help: 'The file of the series.' },
    {
      name: 'query',
      type: 'string',
      value: 'SQL',
      help: 'A query of the series, on the warehouse, instead.',
    },
    { name: 'time', type: 'string', value: 'COLUMN', help: 'The column of the moments.' },
    { name: 'value', type: 'string', value: 'COLUMN', help: 'The column of the numbers.' },
    {
      name: 'format',
      type: 'string',
      value: 'FORMAT',
      help: 'table, json, ndjson or markdown; CSV unless given.',
    },
    { name: 'output', short: 'o', type: 'string', value: 'FILE', help: 'Write the rows to this file.' },
    { name: 'only-anomalies', type: 'boolean', help: 'Leave out the rows that are none.' },
  ],
  examples: [
    { line: 'waterworks anomalies --series cpu.csv', says: 'A score for each row, as CSV.' },
    {
      line: 'waterworks anomalies --series cpu.csv --only-anomalies --format table',
      says: 'What is worth a look.',
    },
    {
      line: 'waterworks anomalies --query "select day, count(*) from orders group by 1 order by 1"',
      says: 'A series of the warehouse.',
    },
  ],
  run,
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, output } = invocation
  const file = flags.text('output')
  const asked = flags.text('format')
  const format = asked === undefined && file === undefined ? 'csv' : formatFor(asked, file)
  if (format === 'parquet')
    throw new WaterworksError('WW7001', { message: 'anomalies does not write Parquet' })
  const series = await seriesOf(invocation)
  const { pages, found } = scored(series, flags.isSet('only-anomalies'))
  const print = (to: Output) => printResult(pages, { format, limit: undefined }, to)
  if (file === undefined) await print(output)
  else await intoFile(file, output.options, print)
  output.log(`${sayAmount(found, 'anomaly', 'anomalies')} in ${sayAmount(series.rows.length, 'row')}`)
  return 0
}

async function seriesOf(invocation: Invocation): Promise<ReadSeries> {
  const { flags } = invocation
  const [file, query] = [flags.text('series'), flags.text('query')]
  const columns = { time: flags.text('time'), value: flags.text('value') }
  if ((file === undefined) === (query === undefined)) {
    throw new WaterworksError('WW7001', {
      message:
        file === undefined
          ? 'anomalies was given no series'
          : 'anomalies takes --series or --query, not both',
      hint: 'Write `waterworks anomalies --series FILE`, with a column of moments and one of numbers.',
    })
  }
  if (query !== undefined) {
    return withReader(await openProject(invocation), (reader) => readSeries(reader.query(query), columns))
  }
  return readFile(resolve(file!), columns)
}

async function readFile(path: string, columns: Parameters<typeof readSeries>[1]): Promise<ReadSeries> {
  if (!existsSync(path)) throw new WaterworksError('WW7001', { message: `the file ${path} cannot be read` })
  const { DuckDbEngine } = await import('../../engines/duckdb/duckdb-engine.ts')
  const engine = new DuckDbEngine({ path: ':memory:' })
  try {
    const reader = await SessionReader.open(engine)
    try {
      return await readSeries(reader.query(`select * from ${duckDbDialect.literal(path)}`), columns)
    } finally {
      await reader.close()
    }
  } finally {
    await engine.close()
  }
}

/** The rows with their scores. */
function scored(
  { time, value, rows }: ReadSeries,
  only: boolean,
): { readonly pages: AsyncIterable<RowPage>; readonly found: number } {
  const scores = scoreSeries(rows.flatMap(({ point }) => point ?? []))
  let [next, found] = [0, 0]
  const given = rows.flatMap(({ written, point }) => {
    const score = point === undefined ? null : scores[next++]!
    const anomaly = score !== null && score >= ALERT
    if (anomaly) found += 1
    return only && !anomaly
      ? []
      : [[written, point?.value ?? null, score === null ? null : Number(score.toFixed(4)), anomaly]]
  })
  const columns = [time, value, 'score', 'anomaly']
  return { pages: pagesOf([{ columns, rows: given }]), found }
}

async function* pagesOf(pages: readonly RowPage[]): AsyncGenerator<RowPage> {
  yield* pages
}
