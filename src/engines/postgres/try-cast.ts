import type { LogicalType } from '../../batch/logical-type.ts'
import { postgresTypeName } from '../../postgres-protocol/postgres-types.ts'

/** A date as people and machines write it unambiguously; `01/02/2024` is not one, nor are `today` and `now`. */
const DATE = String.raw`\d{4,7}[-/]\d{1,2}[-/]\d{1,2}`
const CLOCK = String.raw`\d{1,2}:\d{2}(:\d{2}(\.\d{1,6}0*)?)?`
const ZONE = String.raw`(Z|[+-]\d{1,2}(:?\d{2}(:\d{2})?)?)`

/**
 * An expression of `type`, or NULL where `expression` cannot be read as that type without loss. pg_input_is_valid
 * (PostgreSQL 16) tells first; then come the losses that PostgreSQL's input functions accept: decimals rounded off,
 * the clock cut from a date, digits beyond the microsecond, ranges narrower than the type that holds them.
 *
 * The text stands in a subquery behind OFFSET 0, which the planner does not flatten: it would otherwise evaluate
 * the cast of a constant while planning, before any CASE could keep it from failing.
 */
export function tryCast(expression: string, type: LogicalType): string {
  return `(select ${reading(type)} from (select (${expression})::text as v offset 0) as waterworks_value)`
}

function reading(type: LogicalType): string {
  const name = postgresTypeName(type)
  switch (type.kind) {
    case 'text':
      return 'v'
    case 'decimal':
      return whenValid(name, `case when v::numeric = v::${name} and v::numeric <> 'NaN' then v::${name} end`)
    case 'date':
      return whenMatches(
        `${DATE}( BC)?|-?infinity|${DATE}[ T]0{1,2}:00(:00(\\.0+)?)?(Z|\\+00(:?00)?)?( BC)?`,
        name,
      )
    case 'time':
      return whenMatches(CLOCK, name)
    case 'timestamp':
      return whenMatches(
        `${DATE}([ T]${CLOCK} ?${ZONE}?)?( BC)?|-?infinity`,
        'timestamptz',
        `v::timestamptz at time zone 'UTC'`,
      )
    case 'timestamptz':
      return whenMatches(`${DATE}([ T]${CLOCK} ?${ZONE}?)?( BC)?|-?infinity`, 'timestamptz')
    default: {
      const range = integerRange(type)
      return range === undefined ? whenValid(name, `v::${name}`) : wholeNumber(name, range)
    }
  }
}

/** Read as numeric, so that '1.0' and '1e3' are whole numbers and '1.5' is none. */
function wholeNumber(name: string, [low, high]: readonly [bigint, bigint]): string {
  const isWhole = `v::numeric = trunc(v::numeric) and v::numeric between ${low} and ${high}`
  return whenValid('numeric', `case when ${isWhole} then v::numeric::${name} end`)
}

function whenMatches(pattern: string, name: string, value = `v::${name}`): string {
  return `case when v ~* '^\\s*(${pattern})\\s*$' then ${whenValid(name, value)} end`
}

function whenValid(name: string, value: string): string {
  return `case when pg_input_is_valid(v, '${name}') then ${value} end`
}

function integerRange({ kind }: LogicalType): readonly [bigint, bigint] | undefined {
  const match = /^(u?)int(\d+)$/.exec(kind)
  if (!match) return undefined
  const bits = BigInt(match[2]!)
  return match[1] ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n]
}
