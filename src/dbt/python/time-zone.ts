import { PythonError } from '../../jinja/values/python-error.ts'

/** A zone as Python's tzinfo: how far a moment's wall clock is from UTC, and what it is called then. */
export interface TimeZone {
  readonly name: string
  /** Minutes east of UTC at a moment, given in milliseconds since 1970 UTC. */
  offsetAt(utc: number): number
  abbreviationAt(utc: number): string
  /** Of a zone whose clocks change: what pytz has where no moment decides, as in `datetime(…, tzinfo=zone)`, local mean time. */
  readonly unlocalized?: TimeZone
  /** Of a zone at one offset: the zone whose clocks change. */
  readonly base?: TimeZone
}

export const utc: TimeZone = { name: 'UTC', offsetAt: () => 0, abbreviationAt: () => 'UTC' }

/** A zone that is always this many minutes east of UTC. */
export function fixedZone(minutes: number, name?: string): TimeZone {
  if (minutes === 0 && name === undefined) return utc
  const written = name ?? `UTC${offsetText(minutes, ':')}`
  return { name: written, offsetAt: () => minutes, abbreviationAt: () => written }
}

/** A zone as pytz has it at a moment: it stays at that offset, whatever is added to the moment, until it is normalized. */
export function zoneAt(zone: TimeZone, at: number): TimeZone {
  const base = zone.base ?? zone
  if (base.unlocalized === undefined) return zone
  const offset = base.offsetAt(at)
  return { name: base.name, offsetAt: () => offset, abbreviationAt: () => base.abbreviationAt(at), base }
}

const zones = new Map<string, TimeZone>()

/** A zone of the IANA database. Throws KeyError's kin as pytz does for names it does not have. */
export function namedZone(name: string): TimeZone {
  if (/^(utc|gmt|zulu|universal)$/i.test(name)) return utc
  const known = zones.get(name.toLowerCase())
  if (known) return known
  const zone = makeZone(name)
  zones.set(name.toLowerCase(), zone)
  return zone
}

const BEFORE_CLOCKS_AGREED = Date.UTC(1800, 0, 1)

function makeZone(name: string): TimeZone {
  let parts: Intl.DateTimeFormat
  let short: Intl.DateTimeFormat
  try {
    parts = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    short = new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'short' })
  } catch {
    throw new PythonError('KeyError', `'${name}' (no such time zone)`)
  }
  const numberOf = (at: number, kind: Intl.DateTimeFormatPartTypes) =>
    Number(parts.formatToParts(at).find((part) => part.type === kind)?.value)
  const offsetAt = (at: number): number => {
    const wall = Date.UTC(
      numberOf(at, 'year'),
      numberOf(at, 'month') - 1,
      numberOf(at, 'day'),
      numberOf(at, 'hour'),
      numberOf(at, 'minute'),
      numberOf(at, 'second'),
    )
    return Math.round((wall - Math.floor(at / 1000) * 1000) / 60_000)
  }
  const plain = {
    name,
    offsetAt,
    abbreviationAt: (at: number) =>
      short.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? name,
  }
  if (name.startsWith('Etc/')) return plain
  let meanOffset: number | undefined
  const unlocalized: TimeZone = {
    name,
    offsetAt() {
      meanOffset ??= offsetAt(BEFORE_CLOCKS_AGREED)
      return meanOffset
    },
    abbreviationAt: () => 'LMT',
    get base() {
      return zone
    },
  }
  const zone: TimeZone = { ...plain, unlocalized }
  return zone
}

/** The offset of a wall clock in a zone; of the two that a clock put back has, the later zone's standard one. */
export function offsetOfWall(zone: TimeZone, wall: number): number {
  const guess = zone.offsetAt(wall)
  const first = zone.offsetAt(wall - guess * 60_000)
  return zone.offsetAt(wall - first * 60_000) === first ? first : Math.min(guess, first)
}

/** `+02:00`, or `+0200` with nothing between. */
export function offsetText(minutes: number, between: string): string {
  const size = Math.abs(minutes)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${between}${two(size % 60)}`
}
