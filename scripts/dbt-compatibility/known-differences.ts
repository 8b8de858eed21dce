import type { Difference } from '../dbt-oracle/difference.ts'

/** A kind of difference that is understood, and why it is there. */
export interface KnownDifference {
  readonly project?: string
  /** Of `aspect where`. */
  readonly pattern: RegExp
  readonly reason: string
}

/** Differences that are meant, each with its reason. Those that are not here are shown as unexplained. */
export const knownDifferences: readonly KnownDifference[] = []

/** Why a difference is there; undefined when nobody has said. */
export function reasonOf(project: string, { aspect, where }: Difference): string | undefined {
  return knownDifferences.find(
    (known) =>
      (known.project === undefined || known.project === project) && known.pattern.test(`${aspect} ${where}`),
  )?.reason
}
