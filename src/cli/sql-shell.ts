import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { redact } from '../events/redact.ts'
import { type Reader, readRows } from '../owner/reader.ts'
import { splitStatements } from '../sql/split-statements.ts'
import { isSignificant, tokenize } from '../sql/tokenize.ts'
import { giveResult } from './give-result.ts'
import type { Output } from './output.ts'
import type { ResultFormat } from './print-result.ts'

export interface SqlShellOptions {
  readonly prompt: string
  readonly input: NodeJS.ReadableStream
  /** Where results go. */
  readonly output: Output
  /** Where the prompt and what is typed show. */
  readonly screen: NodeJS.WritableStream
  /** The file that keeps what was typed. */
  readonly history: string
  /** What must not get into that file. */
  readonly secrets: readonly string[]
  readonly format: Exclude<ResultFormat, 'parquet'>
  readonly limit: number | undefined
  /** Gives `work` a reader for as long as it runs: between statements the warehouse is free for others. */
  readonly read: <T>(work: (reader: Reader) => Promise<T>) => Promise<T>
  /** Whether the screen can edit lines; found out unless given. */
  readonly terminal?: boolean
}

const HISTORY_LINES = 1000

const HELP = `Statements end with a semicolon and may run over several lines; only reading is possible.
  \\d          tables and views
  \\d NAME     columns of one
  \\h          this help
  \\q          leave (as does Ctrl-D)
Tab completes names; Ctrl-C stops a running query, or drops what was typed so far.`

const KEYWORDS = (
  'select from where group by order having limit join left right inner full cross on using union all except intersect ' +
  'distinct as and or not in is null like between case when then else end exists with over partition asc desc count ' +
  'sum avg min max coalesce cast extract date timestamp true false'
).split(' ')

/** A prompt that runs queries one after another until its input ends. Errors are shown and do not end it. */
export async function openSqlShell(given: SqlShellOptions): Promise<void> {
  const { input, screen } = given
  const running = new Running(given.read)
  const options = { ...given, read: running.read }
  const names = new Names(given.read)
  const history = readHistory(options.history)
  const lines = createInterface({
    input,
    output: screen,
    ...(options.terminal === undefined ? {} : { terminal: options.terminal }),
    history: [...history],
    historySize: HISTORY_LINES,
    removeHistoryDuplicates: true,
    completer: (line: string, done: (error: null, result: [string[], string]) => void) =>
      void names.complete(line).then((result) => done(null, result)),
  })
  let kept = history
  lines.on('history', (latest: string[]) => {
    kept = latest
  })
  let typed = ''
  let ended = false
  // The input may end while a statement runs, and what was typed before is still to be run.
  lines.on('close', () => {
    ended = true
  })
  const ask = () => {
    if (ended) return
    const { length } = options.prompt
    lines.setPrompt(typed.trim() === '' ? `${options.prompt}> ` : `${'-'.padStart(length)}> `)
    lines.prompt()
  }
  lines.on('SIGINT', () => {
    if (running.stop()) return
    typed = ''
    screen.write('\n')
    ask()
  })
  ask()
  try {
    for await (const line of lines) {
      const command = typed.trim() === '' ? line.trim() : ''
      if (command === '\\q' || command === 'exit' || command === 'quit') break
      if (command.startsWith('\\')) {
        await meta(command, options)
      } else {
        typed += `${line}\n`
        typed = await runWhole(typed, options)
      }
      ask()
    }
    if (typed.trim() !== '') await runOne(typed, options)
  } finally {
    lines.close()
    await saveHistory(
      options.history,
      kept.map((line) => redact(line, options.secrets)),
    )
  }
}

/** Runs the statements that have ended and returns what is still to be finished. */
async function runWhole(typed: string, options: SqlShellOptions): Promise<string> {
  const statements = splitStatements(typed)
  const last = statements.at(-1)
  if (last === undefined) return ''
  const rest = endsWithSemicolon(last) ? '' : last
  for (const statement of rest === '' ? statements : statements.slice(0, -1)) await runOne(statement, options)
  return rest
}

function endsWithSemicolon(statement: string): boolean {
  const last = [...tokenize(statement)].findLast(isSignificant)
  return last !== undefined && statement.slice(last.start, last.end) === ';'
}

