import { hostFunction } from '../../jinja/values/host-function.ts'
import { PythonError } from '../../jinja/values/python-error.ts'
import { textOf } from '../../jinja/values/text.ts'
import { DatetimeValue } from './datetime-value.ts'
import { fixedZone, namedZone, offsetOfWall, type TimeZone, utc, zoneAt } from './time-zone.ts'
import { TimeZoneValue } from './time-zone-value.ts'

/** `modules.pytz`. */
export const pytzModule: Readonly<Record<string, unknown>> = {
  timezone: hostFunction('timezone', ([name]) => pytzZone(namedZone(textOf(name)))),
  utc: pytzZone(utc),
  UTC: pytzZone(utc),
  FixedOffset: hostFunction('FixedOffset', ([minutes]) => pytzZone(fixedZone(Number(textOf(minutes))))),
  all_timezones: Intl.supportedValuesOf('timeZone'),
  common_timezones: Intl.supportedValuesOf('timeZone'),
}

/** A zone with pytz's own methods. */
function pytzZone(zone: TimeZone): TimeZoneValue {
  return new TimeZoneValue(zone, (name) => {
    switch (name) {
      case 'localize':
        return hostFunction(name, ([moment]) => {
          if (!(moment instanceof DatetimeValue))
            throw new PythonError('TypeError', 'localize() needs a datetime')
          if (moment.zone) throw new PythonError('ValueError', 'Not naive datetime (tzinfo is already set)')
          const at = moment.wall - offsetOfWall(zone, moment.wall) * 60_000
          return new DatetimeValue(moment.wall, moment.microseconds, zoneAt(zone, at))
        })
      case 'normalize':
        return hostFunction(name, ([moment]) => {
          if (!(moment instanceof DatetimeValue))
            throw new PythonError('TypeError', 'normalize() needs a datetime')
          return DatetimeValue.at(Math.floor(moment.micros / 1000), zone, moment.microseconds)
        })
      default:
        return undefined
    }
  })
}
