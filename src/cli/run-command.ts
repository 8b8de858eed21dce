import { ProjectErrors } from '../errors/project-errors.ts'
import { suggest } from '../errors/suggest.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { Command, Flags } from './command.ts'
import { commandTable } from './command-table.ts'
import { flagsFirst } from './dbt-flags/flags-first.ts'
import { renderCommandHelp, renderOverview } from './help.ts'
import { LOG_LEVELS, type LogLevel, Output } from './output.ts'
import { parseFlags } from './parse-flags.ts'
import { projectDefaults } from './project-defaults.ts'
import { version } from './version.ts'
import { WarningRules } from './warning-rules.ts'

/** dbt's other names of commands. */
const COMMAND_SYNONYMS: ReadonlyMap<string, string> = new Map([['list', 'ls']])

/** Finds and runs a command; errors become messages and exit code 2. Flags of every command may stand before it. */
export async function runCommand(words: readonly string[]): Promise<number> {
  const [name, ...args] = flagsFirst(words)
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
    const { flags, positionals } = parseFlags(command, args, process.env, projectDefaults)
    if (flags.isSet('version')) {
      process.stdout.write(`waterworks ${version()}\n`)
      return 0
    }
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
  let output = outputOf(undefined, [])
  try {
    output = outputOf(flags, [])
    return await command.run({ flags, positionals, output })
  } catch (error) {
    return report(error, output, flags.isSet('debug'))
  }
}

function outputOf(flags: Flags | undefined, args: readonly string[]): Output {
  const noColor =
    flags?.isSet('no-color') ||
    flags?.choice('use-colors') === false ||
    args.includes('--no-color') ||
    Boolean(process.env['NO_COLOR'])
  return new Output(
    {
      json: flags?.isSet('json') ?? args.includes('--json'),
      quiet: flags?.isSet('quiet') ?? false,
      color: !noColor,
      logFormat: flags?.text('log-format') === 'json' ? 'json' : 'text',
      level: levelOf(flags?.text('log-level')),
      warnings: WarningRules.of(flags?.isSet('warn-error') ?? false, flags?.text('warn-error-options')),
    },
    process.stdout,
    process.stderr,
  )
}

function levelOf(text: string | undefined): LogLevel {
  const level = LOG_LEVELS.find((each) => each === (text ?? 'info').toLowerCase())
  if (level !== undefined) return level
  throw new WaterworksError('WW7001', {
    message: `--log-level takes ${LOG_LEVELS.join(', ')}, not ${text}`,
  })
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
