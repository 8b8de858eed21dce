import type { JsonObject } from '../../../api-manifest/json.ts'
import { member } from '../../../api-manifest/json.ts'
import type { DatetimeValue } from '../../../dbt/python/datetime-value.ts'
import type { Builder } from '../builder.ts'
import type { Definition } from '../definition.ts'
import { Expression } from '../interpolation/expression.ts'
import { parseByFormat } from '../time/datetime-format.ts'
import { type Duration, parseDuration } from '../time/duration.ts'
import { nowInUtc } from '../time/iso-datetime.ts'
import { type ClampUnit, clampTime } from './clamp.ts'
import { IntervalCursor, type IntervalOptions } from './interval-cursor.ts'
import { timeAxis } from './time-axis.ts'

const DEFAULT_FORMAT = '%Y-%m-%dT%H:%M:%S.%f%z'
const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']

/** Makes cursors along a time of records, as a DatetimeBasedCursor says. */
export function datetimeCursors(definition: Definition, builder: Builder) {
  const options = optionsOf(definition, builder)
  const { axis, field } = options
  return {
    field,
    axis,
    make(state: JsonObject, lookbackSeconds = 0): IntervalCursor<DatetimeValue, Duration> {
      const known = member(state, field)
      const value = lookbackSeconds === 0 || known === undefined ? undefined : axis.parse(known)
      const earlier = value && axis.subtract(value, { months: 0, micros: lookbackSeconds * 1_000_000 })
      return new IntervalCursor(
        options,
        earlier === undefined ? state : { ...state, [field]: axis.format(earlier) },
      )
    },
  }
}

function optionsOf(definition: Definition, builder: Builder): IntervalOptions<DatetimeValue, Duration> {
  const format = definition.text('datetime_format')
  const granularity = durationOf(definition, 'cursor_granularity')
  const step = durationOf(definition, 'step')
  if (
    (step === undefined) !== (granularity === undefined) &&
    definition.has('step') !== definition.has('cursor_granularity')
  ) {
    throw definition.problem('"step" and "cursor_granularity" go together')
  }
  const end = boundOf(definition, 'end_datetime', format) ?? nowInUtc
  const clamping = clampOf(definition)
  const option = (field: string) => {
    const child = definition.optionalChild(field)
    return child && builder.make('request option', child)
  }
  const start = boundOf(definition, 'start_datetime', format)
  if (start === undefined) throw definition.problem('it lacks "start_datetime"')
  const coarseness = granularity ?? {
    months: 0,
    micros: clamping?.unit === 'DAY' ? 1_000_000 : 86_400_000_000,
  }
  const axis = timeAxis(format, definition.texts('cursor_datetime_formats'), granularity)
  return {
    axis,
    field: definition.expression('cursor_field').text(),
    start: start(),
    end: clamping === undefined ? end : () => axis.subtract(clampTime(end(), clamping, false), coarseness),
    lookback: durationOf(definition, 'lookback_window'),
    step,
    granularity,
    clamp: clamping === undefined ? (value) => value : (value) => clampTime(value, clamping, true),
    comparesStrictly: definition.boolean('is_compare_strictly'),
    startName: definition.optionalExpression('partition_field_start')?.text() ?? 'start_time',
    endName: definition.optionalExpression('partition_field_end')?.text() ?? 'end_time',
    hasBounds: true,
    startOption: option('start_time_option'),
    endOption: option('end_time_option'),
  }
}

function durationOf(definition: Definition, field: string): Duration | undefined {
  const text = definition.optionalExpression(field)?.text()
  if (text === undefined || text === '') return undefined
  const duration = parseDuration(text)
  if (duration === undefined) throw definition.problem(`"${field}" is no ISO 8601 duration`)
  return duration
}

/** A time, written as a template or with a least and a greatest value. */
function boundOf(
  definition: Definition,
  field: string,
  cursorFormat: string,
): (() => DatetimeValue) | undefined {
  const written = definition.get(field)
  if (written === undefined || written === '') return undefined
  if (typeof written !== 'object') {
    const value = new Expression(String(written), definition)
    return () => parseTime(definition, field, value.text(), cursorFormat)
  }
  const bound = definition.child(field)
  const format =
    bound.optionalText('datetime_format') ?? (cursorFormat === '' ? DEFAULT_FORMAT : cursorFormat)
  const at = (name: string): DatetimeValue | undefined => {
    const text = bound.optionalExpression(name)?.text()
    return text === undefined || text === '' ? undefined : parseTime(bound, name, text, format)
  }
  return () => {
    const value = at('datetime')
    if (value === undefined) throw bound.problem('it lacks "datetime"')
    const [least, most] = [at('min_datetime'), at('max_datetime')]
    const raised = least !== undefined && least.micros > value.micros ? least : value
    return most !== undefined && most.micros < raised.micros ? most : raised
  }
}

function parseTime(definition: Definition, field: string, text: string, format: string): DatetimeValue {
  try {
    return parseByFormat(text, format)
  } catch {
    throw definition.problem(`"${field}" does not have the form ${format}`)
  }
}

function clampOf(definition: Definition): ClampUnit | undefined {
  const clamping = definition.optionalChild('clamping')
  if (clamping === undefined) return undefined
  const unit = clamping.expression('target').text()
  if (unit === 'DAY' || unit === 'MONTH') return { unit }
  const weekday = WEEKDAYS.indexOf(String(clamping.object('target_details')?.['weekday'] ?? ''))
  if (unit !== 'WEEK' || weekday < 0) throw clamping.problem('it is DAY, MONTH, or WEEK with a weekday')
  return { unit, weekday }
}
