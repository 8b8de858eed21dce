import type { Command, OptionSpec } from './command.ts'
import { globalOptions } from './global-options.ts'

/** The page that `waterworks` alone shows. */
export function renderOverview(table: Readonly<Record<string, { readonly summary: string }>>): string {
  const commands = columns(Object.entries(table).map(([name, { summary }]) => [name, summary]))
  return `Waterworks takes data from raw files to tables that people trust.

Usage: waterworks COMMAND [FLAGS]      (short: ww)

Commands
${commands}

Start here
  waterworks init       a project from your own data
  waterworks check      are the project’s files right?
  waterworks plan       what would a build do, and why?
  waterworks build      load, build, check, publish
  waterworks show NAME  look at a table

\`waterworks COMMAND --help\` explains a command with examples. \`waterworks --version\` prints the version.
Exit codes: 0 all well, 1 something failed and was handled (a check, a table), 2 could not run.`
}

/** A command's own page. */
export function renderCommandHelp(command: Command): string {
  const usage = ['waterworks', command.name, command.positionals, '[FLAGS]'].filter(Boolean).join(' ')
  const own = command.options.length === 0 ? '' : `\nFlags\n${columns(command.options.map(line))}\n`
  const examples = command.examples.map(({ line: text, says }) => `  ${text}\n      ${says}`).join('\n')
  return `${command.summary}.

Usage: ${usage}

${command.description}
${own}
Flags of every command
${columns(globalOptions.map(line))}

Examples
${examples}`
}

function line({ name, short, value, help, negatable }: OptionSpec): readonly [string, string] {
  const flag = `${short ? `-${short}, ` : '    '}--${negatable ? '[no-]' : ''}${name}${value ? ` ${value}` : ''}`
  return [flag, help]
}

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
}
