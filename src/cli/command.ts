import type { Output } from './output.ts'

export interface OptionSpec {
  readonly name: string
  readonly short?: string
  /** Other names of the flag, or other letters. */
  readonly aliases?: readonly string[]
  /** The variable of the environment that stands in for the flag. */
  readonly env?: string
  readonly type: 'string' | 'boolean'
  /** `--no-<name>` says the opposite, also of what the environment or the project says. */
  readonly negatable?: boolean
  /** May be given several times, and takes all words up to the next flag. */
  readonly multiple?: boolean
  /** What stands for the value in help, as in `--target NAME`. */
  readonly value?: string
  readonly help: string
}

export interface CommandExample {
  readonly line: string
  readonly says: string
}

/** One command of the command line: its flags, its help and what it does. */
export interface Command {
  readonly name: string
  readonly summary: string
  /** A paragraph or two for `--help`. */
  readonly description: string
  /** Positional arguments as help shows them, such as `[QUERY]`. */
  readonly positionals?: string
  readonly options: readonly OptionSpec[]
  readonly examples: readonly CommandExample[]
  /** Returns the exit code: 0 all well, 1 something failed that was handled, 2 could not run. */
  run(invocation: Invocation): Promise<number>
}

export interface Invocation {
  readonly flags: Flags
  readonly positionals: readonly string[]
  readonly output: Output
}

/** Parsed flags, read by name and type. */
export interface Flags {
  text(name: string): string | undefined
  texts(name: string): readonly string[]
  isSet(name: string): boolean
  /** What was said of a flag that may be negated; undefined when nothing was. */
  choice(name: string): boolean | undefined
  /** Everything that was said, by the flags' names. */
  readonly all: Readonly<Record<string, unknown>>
}
