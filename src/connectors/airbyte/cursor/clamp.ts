import { DatetimeValue } from '../../../dbt/python/datetime-value.ts'

export type ClampUnit =
  | { readonly unit: 'DAY' | 'MONTH' }
  | { readonly unit: 'WEEK'; readonly weekday: number }

const DAY_MS = 86_400_000

/** The bound of a day, a week or a month next to a time: the one after it, or the one before; a bound is its own. */
export function clampTime(value: DatetimeValue, to: ClampUnit, upwards: boolean): DatetimeValue {
  const midnight = Math.floor(value.wall / DAY_MS) * DAY_MS
  const at = (ms: number) => new DatetimeValue(ms, 0, value.zone)
  switch (to.unit) {
    case 'DAY':
      return at(upwards && value.micros !== at(midnight).micros ? midnight + DAY_MS : midnight)
    case 'MONTH': {
      const date = new Date(midnight)
      if (date.getUTCDate() === 1) return at(midnight)
      return at(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + (upwards ? 1 : 0), 1))
    }
    case 'WEEK': {
      const weekday = (new Date(midnight).getUTCDay() + 6) % 7
      const ahead = weekday > to.weekday ? 7 - (weekday - to.weekday) : to.weekday - weekday
      return at(midnight + (upwards || ahead === 0 ? ahead : ahead - 7) * DAY_MS)
    }
  }
}
