import { basename, join, relative, resolve } from 'node:path'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Key } from '../../init/choose-key.ts'
import { databasePlace } from '../../init/database-place.ts'
import { findFiles, likelyFiles } from '../../init/find-files.ts'
import { makeStarter, reservedWords, type Starter, type StarterHooks } from '../../init/make-starter.ts'
import { SAMPLE_DATA, sampleMart } from '../../init/sample-data.ts'
import { plainName } from '../../init/snake-case.ts'
import { starterFiles } from '../../init/starter-files.ts'
import type { SurveyedTable } from '../../init/survey.ts'
import { refuseProject, writeStarter } from '../../init/write-starter.ts'
import { databaseKind } from '../../project/database-url.ts'
import type { Connection } from '../../project/project.ts'
import { type Asker, askOn } from '../ask.ts'
import type { Command, Invocation } from '../command.ts'
import { openDialect } from '../compose/open-dialect.ts'
import { openScratchEngine } from '../compose/open-engine.ts'
import { keepProjectSchemas } from '../compose/project-schemas.ts'
import { inTemporaryFolder } from '../compose/temporary-folder.ts'
import type { Output } from '../output.ts'
import { printStarter, starterJson } from '../print-starter.ts'

const LONGEST_NAME = 20
const DATABASE_FLAGS = ['postgres', 'mysql'] as const

export const init: Command = {
  name: 'init',
  summary: 'Make a project from your own data',
  description: `Looks at data files, or at the tables of a Postgres or MySQL database (their first rows), and writes a small
project for them: pipelines, staging models with plain column names, keys and checks that suit the data, and what git
needs. The project builds at once; every file of it is yours to change. Data files stay where they are, and nothing
that exists is overwritten. A database's password goes into .env, which git ignores, and nowhere else. On a terminal
init asks what it needs to know; elsewhere, or with --yes, it goes by its flags. Without data it makes a tiny sample
project.`,
  positionals: '[DIR]',
  options: [
    {
      name: 'files',
      type: 'string',
      multiple: true,
      value: 'PATH',
      help: 'Data files, folders of them, or globs: CSV, TSV, JSON, NDJSON, Parquet.',
    },
    {
      name: 'postgres',
      type: 'string',
      value: 'URL',
      help: 'A Postgres database to load from; its password goes into .env only.',
    },
    {
      name: 'mysql',
      type: 'string',
      value: 'URL',
      help: 'The same of MySQL or MariaDB.',
    },
    {
      name: 'name',
      type: 'string',
      value: 'NAME',
      help: 'The project’s name; that of the folder unless given.',
    },
    {
      name: 'source',
      type: 'string',
      value: 'NAME',
      help: 'What the data’s source is called in tables and models; the project’s name unless given.',
    },
    { name: 'yes', short: 'y', type: 'boolean', help: 'Ask nothing; take what is proposed.' },
  ],
  examples: [
    { line: 'waterworks init', says: 'Here, with questions.' },
    { line: 'waterworks init shop --files exports/*.csv', says: 'A new folder, for these files.' },
    {
      line: 'waterworks init sample --yes && cd sample && waterworks build',
      says: 'A sample, to look around.',
    },
  ],
  run,
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, output, positionals } = invocation
  if (positionals.length > 1) {
    throw new WaterworksError('WW7001', {
      message: `init takes one folder, not ${positionals.length}`,
      hint: 'Name data files after --files.',
    })
  }
  const given = [
    ...(flags.texts('files').length > 0 ? ['--files'] : []),
    ...DATABASE_FLAGS.filter((type) => flags.text(type) !== undefined).map((type) => `--${type}`),
  ]
  if (given.length > 1) {
    throw new WaterworksError('WW7001', { message: `init takes one of ${given.join(', ')}` })
  }
  const asks = process.stdin.isTTY === true && process.stdout.isTTY === true
  const asker =
    asks && !flags.isSet('yes') && !output.options.json ? askOn(process.stdin, process.stdout) : undefined
  try {
    return await begin(invocation, asker)
  } finally {
    asker?.close()
  }
}

async function begin(invocation: Invocation, asker: Asker | undefined): Promise<number> {
  const { flags, output, positionals } = invocation
  const folder = positionals[0] ?? (await asker?.text('Folder of the project', '.')) ?? '.'
  const root = resolve(folder)
  refuseProject(root)
  const { database, files } = await whereDataIs(invocation, asker, root)
  const isSample = database === undefined && files.length === 0
  const proposed = plainName(basename(root), 'project', LONGEST_NAME)
  const name = nameFrom(
    'name',
    flags.text('name'),
    (await asker?.text('Name of the project', proposed)) ?? proposed,
  )
  const source = nameFrom('source', flags.text('source'), isSample ? 'sample' : name)
  const request = { name, source, root, files }
  const hooks = hooksFor(invocation, asker)
  const starter =
    database !== undefined
      ? await fromDatabase(database, request, output)
      : isSample
        ? await sample(request)
        : await inScratch((made) => makeStarter(made, request, hooks))
  if (asker !== undefined && !(await asker.yes(`Write ${starter.files.length} files to ${shown(root)}?`)))
    return 0
  const left = await writeStarter(root, starter.files)
  keepProjectSchemas(join(root, '.waterworks'))
  printStarter(starter, { folder: relative(process.cwd(), root), left }, output)
  output.json(starterJson(starter, { name, root, left }))
  return 0
}

function shown(root: string): string {
  return relative(process.cwd(), root) || 'this folder'
}

interface DatabaseFlag {
  readonly type: Connection['type']
  readonly url: string
}

