import type { OptionSpec } from '../command.ts'
import { DBT_COMMANDS, type DbtFlag } from './dbt-flag.ts'
import { DBT_FLAGS } from './dbt-flags.ts'

/** A flag that a command takes as dbt's does, and does nothing with. */
export interface HiddenOption extends OptionSpec {
  readonly flag: DbtFlag
}

/**
 * The flags that dbt's command of a name has and ours, whose own flags are given, has not: they are taken, so that a script that says
 * them goes on working. Those that are refused are among them, to be refused with their reason.
 */
export function hiddenOptions(command: string, own: readonly OptionSpec[]): readonly HiddenOption[] {
  const known = DBT_COMMANDS.find((each) => each === command)
  if (known === undefined) return []
  const taken = new Set(own.flatMap(spellingsOf))
  return DBT_FLAGS.filter(({ of }) => of.includes(known)).flatMap((flag) => hiddenOption(flag, taken))
}

function hiddenOption(flag: DbtFlag, taken: ReadonlySet<string>): readonly HiddenOption[] {
  const { name, takes, negatable = false } = flag
  const names = [name, ...(flag.aliases ?? [])].filter((each) => !taken.has(`--${each}`))
  const short = (flag.short ?? []).filter((letter) => !taken.has(`-${letter}`))
  const [first, ...aliases] = names
  if (first === undefined) return []
  const type = takes === 'nothing' ? ('boolean' as const) : ('string' as const)
  const spec = { name: first, aliases, type, negatable, multiple: takes === 'words', help: '', flag }
  return [short[0] === undefined ? spec : { ...spec, short: short[0] }]
}

/** Every way to write a flag. */
export function spellingsOf({
  name,
  aliases = [],
  short,
  negatable,
}: Pick<OptionSpec, 'name' | 'aliases' | 'short' | 'negatable'>): readonly string[] {
  return [
    ...[name, ...aliases].map((each) => (each.length === 1 ? `-${each}` : `--${each}`)),
    ...(negatable ? [`--no-${name}`] : []),
    ...(short === undefined ? [] : [`-${short}`]),
  ]
}
