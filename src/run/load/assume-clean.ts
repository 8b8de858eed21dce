import type { Dialect } from '../../engines/dialect.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { countRecords } from '../../landing/count-records.ts'
import { nestingOf } from '../../project/pipeline.ts'
import type { Check, CheckResult } from '../../quality/check.ts'
import { rowCondition } from '../../quality/row-condition.ts'
import { effectsOf } from '../../transform/operation-traits.ts'
import type { StageOperation } from '../../transform/transform-stage.ts'
import type { Transformation } from '../../transform/transformation.ts'
import { isInterrupt } from '../is-interrupt.ts'
import { mayBringKnownRows } from './drop-known-rows.ts'
import { NONE_DROPPED } from './drop-rows.ts'
import type { Judgement } from './judgement.ts'
import { FATE } from './load-columns.ts'
import type { PreLoadGates } from './row-gates.ts'
import type { StreamLoad } from './stream-load.ts'
import { QUARANTINE } from './warehouse-tables.ts'

/*
 * Most loads have no row that is malformed, rejected or stopped by a gate. Such a load needs one reading of what
 * landed: the INSERT itself, which fails at the first row that is not as assumed. Then everything is rolled back and
 * the load begins again, carefully, row by row accounted for.
 */

/** The INSERT took another number of rows than were counted when they landed. */
class NotClean extends Error {}

/**
 * Whether a load may begin by assuming that every record becomes a row. Not when its rows must be read more than
 * once, when something beside single rows is asked of them, when rows are left out on purpose, or when the stream has
 * rows in quarantine: what was dirty before will be again.
 */
export async function mayAssumeClean(
  load: StreamLoad,
  gates: PreLoadGates,
  tableExists: boolean,
): Promise<boolean> {
  const { engine, pipeline, session } = load
  const { strategy } = pipeline.load
  if (!engine.capabilities.scansFiles || (strategy !== 'append' && strategy !== 'truncate-reload'))
    return false
  if (pipeline.extract.eventTime !== undefined && tableExists) return false
  if (mayBringKnownRows(load, tableExists)) return false
  if (nestingOf(pipeline.load, load.stream) !== undefined) return false
  const operations = pipeline.transform.stages.flatMap((stage) => stage.operations)
  if (operations.some((operation) => !leavesRowsApart(operation))) return false
  if (!gates.holding.every((check) => judgesRows(check, engine.dialect))) return false
  const { relation, parameter } = engine.dialect
  const quarantined = await session.rows(
    `select 1 as found from ${relation(QUARANTINE)} where pipeline = ${parameter(1)} and stream = ${parameter(2)} limit 1`,
    [pipeline.name, load.stream],
  )
  return quarantined.length === 0
}

/** Whether each row goes on as one row, unless it is rejected or holds its load. */
function leavesRowsApart(operation: StageOperation): boolean {
  return effectsOf(operation).every((effect) => effect === 'rejected' || effect === 'held')
}

function judgesRows(check: Check, dialect: Dialect): boolean {
  return check.severity === 'error' && rowCondition(check, dialect) !== undefined
}

/** Every row is taken to go on and to pass every gate: the statement that writes them fails at one that does not. */
export function assumedClean(load: StreamLoad, gates: PreLoadGates): Judgement {
  const { dialect } = load.engine
  return {
    assumesClean: true,
    async sort(_, judged) {
      return { ...NONE_DROPPED, from: allGoOn(judged, dialect) }
    },
    async gate(_, select) {
      return { select: allPass(select, gates, dialect), checks: passed(gates) }
    },
    confirm(inserted) {
      if (inserted !== countRecords(load.parts)) throw new NotClean()
    },
  }
}

/** Whether an error may come from a row that was not as assumed, so that the load is to begin again. */
export function isRefuted(error: unknown): boolean {
  if (error instanceof NotClean) return true
  return error instanceof WaterworksError && error.code === 'WW3001' && !isInterrupt(error)
}

/** SQL that may stand in FROM: the judged rows; reading them fails at the first that has a fate. */
function allGoOn(judged: Transformation, dialect: Dialect): string {
  if (!judged.judged) return judged.from
  return `(select * from ${judged.from} as _ww_all where ${dialect.refuse(`${FATE} is not null`)})`
}

/** A SELECT of `select`'s rows that fails at the first that one of the gates would stop. */
function allPass(select: string, gates: PreLoadGates, dialect: Dialect): string {
  const conditions = gates.holding.map((check) => rowCondition(check, dialect))
  if (conditions.length === 0) return select
  return `select * from (${select}) as _ww_gated where ${dialect.refuse(`not (${conditions.join(' and ')})`)}`
}

/** What the gates say of rows that were all written. */
function passed(gates: PreLoadGates): readonly CheckResult[] {
  return gates.holding.map(({ name }) => ({
    name,
    status: 'pass',
    failures: 0,
    message: 'every row passes',
    seconds: 0,
  }))
}
