/** The commands that dbt has and Waterworks has as well, by the names they have here. */
export const DBT_COMMANDS = [
  ...(['build', 'clean', 'clone', 'compile', 'debug', 'deps', 'docs', 'init', 'ls', 'parse'] as const),
  ...(['retry', 'run', 'run-operation', 'seed', 'show', 'snapshot', 'source', 'test'] as const),
] as const

export type DbtCommand = (typeof DBT_COMMANDS)[number]

/** What becomes of a flag of dbt's. */
export type Standing =
  /** It does what it does in dbt, on all commands that dbt has it for, or on these: to the others it means as little as to dbt's. */
  | { readonly kind: 'works'; readonly on?: readonly DbtCommand[]; readonly note?: string }
  /** It is taken, and changes nothing. */
  | { readonly kind: 'idle'; readonly because: string }
  /** It ends the command before anything is done; of a flag with an opposite only that which is named. */
  | { readonly kind: 'refused'; readonly because: string; readonly only?: 'on' | 'off' }

/** One flag of dbt's command line. */
export interface DbtFlag {
  readonly name: string
  /** Letters. */
  readonly short?: readonly string[]
  readonly aliases?: readonly string[]
  readonly takes: 'nothing' | 'value' | 'words'
  /** Whether `--no-<name>` is there too. */
  readonly negatable?: boolean
  readonly env?: string | undefined
  /** The commands of dbt that have it. */
  readonly of: readonly DbtCommand[]
  readonly standing: Standing
}
