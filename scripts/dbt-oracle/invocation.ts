/** A command line of dbt's, without the program's name, and where it is run. */
export interface Invocation {
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** How a command ended. */
export interface Ended {
  readonly exitCode: number
  /** Everything it printed, on both streams. */
  readonly output: string
  /** What of it stood on standard output. */
  readonly answer: string
  readonly seconds: number
}

/** Something that runs dbt's commands: dbt, or Waterworks in its place. */
export interface DbtProgram {
  readonly name: 'dbt' | 'Waterworks'
  run(invocation: Invocation): Promise<Ended>
}
