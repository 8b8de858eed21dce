import type { Dialect } from '../../engines/dialect.ts'
import { traitsOf } from '../../project/load-strategy.ts'
import type { Pipeline } from '../../project/pipeline.ts'
import type { Check } from '../../quality/check.ts'
import { rowCondition } from '../../quality/row-condition.ts'
import { judgeRows } from '../../transform/judge-rows.ts'
import type { Transformation } from '../../transform/transformation.ts'

export interface PreLoadGates {
  /** Row rules whose failing rows are rejected one by one. */
  readonly rejecting: readonly Check[]
  /** Rules on the load as a whole: they hold it, or warn. */
  readonly holding: readonly Check[]
}

/**
 * Which pre-load gates reject rows and which hold the load: as the check says, else by the pipeline's strategy:
 * `fail-fast` and `retry` hold, the others reject. A rule no row can fail alone always holds, as does one that tolerates failures or
 * judges segments.
 */
export function splitGates(pipeline: Pipeline, dialect: Dialect): PreLoadGates {
  const { strategy } = pipeline.errorHandling
  const byDefault = strategy === 'dead-letter' || strategy === 'skip-and-alert' ? 'reject' : 'hold'
  const rejects = (check: Check): boolean =>
    check.severity === 'error' &&
    rowCondition(check, dialect) !== undefined &&
    check.tolerance === undefined &&
    check.by === undefined &&
    (check.onFailure ?? byDefault) === 'reject'
  return {
    rejecting: pipeline.gates.preLoad.filter(rejects),
    holding: pipeline.gates.preLoad
      .filter((check) => !rejects(check))
      .map((check) => (check.onFailure === 'warn' ? { ...check, severity: 'warn' as const } : check)),
  }
}

/** Gives the rows that fail a rejecting gate, or cannot be merged, their fate. */
export function judgeByGates(
  transformation: Transformation,
  rejecting: readonly Check[],
  pipeline: Pipeline,
  dialect: Dialect,
): Transformation {
  const failed = rejecting.map(
    (check) =>
      `when not ${rowCondition(check, dialect)} then ${dialect.literal(`check ${check.name} failed`)}`,
  )
  const { strategy, mergeKeys, history } = pipeline.load
  const { keyed, ofMoments } = traitsOf(strategy)
  const keys = keyed ? mergeKeys : []
  const moments = ofMoments && history.effectiveAt !== undefined ? [history.effectiveAt] : []
  const isNull = (column: string, what: string) =>
    `when ${dialect.identifier(column)} is null then ${dialect.literal(`${what} ${column} is null`)}`
  const nulls = [
    ...keys.map((key) => isNull(key, 'merge key')),
    ...moments.map((column) => isNull(column, 'effective_at')),
  ]
  const branches = [...failed, ...nulls]
  return branches.length === 0
    ? transformation
    : judgeRows(transformation, `case ${branches.join(' ')} end`, { dialect })
}
