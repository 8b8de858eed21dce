import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Command, Invocation } from '../command.ts'
import { withReader } from '../compose/open-reader.ts'
import { openProject } from '../compose/workspace.ts'
import { formatFor, giveResult, resultOptions } from '../give-result.ts'
import { rowLimit, SHOWN_ROWS } from '../print-result.ts'

export const sql: Command = {
  name: 'sql',
  summary: 'Run a query on the warehouse',
  description: `Runs one query in the warehouse's own SQL and prints its rows. The query is the argument, a file, or standard
input; on a terminal without any of them a prompt opens, with history, completion of names (Tab) and statements over
several lines up to a semicolon. Only reading is possible, also while a build runs: readers see what is published.

A table for people shows the first ${SHOWN_ROWS} rows unless --limit says otherwise; files and other formats hold all.`,
  positionals: '[QUERY]',
  options: [
    { name: 'file', short: 'f', type: 'string', value: 'FILE', help: 'Read the query from a file.' },
    ...resultOptions,
    { name: 'limit', type: 'string', value: 'N', help: 'The most rows to print; 0 for all.' },
  ],
  examples: [
    { line: 'waterworks sql "select count(*) from fct_flights"', says: 'One query.' },
    {
      line: 'waterworks sql --file report.sql --format csv > report.csv',
      says: 'A query from a file, as CSV.',
    },
    {
      line: 'waterworks sql --output top.parquet "from fct_flights limit 1000"',
      says: 'A file, in the format of its ending.',
    },
    { line: 'waterworks sql', says: 'A prompt: type statements, \\h for help, Ctrl-D to leave.' },
    {
      line: `waterworks sql --json "select * from dim_airport" | jq '.rows[0]'`,
      says: 'For scripts: {"columns": […], "rows": […], "truncated": false}.',
    },
  ],
  run,
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, output } = invocation
  const outputFile = flags.text('output')
  const format = formatFor(flags.text('format'), outputFile)
  const forPeople =
    (format === 'table' || format === 'markdown') && !output.options.json && outputFile === undefined
  const limit = rowLimit(flags.text('limit'), forPeople ? SHOWN_ROWS : undefined)
  const opened = await openProject(invocation)
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true
  const isAsked = invocation.positionals.length > 0 || flags.text('file') !== undefined
  if (isTerminal && !isAsked && outputFile === undefined && format !== 'parquet') {
    const { openSqlShell } = await import('../sql-shell.ts')
    await openSqlShell({
      prompt: opened.targetName,
      input: process.stdin,
      output,
      screen: process.stdout,
      history: join(opened.home, 'sql_history'),
      secrets: opened.project.secrets,
      format,
      limit,
      read: (work) => withReader(opened, work),
    })
    return 0
  }
  const query = await queryOf(invocation)
  const given = { format, limit, file: outputFile }
  await withReader(opened, (reader) => giveResult(reader, query, given, output))
  return 0
}

async function queryOf({ flags, positionals }: Invocation): Promise<string> {
  const file = flags.text('file')
  if (file !== undefined && positionals.length > 0) {
    throw new WaterworksError('WW7001', { message: 'sql takes a query or --file, not both' })
  }
  const query =
    file === undefined ? positionals.join(' ') || (await text(process.stdin)) : await readQuery(file)
  if (query.trim() !== '') return query
  throw new WaterworksError('WW7001', {
    message: 'sql was given no query',
    hint: 'Write `waterworks sql "select …"`, give --file, or pipe the query in.',
  })
}

async function readQuery(file: string): Promise<string> {
  try {
    return await readFile(resolve(file), 'utf8')
  } catch (cause) {
    throw new WaterworksError('WW7001', { message: `the file ${file} cannot be read`, cause })
  }
}
