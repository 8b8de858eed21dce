import type { Metric } from '../quality/metrics/metric.ts'
import { bracketed } from '../quality/where.ts'
import type { ExpectationContext, MapPlan } from './expectation-plan.ts'
import { Refusal } from './refusal.ts'

interface Judged {
  /** SQL that is true for rows that nothing is expected of; where undefined, something is expected of every row. */
  readonly missing: string | undefined
  /** SQL that is true for rows that are not as expected, and false for the others; never NULL. */
  readonly unexpected: string
  readonly shown: readonly string[]
  readonly isPair?: boolean
}

/** An expectation that judges each row by a condition. */
export function mapPlan(
  { missing, unexpected, shown, isPair }: Judged,
  context: ExpectationContext,
): MapPlan {
  const fails = missing === undefined ? unexpected : `not coalesce(${missing}, false) and ${unexpected}`
  return {
    kind: 'map',
    ...elementsOf(missing, context),
    unexpected: countWhere(fails, context),
    unexpectedRows: `(select * from ${context.from} where ${within(fails, context)}) as unexpected`,
    shown,
    ...(isPair === true ? { isPair } : {}),
    mostly: mostlyOf(context),
  }
}

/** An expectation that no two rows have the same key. NULLs among the columns of a key are equal to one another. */
export function uniquePlan(
  { missing, shown }: Pick<Judged, 'missing' | 'shown'>,
  context: ExpectationContext,
): MapPlan {
  const { dialect, from } = context
  const keys = shown.map((column) => dialect.identifier(column)).join(', ')
  const judged = within(missing === undefined ? 'true' : `not coalesce(${missing}, false)`, context)
  const repeated = `(select count(*) as occurrences from ${from} where ${judged} group by ${keys} having count(*) > 1) as repeated`
  const numbered = `(select *, row_number() over () as _ww_place from ${from} where ${judged}) as numbered`
  const counted = `(select *, count(*) over (partition by ${keys}) as _ww_occurrences from ${numbered}) as counted`
  return {
    kind: 'map',
    ...elementsOf(missing, context),
    unexpected: { metric: 'aggregate', sql: 'coalesce(sum(occurrences), 0)', from: repeated },
    unexpectedRows: `(select * from ${counted} where _ww_occurrences > 1 order by _ww_place) as unexpected`,
    shown,
    mostly: mostlyOf(context),
  }
}

function elementsOf(
  missing: string | undefined,
  context: ExpectationContext,
): Pick<MapPlan, 'elements' | 'missing'> {
  const { where } = context
  const elements: Metric = { metric: 'row_count', ...(where === undefined ? {} : { where }) }
  return missing === undefined
    ? { elements }
    : { elements, missing: countWhere(`coalesce(${missing}, false)`, context) }
}

function countWhere(condition: string, context: ExpectationContext): Metric {
  return { metric: 'row_count', where: within(condition, context) }
}

function within(condition: string, { where }: ExpectationContext): string {
  return where === undefined ? condition : `${bracketed(where)} and ${bracketed(condition)}`
}

function mostlyOf({ kwargs }: ExpectationContext): number {
  const mostly = kwargs.optionalNumber('mostly') ?? 1
  if (mostly < 0 || mostly > 1) throw new Refusal('"mostly" of the expectation must lie between 0 and 1')
  return mostly
}
