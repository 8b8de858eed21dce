/** One start of the program, as every artifact names it. */
export interface Invocation {
  readonly id: string
  readonly startedAt: Date
  /** Variables of the environment as the process has them; those meant for artifacts are picked out. */
  readonly env: Readonly<Record<string, string | undefined>>
}