/** Where the data of the project is: in a database, or in files; neither for a sample. */
interface DataPlace {
  readonly database: DatabaseFlag | undefined
  readonly files: readonly string[]
}

async function whereDataIs(
  { flags, output }: Invocation,
  asker: Asker | undefined,
  root: string,
): Promise<DataPlace> {
  const database = databaseFlag(flags)
  const given = flags.texts('files')
  if (database !== undefined || (given.length === 0 && asker === undefined)) return { database, files: [] }
  if (given.length === 0) return askForData(asker!, root)
  const { files, passedOver } = await findFiles(process.cwd(), given)
  for (const file of passedOver)
    output.log(`${file} is left out: it is not CSV, TSV, JSON, NDJSON or Parquet.`)
  if (files.length > 0) return { database, files }
  throw new WaterworksError('WW4003', {
    message: `there is no file among ${given.join(', ')} whose ending tells a format that can be read`,
  })
}

function databaseFlag(flags: Invocation['flags']): DatabaseFlag | undefined {
  for (const type of DATABASE_FLAGS) {
    const url = flags.text(type)
    if (url !== undefined) return { type, url }
  }
  return undefined
}

async function askForData(asker: Asker, root: string): Promise<DataPlace> {
  const likely = await likelyFiles(root)
  if (likely.length > 0) {
    const found = likely.map((file) => relative(root, file))
    const few =
      found.length > 5 ? `${found.slice(0, 5).join(', ')} and ${found.length - 5} more` : found.join(', ')
    if (await asker.yes(`Found ${few}. Begin with these?`)) return { database: undefined, files: likely }
  }
  const answer = await asker.text(
    'Data files, folders or globs, with spaces between, or the URL of a Postgres or MySQL (nothing for a small sample)',
    '',
  )
  const type = databaseKind(answer)
  if (type !== undefined) return { database: { type, url: answer }, files: [] }
  return {
    database: undefined,
    files: answer === '' ? [] : (await findFiles(process.cwd(), splitWords(answer))).files,
  }
}

/** Words apart by white space; quotes keep a name with spaces together. */
function splitWords(text: string): readonly string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '')
}

function nameFrom(flag: string, given: string | undefined, otherwise: string): string {
  const name = given ?? otherwise
  if (/^[a-z_][a-z0-9_]*$/.test(name) && name.length <= LONGEST_NAME) return name
  const hint = `Write ${plainName(name, 'project', LONGEST_NAME)}, for example.`
  throw new WaterworksError('WW7001', {
    message: `a ${flag} is small letters, digits and underscores, at most ${LONGEST_NAME}, not ${name}`,
    hint,
  })
}

function hooksFor({ output }: Invocation, asker: Asker | undefined): StarterHooks {
  return {
    looking: ({ files, table }) =>
      output.log(
        `Looking at ${table} (${files.length === 1 ? basename(files[0]!) : `${files.length} files`})`,
      ),
    unreadable: (file, error) =>
      output.log(`${relative(process.cwd(), file)} is left out: ${error.message.split('\n')[0]}`),
    ...(asker === undefined ? {} : { settleKey: (table) => askForKey(table, asker) }),
  }
}

/** A key that is sure is not asked about. */
async function askForKey({ group, key, candidates }: SurveyedTable, asker: Asker): Promise<Key | undefined> {
  if (key?.strength === 'sure' || candidates.length === 0) return key
  const choices = [...candidates.map(({ columns }) => columns.join(', ')), 'nothing does']
  const chosen = await asker.choice(`What tells the rows of ${group.table} apart?`, choices)
  const columns = candidates[chosen]?.columns
  return columns && { columns, strength: 'sure' }
}

type Request = Parameters<typeof makeStarter>[1]

/** A project for the tables of a database, by what its catalogue and its rows tell. */
async function fromDatabase(
  { type, url }: DatabaseFlag,
  { name, source }: Request,
  output: Output,
): Promise<Starter> {
  const connection = databasePlace(type, url, `${source}_db`)
  if (connection.password !== undefined) output.protect(new Set([connection.password]))
  output.log(`Looking into ${connection.database} on ${connection.host}`)
  const { surveyDatabase } = await import('../../init/survey-database.ts')
  const looking = (table: string) => output.log(`Looking at ${table}`)
  const { tables, leftOut, reserved } = await inTemporaryFolder({}, (folder) =>
    inScratch(async (executor) => ({
      ...(await surveyDatabase(await openDialect(connection), source, { executor, folder }, { looking })),
      reserved: await reservedWords(executor),
    })),
  )
  for (const table of leftOut)
    output.log(`${table} is left out: its name or those of its columns are too odd to begin with.`)
  if (tables.length === 0) {
    throw new WaterworksError('WW4203', {
      message: `there is no table in ${connection.database} that a project can begin with`,
    })
  }
  return { tables, files: starterFiles(name, tables, reserved, connection) }
}

/** A project on data of its own, which come with it. */
async function sample(request: Request): Promise<Starter> {
  const data = Object.entries(SAMPLE_DATA).map(([path, text]) => ({ path, text }))
  const marts = Object.entries(sampleMart(request.source)).map(([path, text]) => ({ path, text }))
  return inTemporaryFolder(SAMPLE_DATA, async (root) => {
    const files = data.map(({ path }) => join(root, path))
    const made = await inScratch((executor) => makeStarter(executor, { ...request, root, files }))
    return { ...made, files: [...made.files, ...data, ...marts] }
  })
}

async function inScratch<T>(work: (executor: Parameters<typeof makeStarter>[0]) => Promise<T>): Promise<T> {
  const engine = await openScratchEngine()
  try {
    return await work(await engine.connect())
  } finally {
    await engine.close()
  }
}
