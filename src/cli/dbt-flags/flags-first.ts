import { DBT_COMMANDS } from './dbt-flag.ts'
import { DBT_FLAGS } from './dbt-flags.ts'

/**
 * The words of a command line with the command first: dbt takes its flags of every command before the command as well
 * (`dbt --quiet run`). Words that begin with no such flag stay as they are.
 */
export function flagsFirst(args: readonly string[]): readonly string[] {
  let at = 0
  while (at < args.length && args[at]!.startsWith('-')) {
    const width = widthOf(args[at]!)
    if (width === undefined) return args
    at += width
  }
  if (at === 0 || at >= args.length) return args
  return [args[at]!, ...args.slice(0, at), ...args.slice(at + 1)]
}

/** How many words a flag takes with its value; undefined for what no command of dbt's takes before its name. */
function widthOf(word: string): number | undefined {
  const [written = '', value] = word.split('=', 2)
  for (const { name, aliases = [], short = [], negatable, takes, of } of DBT_FLAGS) {
    if (of.length < DBT_COMMANDS.length) continue
    const spellings = [
      ...[name, ...aliases].map((each) => `--${each}`),
      ...short.map((letter) => `-${letter}`),
      ...(negatable ? [`--no-${name}`] : []),
    ]
    if (spellings.includes(written)) return takes === 'nothing' || value !== undefined ? 1 : 2
  }
  return undefined
}