async function runOne(statement: string, { read, format, limit, output }: SqlShellOptions): Promise<void> {
  try {
    await read((reader) => giveResult(reader, statement, { format, limit, file: undefined }, output))
  } catch (error) {
    if (!(error instanceof WaterworksError)) throw error
    output.problem(error)
  }
}

async function meta(command: string, options: SqlShellOptions): Promise<void> {
  const [name, argument] = command.split(/\s+/, 2)
  if (name === '\\d') {
    return runOne(argument === undefined ? RELATIONS : columnsOf(argument), options)
  }
  options.output.print(HELP)
}

const VISIBLE = `table_catalog = current_database() and table_schema not in ('information_schema', 'pg_catalog')`
const RELATIONS = `select table_schema as schema, table_name as name, lower(table_type) as kind
from information_schema.tables where ${VISIBLE} order by 1, 2`

function columnsOf(relation: string): string {
  const [name = '', schema] = relation.replaceAll('"', '').replace(/;$/, '').split('.').toReversed()
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`
  const place = schema === undefined ? '' : ` and table_schema = ${text(schema)}`
  return `select column_name as column, data_type as type from information_schema.columns
where ${VISIBLE} and table_name = ${text(name)}${place} order by table_schema, ordinal_position`
}

/** The statement that runs, if one does, so that Ctrl-C can stop it. */
class Running {
  readonly #read: SqlShellOptions['read']
  #reader: Reader | undefined
  #stopped = false
  #stopping: NodeJS.Timeout | undefined

  constructor(read: SqlShellOptions['read']) {
    this.#read = read
  }

  readonly read: SqlShellOptions['read'] = async (work) => {
    this.#stopped = false
    try {
      return await this.#read((reader) => {
        this.#reader = reader
        return work(reader)
      })
    } catch (error) {
      if (!this.#stopped) throw error
      throw new WaterworksError('WW7013', { message: 'the query was stopped', cause: error })
    } finally {
      this.#reader = undefined
      clearInterval(this.#stopping)
    }
  }

  /** Whether there was something to stop. */
  stop(): boolean {
    if (this.#reader === undefined) return false
    this.#stopped = true
    // A query that is just beginning would not notice a single call.
    clearInterval(this.#stopping)
    this.#stopping = setInterval(() => void this.#reader?.interrupt(), 20)
    void this.#reader.interrupt()
    return true
  }
}

/** Names that Tab completes, asked for once and again after a while, so that a build's new tables show up. */
class Names {
  readonly #read: SqlShellOptions['read']
  #known: readonly string[] = []
  #askedAt = Number.NEGATIVE_INFINITY

  constructor(read: SqlShellOptions['read']) {
    this.#read = read
  }

  async complete(line: string): Promise<[string[], string]> {
    const word = /[\w.]*$/.exec(line)?.[0] ?? ''
    if (word === '') return [[], word]
    if (performance.now() - this.#askedAt > 30_000) await this.#ask()
    const lower = word.toLowerCase()
    const hits = [...this.#known, ...KEYWORDS].filter((name) => name.toLowerCase().startsWith(lower))
    return [[...new Set(hits)].toSorted(), word]
  }

  async #ask(): Promise<void> {
    this.#askedAt = performance.now()
    try {
      const rows = await this.#read((reader) =>
        readRows(
          reader,
          `select table_schema, table_name, column_name from information_schema.columns where ${VISIBLE}`,
        ),
      )
      this.#known = [
        ...new Set(
          rows.flatMap((row) => {
            const [schema, table, column] = ['table_schema', 'table_name', 'column_name'].map((key) =>
              String(row[key]),
            )
            return [table!, `${schema}.${table}`, column!]
          }),
        ),
      ]
    } catch {
      // Completion is a comfort: what is wrong with the warehouse shows when a statement runs.
    }
  }
}

function readHistory(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean).toReversed()
  } catch {
    return []
  }
}

/** Only the user may read it: statements may hold personal data. */
async function saveHistory(file: string, latestFirst: readonly string[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const lines = latestFirst.slice(0, HISTORY_LINES).toReversed()
  await writeFile(file, lines.length === 0 ? '' : `${lines.join('\n')}\n`, { mode: 0o600 })
}
