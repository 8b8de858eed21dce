import { regularExpression } from '../../dbt/python/regular-expression.ts'
import { fromHost } from '../../jinja/values/convert.ts'
import { textOf } from '../../jinja/values/text.ts'
import type { Pause } from '../http/pause.ts'
import { type BudgetOptions, RateBudget, type RatePolicy, type RequestMatcher } from '../http/rate-budget.ts'
import type { Definition } from './definition.ts'
import { parseDuration } from './time/duration.ts'

/** The budget of calls that a manifest's HTTPAPIBudget states, shared by all of its streams. */
export function apiBudget(definition: Definition, pause: Pause): RateBudget {
  if (definition.type !== 'HTTPAPIBudget') throw definition.missing('budget')
  const statuses = definition.get('status_codes_for_ratelimit_hit')
  const options: BudgetOptions = {
    policies: definition.children('policies').map(policyOf),
    resetHeader: definition.optionalText('ratelimit_reset_header') ?? 'ratelimit-reset',
    remainingHeader: definition.optionalText('ratelimit_remaining_header') ?? 'ratelimit-remaining',
    limitStatuses: Array.isArray(statuses) ? statuses.map(Number) : [429],
  }
  return new RateBudget(options, pause)
}

function policyOf(definition: Definition): RatePolicy {
  const matchers = definition.children('matchers').map(matcherOf)
  switch (definition.type) {
    case 'UnlimitedCallRatePolicy':
      return { kind: 'unlimited', rates: [], matchers }
    case 'FixedWindowCallRatePolicy': {
      const rates = [
        { limit: definition.integer('call_limit') ?? 1, intervalMs: millisecondsOf(definition, 'period') },
      ]
      return { kind: 'fixed', rates, matchers }
    }
    case 'MovingWindowCallRatePolicy': {
      const rates = definition.children('rates').map((rate) => ({
        limit: rate.integer('limit') ?? 1,
        intervalMs: millisecondsOf(rate, 'interval'),
      }))
      return { kind: 'moving', rates, matchers }
    }
    default:
      throw definition.missing('rate policy')
  }
}

function matcherOf(definition: Definition): RequestMatcher {
  const base = definition.optionalExpression('url_base')?.text()
  const path = definition.optionalExpression('url_path_pattern')?.text()
  const texts = (field: string) =>
    Object.fromEntries(
      Object.entries(definition.object(field) ?? {}).map(([name, value]) => [name, textOf(fromHost(value))]),
    )
  return {
    method: definition.optionalText('method')?.toUpperCase(),
    origin: base === undefined || !URL.canParse(base) ? undefined : new URL(base).origin,
    path: path === undefined ? undefined : stateless(path),
    params: texts('params'),
    headers: texts('headers'),
    weight: definition.integer('weight') ?? 1,
  }
}

/** Tests of the same expression do not go on where the last one ended. */
function stateless(pattern: string): RegExp {
  const { source, flags } = regularExpression(pattern)
  return new RegExp(source, flags.replace(/[gd]/g, ''))
}

function millisecondsOf(definition: Definition, field: string): number {
  const duration = parseDuration(definition.expression(field).text())
  if (duration === undefined) throw definition.problem(`"${field}" is no ISO 8601 duration`)
  return duration.months * 30 * 86_400_000 + duration.micros / 1000
}
