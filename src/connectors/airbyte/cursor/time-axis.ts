import type { Json } from '../../../api-manifest/json.ts'
import type { DatetimeValue } from '../../../dbt/python/datetime-value.ts'
import { PythonError } from '../../../jinja/values/python-error.ts'
import { formatDatetime, parseByFormat } from '../time/datetime-format.ts'
import { addDuration, type Duration } from '../time/duration.ts'
import { parseIsoDatetime } from '../time/iso-datetime.ts'
import type { CursorAxis } from './cursor-axis.ts'

const MILLISECOND: Duration = { months: 0, micros: 1000 }
const LAST_YEAR = 9999

/** Times, written in one format and read in any of several. */
export function timeAxis(
  format: string,
  readFormats: readonly string[],
  granularity: Duration | undefined,
): CursorAxis<DatetimeValue, Duration> {
  const formats = [...readFormats, format]
  return {
    parse(value: Json) {
      for (const each of formats) {
        try {
          return parseByFormat(value, each)
        } catch (error) {
          if (!(error instanceof PythonError)) throw error
        }
      }
      return undefined
    },
    format: (value) => formatDatetime(value, format),
    compare: (a, b) => a.micros - b.micros,
    add(value, step) {
      const sum = addDuration(value, step)
      return new Date(sum.wall).getUTCFullYear() > LAST_YEAR || Number.isNaN(sum.wall) ? undefined : sum
    },
    subtract: (value, step) => addDuration(value, step, -1),
    next: (value) => addDuration(value, granularity ?? MILLISECOND),
    zero: parseIsoDatetime('0001-01-01T00:00:00Z'),
  }
}
