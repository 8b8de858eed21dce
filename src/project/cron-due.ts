const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const NICKNAMES: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
}
const MINUTE = 60_000
/** Any expression that names a time at all names one within four years. */
const LONGEST = 4 * 366 * 24 * 60

/**
 * Whether a valid cron expression (`cronProblem`) names a minute after `after`, up to and including `until`, in a time
 * zone. Where the day of the month and of the week are both given either will do, as in crontab(5).
 */
export function cronFiresBetween(expression: string, timezone: string, after: Date, until: Date): boolean {
  const text = expression.trim().toLowerCase()
  const fields = (NICKNAMES[text] ?? text).split(/\s+/)
  const [minutes, hours, days, months, weekdays] = fields.map(fieldTest)
  const anyDay = fields[2] === '*' || fields[4] === '*'
  const last = Math.floor(until.getTime() / MINUTE)
  const first = Math.max(Math.floor(after.getTime() / MINUTE), last - LONGEST)
  for (let minute = last; minute > first; minute--) {
    // Zones differ by whole quarters of an hour, so most minutes are told without asking for the zone's clock.
    if (!Array.from({ length: 4 }, (_, q) => (minute + q * 15) % 60).some((m) => minutes!(m))) continue
    const local = clock(new Date(minute * MINUTE), timezone)
    const isDay = anyDay
      ? days!(local.day) && weekdays!(local.weekday)
      : days!(local.day) || weekdays!(local.weekday)
    if (minutes!(local.minute) && hours!(local.hour) && months!(local.month) && isDay) return true
  }
  return false
}

function clock(moment: Date, timezone: string) {
  let format = formats.get(timezone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      minute: 'numeric',
      hour: 'numeric',
      day: 'numeric',
      month: 'numeric',
      weekday: 'short',
    })
    formats.set(timezone, format)
  }
  const parts = new Map(format.formatToParts(moment).map(({ type, value }) => [type, value]))
  return {
    minute: Number(parts.get('minute')),
    hour: Number(parts.get('hour')),
    day: Number(parts.get('day')),
    month: Number(parts.get('month')),
    weekday: DAYS.indexOf(parts.get('weekday')!.toLowerCase()),
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

function fieldTest(field: string, place: number): (value: number) => boolean {
  const tests = field.split(',').map((item) => itemTest(item, place))
  return (value) => tests.some((test) => test(value))
}

function itemTest(item: string, place: number): (value: number) => boolean {
  const [, first, last, step] = /^(\*|[a-z0-9]+)(?:-([a-z0-9]+))?(?:\/(\d+))?$/.exec(item) ?? []
  const least = place === 2 || place === 3 ? 1 : 0
  const from = first === '*' || first === undefined ? least : number(first, place)
  const to = last !== undefined ? number(last, place) : first === '*' || step !== undefined ? 59 : from
  const every = Number(step ?? 1)
  const within = (value: number): boolean => value >= from && value <= to && (value - from) % every === 0
  // Sunday is 0 and 7.
  return place === 4 ? (value) => within(value) || (value === 0 && within(7)) : within
}

function number(text: string, place: number): number {
  const word = place === 3 ? MONTHS.indexOf(text) + 1 : place === 4 ? DAYS.indexOf(text) : -1
  return /^\d+$/.test(text) ? Number(text) : word
}
