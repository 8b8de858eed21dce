import { z } from 'zod'
import type { Dialect } from '../engines/dialect.ts'
import { HOLDS } from './row-columns.ts'

/** What becomes of a value that is not what an operation wants, or of its row. */
export type MisfitRule = 'null' | 'keep' | 'quarantine' | 'fail'

/** `null` may be written without quotes, which YAML reads as no value. */
export function misfitEntry<const R extends MisfitRule>(rules: readonly R[], usual: R) {
  const said = {
    null: 'null makes it NULL',
    keep: 'keep leaves it as it is',
    quarantine: 'quarantine rejects its row',
    fail: 'fail holds the load',
  }
  const words = rules.map((rule) => said[rule]).join(', ')
  const choice = z.enum(rules)
  return (rules.some((rule) => rule === 'null') ? choice.or(z.null()) : choice)
    .optional()
    .describe(`What becomes of a value that does not fit; ${usual} unless given: ${words}.`)
}

/** The fate, as a literal, of a row that is rejected or holds its load for `reason`. */
export function fateOf(rule: 'quarantine' | 'fail', reason: string, { literal }: Dialect): string {
  return literal(rule === 'fail' ? `${HOLDS}${reason}` : reason)
}

/** The WHEN branches of a verdict over columns, of which those that fit or are put right have none. */
export function misfitBranches(
  misfits: readonly { readonly rule: MisfitRule; readonly condition: string; readonly reason: string }[],
  dialect: Dialect,
): readonly string[] {
  return misfits.flatMap(({ rule, condition, reason }) =>
    rule === 'quarantine' || rule === 'fail'
      ? [`when ${condition} then ${fateOf(rule, reason, dialect)}`]
      : [],
  )
}
