import { ProjectErrors } from '../errors/project-errors.ts'
import { suggest } from '../errors/suggest.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { Command, Flags } from './command.ts'
import { commandTable } from './command-table.ts'
import { renderCommandHelp, renderOverview } from './help.ts'
import { Output } from './output.ts'
import { parseFlags } from './parse-flags.ts'

/** dbt's other names of commands. */
const COMMAND_SYNONYMS: ReadonlyMap<string, string> = new Map([['list', 'ls']])

/** Finds and runs a command; errors become messages and exit code 2. */
export async function runCommand(name: string | undefined, args: readonly string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const topic = name === 'help' ? args.find((argument) => !argument.startsWith('-')) : undefined
    return topic === undefined ? showOverview() : showHelp(topic, args)
  }
  if (name === 'completion' && args[0] === '--words') {
    const { printCompletions } = await import('./print-completions.ts')
    return printCompletions(args.slice(1))
  }
  const fallback = outputOf(undefined, args)
  try {
    const command = await load(name)
    const { flags, positionals } = parseFlags(command, args, process.env)
    if (flags.isSet('help')) {
      process.stdout.write(`${renderCommandHelp(command)}\n`)
      return 0
    }
    return await run(command, flags, positionals)
  } catch (error) {
    return report(error, fallback, args.includes('--debug'))
  }
}

function showOverview(): number {
  process.stdout.write(`${renderOverview(commandTable)}\n`)
  return 0
}

async function showHelp(topic: string, args: readonly string[]): Promise<number> {
  try {
    process.stdout.write(`${renderCommandHelp(await load(topic))}\n`)
    return 0
  } catch (error) {
    return report(error, outputOf(undefined, args), args.includes('--debug'))
  }
}

async function load(name: string): Promise<Command> {
  const own = COMMAND_SYNONYMS.get(name) ?? name
  const entry = Object.hasOwn(commandTable, own) ? commandTable[own] : undefined
  if (entry !== undefined) return entry.load()
  const nearest = suggest(name, Object.keys(commandTable))
  throw new WaterworksError('WW7001', {
    message: `there is no command ${name}`,
    hint: nearest ? `Did you mean \`waterworks ${nearest}\`?` : 'See `waterworks --help`.',
  })
}

async function run(command: Command, flags: Flags, positionals: readonly string[]): Promise<number> {
  const output = outputOf(flags, [])
  try {
    return await command.run({ flags, positionals, output })
  } catch (error) {
    return report(error, output, flags.isSet('debug'))
  }
}

function outputOf(flags: Flags | undefined, args: readonly string[]): Output {
  const noColor =
    flags?.isSet('no-color') ||
    args.includes('--no-color') ||
    Boolean(process.env['NO_COLOR']) ||
    /^(0|f|false|n|no|off)$/i.test(process.env['DBT_USE_COLORS'] ?? '')
  return new Output(
    {
      json: flags?.isSet('json') ?? args.includes('--json'),
      quiet: flags?.isSet('quiet') ?? false,
      color: !noColor,
      logFormat: flags?.text('log-format') === 'json' ? 'json' : 'text',
    },
    process.stdout,
    process.stderr,
  )
}

function report(error: unknown, output: Output, debug: boolean): number {
  if (error instanceof ProjectErrors) {
    output.problems(error.diagnostics)
    output.json({
      status: 'failed',
      errors: error.diagnostics.map(({ severity, error: e }) => plain(e, severity)),
    })
    return 2
  }
  const known =
    error instanceof WaterworksError
      ? error
      : new WaterworksError('WW9001', {
          message: error instanceof Error ? error.message : String(error),
          cause: error,
        })
  output.problems([{ severity: 'error', error: known }])
  output.json({ status: 'failed', errors: [plain(known, 'error')] })
  if (debug) output.stack(error)
  return 2
}

function plain({ code, message, location, hint }: WaterworksError, severity: string) {
  return { severity, code, message, location, hint }
}
