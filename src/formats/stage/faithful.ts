import type { LogicalType } from '../../batch/logical-type.ts'
import { duckDbTypeName } from '../../engines/duckdb/duckdb-types.ts'

/** How a text is read as a type in DuckDB's SQL. */
export interface FaithfulReading {
  /** The value of the type, or NULL. */
  value(text: string): string
  /** True where there is a text and `value` does not say all that it says; otherwise false. */
  unfaithful(text: string, value: string): string
}

const TIME = '([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?'
/** DuckDB reads a zone only after seconds. */
const ZONELESS = `[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?`
const STAMP = `[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]${TIME}`

/**
 * The faithful reading of each type; CONTEXT.md of the folder above states them in words. DuckDB's casts are too
 * lenient for it: they round '1.5' to 2, take '007' for 7, and drop the zone of a timestamp.
 */
export function faithfulReading(type: LogicalType): FaithfulReading {
  const name = duckDbTypeName(type)
  const cast = (text: string) => `try_cast(${text} as ${name})`
  switch (type.kind) {
    case 'text':
      return { value: (text) => text, unfaithful: () => 'false' }
    case 'int8':
    case 'int16':
    case 'int32':
    case 'int64':
    case 'uint8':
    case 'uint16':
    case 'uint32':
    case 'uint64':
    case 'int128':
      return { value: cast, unfaithful: (text, value) => `${text} is distinct from ${value}::varchar` }
    case 'date':
      return {
        value: cast,
        unfaithful: (text, value) =>
          `(${text} is distinct from ${value}::varchar or coalesce(strlen(${text}), 10) <> 10)`,
      }
    case 'uuid':
      return { value: cast, unfaithful: (text, value) => `lower(${text}) is distinct from ${value}::varchar` }
    case 'boolean':
      return {
        value: (text) => `case lower(${text}) when 'true' then true when 'false' then false end`,
        unfaithful: missing,
      }
    case 'timestamp':
      return { value: cast, unfaithful: writtenOr(patterned(STAMP), fourDigitYear) }
    case 'timestamptz':
      return { value: cast, unfaithful: patterned(`${ZONELESS}(Z|[+-][0-9]{2}(:[0-9]{2})?)`) }
    case 'time':
      return { value: cast, unfaithful: patterned(TIME) }
    case 'decimal':
      return {
        value: cast,
        unfaithful: writtenOr(
          patterned(`[+-]?[0-9]+([.]${type.scale > 0 ? `[0-9]{1,${type.scale}}` : ''}0*)?`),
        ),
      }
    case 'float32':
    case 'float64':
      return { value: cast, unfaithful: (text, value) => inexact(text, value) }
    case 'bytes':
      return {
        value: (text) =>
          `case when regexp_full_match(${text}, '\\\\x([0-9a-fA-F]{2})*') then unhex(substr(${text}, 3)) end`,
        unfaithful: missing,
      }
    case 'json':
    case 'interval':
      return { value: cast, unfaithful: missing }
  }
}

function missing(text: string, value: string): string {
  return `(${value} is null and ${text} is not null)`
}

/**
 * A text that DuckDB itself would write, of the values that are `usual`, is faithful, which is quick to see; any other
 * text is judged by `others`.
 */
function writtenOr(
  others: FaithfulReading['unfaithful'],
  usual: (value: string) => string = () => 'true',
): FaithfulReading['unfaithful'] {
  return (text, value) =>
    `case when ${text} = ${value}::varchar and ${usual(value)} then false else ${others(text, value)} end`
}

/** Neither infinite, nor before Christ, nor of a year that our texts do not have. */
function fourDigitYear(value: string): string {
  return `${value} between timestamp '0001-01-01' and timestamp '9999-12-31 23:59:59.999999'`
}

/** The text must match the whole pattern. */
function patterned(pattern: string): (text: string, value: string) => string {
  return (text, value) =>
    `case when ${text} is null then false when ${value} is null then true` +
    ` else not regexp_full_match(${text}, '${pattern}') end`
}

/**
 * A decimal text stands for its nearest double when that double's shortest text has the same significant digits:
 * their magnitudes agree already.
 */
function inexact(text: string, value: string): string {
  return (
    `case when ${text} is null then false when ${value} is null then true` +
    ` when strlen(${text}) <= 7 and regexp_full_match(${text}, '-?[0-9]+([.][0-9]+)?') then false` +
    ` when regexp_full_match(lower(${text}), '[+-]?(nan|inf|infinity)') then false` +
    ` when not regexp_full_match(${text}, '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?') then true` +
    ` else not isfinite(${value}) or ${digits(text)} <> ${digits(`${value}::varchar`)} end`
  )
}

function digits(text: string): string {
  return `trim(regexp_replace(${text}, '[eE].*|[-+.]', '', 'g'), '0')`
}
