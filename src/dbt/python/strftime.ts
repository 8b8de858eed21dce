const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
export const months =
  'January February March April May June July August September October November December'.split(' ')

/** A wall clock: a Date read in UTC, the microseconds its milliseconds leave out, and its zone's offset and name. */
export interface WallClock {
  readonly date: Date
  /** 0 to 999,999. */
  readonly microseconds: number
  /** `+0000`; nothing without a zone. */
  readonly offset: string
  readonly zone: string
}

const two = (n: number) => String(n).padStart(2, '0')
const three = (n: number) => String(n).padStart(3, '0')

/** Python's strftime directives in the C locale. */
const directives: Readonly<Record<string, (clock: WallClock) => string>> = {
  a: ({ date }) => days[date.getUTCDay()]!.slice(0, 3),
  A: ({ date }) => days[date.getUTCDay()]!,
  b: ({ date }) => months[date.getUTCMonth()]!.slice(0, 3),
  B: ({ date }) => months[date.getUTCMonth()]!,
  c: (clock) => strftime(clock, '%a %b %e %H:%M:%S %Y'),
  C: ({ date }) => two(Math.floor(date.getUTCFullYear() / 100)),
  d: ({ date }) => two(date.getUTCDate()),
  D: (clock) => strftime(clock, '%m/%d/%y'),
  e: ({ date }) => String(date.getUTCDate()).padStart(2, ' '),
  f: ({ microseconds }) => String(microseconds).padStart(6, '0'),
  F: (clock) => strftime(clock, '%Y-%m-%d'),
  G: ({ date }) => String(isoWeek(date).year),
  h: ({ date }) => months[date.getUTCMonth()]!.slice(0, 3),
  H: ({ date }) => two(date.getUTCHours()),
  I: ({ date }) => two(date.getUTCHours() % 12 || 12),
  j: ({ date }) => three(dayOfYear(date)),
  k: ({ date }) => String(date.getUTCHours()).padStart(2, ' '),
  l: ({ date }) => String(date.getUTCHours() % 12 || 12).padStart(2, ' '),
  m: ({ date }) => two(date.getUTCMonth() + 1),
  M: ({ date }) => two(date.getUTCMinutes()),
  n: () => '\n',
  p: ({ date }) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  r: (clock) => strftime(clock, '%I:%M:%S %p'),
  R: (clock) => strftime(clock, '%H:%M'),
  s: ({ date }) => String(Math.floor(date.getTime() / 1000)),
  S: ({ date }) => two(date.getUTCSeconds()),
  t: () => '\t',
  T: (clock) => strftime(clock, '%H:%M:%S'),
  u: ({ date }) => String(date.getUTCDay() || 7),
  U: ({ date }) => two(Math.floor((dayOfYear(date) + 6 - date.getUTCDay()) / 7)),
  V: ({ date }) => two(isoWeek(date).week),
  w: ({ date }) => String(date.getUTCDay()),
  W: ({ date }) => two(Math.floor((dayOfYear(date) + 6 - ((date.getUTCDay() + 6) % 7)) / 7)),
  x: (clock) => strftime(clock, '%m/%d/%y'),
  X: (clock) => strftime(clock, '%H:%M:%S'),
  y: ({ date }) => two(date.getUTCFullYear() % 100),
  Y: ({ date }) => String(date.getUTCFullYear()),
  z: ({ offset }) => offset,
  Z: ({ zone }) => zone,
  '%': () => '%',
}

/** Python's strftime; an unknown directive stays as it is. */
export function strftime(clock: WallClock, format: string): string {
  return format.replace(/%(-?)(.)/gs, (text, short: string, letter: string) => {
    const value = directives[letter]?.(clock)
    if (value === undefined) return text
    return short === '' ? value : value.replace(/^[0 ]+(?=.)/, '')
  })
}

export function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1
}

/** The ISO 8601 week a day is in. */
export function isoWeek(date: Date): { readonly year: number; readonly week: number } {
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * 86_400_000)
  return { year: thursday.getUTCFullYear(), week: Math.ceil(dayOfYear(thursday) / 7) }
}
