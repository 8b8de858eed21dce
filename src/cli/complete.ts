import type { Command, OptionSpec } from './command.ts'
import { commandTable } from './command-table.ts'
import { globalOptions } from './global-options.ts'
import { RESULT_FORMATS } from './print-result.ts'
import { SCHEMA_NAMES } from './schema-text.ts'

/** Names of the project that the words lead to, for completing them. */
export interface ProjectNames {
  readonly nodes: readonly string[]
  readonly targets: readonly string[]
  readonly tags: readonly string[]
}

/** Subcommands, and other words that stand without a dash. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  contracts: ['list', 'validate', 'diff', 'import', 'export'],
  quarantine: ['list', 'show', 'replay', 'discard'],
  privacy: ['reveal', 'erase', 'log'],
  source: ['freshness'],
  docs: ['generate'],
  completion: ['bash', 'zsh', 'fish'],
  schema: SCHEMA_NAMES,
}

/** What may follow the words of a command line whose last one is begun, perhaps with nothing of it yet. Paths are left to the shell. */
export async function complete(
  words: readonly string[],
  names: () => Promise<ProjectNames>,
): Promise<readonly string[]> {
  const [name = '', ...rest] = words
  if (rest.length === 0) return beginning(name, [...Object.keys(commandTable), 'help'])
  const typed = rest.at(-1) ?? ''
  if (name === 'help') return beginning(typed, Object.keys(commandTable))
  const entry = Object.hasOwn(commandTable, name) ? commandTable[name] : undefined
  if (entry === undefined) return []
  const command = await entry.load()
  const options = [...command.options, ...globalOptions]
  if (typed.startsWith('-'))
    return beginning(
      typed,
      options.map((option) => `--${option.name}`),
    )
  const flag = flagBefore(rest, options)
  if (flag !== undefined) return beginningSelector(typed, await valuesOf(flag, command, names))
  return beginning(typed, await wordsOf(command, names))
}

/** The flag whose value is being typed. */
function flagBefore(words: readonly string[], options: readonly OptionSpec[]): OptionSpec | undefined {
  const before = words.slice(0, -1)
  const at = before.findLastIndex((word) => word.startsWith('-'))
  const option = options.find(({ name, short }) => before[at] === `--${name}` || before[at] === `-${short}`)
  if (option === undefined || option.type === 'boolean') return undefined
  return option.multiple || at === before.length - 1 ? option : undefined
}

async function valuesOf(
  { name }: OptionSpec,
  command: Command,
  names: () => Promise<ProjectNames>,
): Promise<readonly string[]> {
  switch (name) {
    case 'select':
    case 'exclude': {
      const { nodes, tags } = await names()
      return [...nodes, ...tags.map((tag) => `tag:${tag}`)]
    }
    case 'target':
      return (await names()).targets
    case 'pipeline':
      return (await names()).nodes
    case 'format':
      return RESULT_FORMATS
    case 'log-format':
      return ['text', 'json']
    case 'resource-type':
      return ['pipeline', 'source', 'model', 'check']
    case 'output':
      return command.name === 'ls' ? ['table', 'name', 'path', 'selector'] : []
    default:
      return []
  }
}

async function wordsOf({ name }: Command, names: () => Promise<ProjectNames>): Promise<readonly string[]> {
  return name === 'show' ? (await names()).nodes : (WORDS[name] ?? [])
}

function beginning(typed: string, candidates: readonly string[]): readonly string[] {
  return candidates.filter((candidate) => candidate.startsWith(typed))
}

/** Before a name in a selector may stand what widens it: `+stg_` leads to `+stg_orders`. */
function beginningSelector(typed: string, candidates: readonly string[]): readonly string[] {
  const lead = /^(?:@|\d*\+)/.exec(typed)?.[0] ?? ''
  return beginning(typed.slice(lead.length), candidates).map((candidate) => `${lead}${candidate}`)
}
