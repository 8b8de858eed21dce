import { PythonError } from '../../jinja/values/python-error.ts'
import { DatetimeValue } from './datetime-value.ts'
import { months } from './strftime.ts'
import { fixedZone, type TimeZone, utc } from './time-zone.ts'

interface Read {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  microseconds: number
  afternoon: boolean | undefined
  dayOfYear: number | undefined
  zone: TimeZone | undefined
  unix: number | undefined
}

type Directive = readonly [pattern: string, read: (text: string, into: Read) => void]

const abbreviated = months.map((name) => name.slice(0, 3))
const days = 'Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday'

const directives: Readonly<Record<string, Directive>> = {
  Y: [
    '\\d{4}',
    (text, into) => {
      into.year = Number(text)
    },
  ],
  y: [
    '\\d{2}',
    (text, into) => {
      into.year = Number(text) + (Number(text) < 69 ? 2000 : 1900)
    },
  ],
  m: [
    '1[0-2]|0?[1-9]',
    (text, into) => {
      into.month = Number(text)
    },
  ],
  d: [
    '3[01]|[12]\\d|0?[1-9]| [1-9]',
    (text, into) => {
      into.day = Number(text)
    },
  ],
  H: [
    '2[0-3]|[01]?\\d',
    (text, into) => {
      into.hour = Number(text)
    },
  ],
  I: [
    '1[0-2]|0?[1-9]',
    (text, into) => {
      into.hour = Number(text)
    },
  ],
  M: [
    '[0-5]?\\d',
    (text, into) => {
      into.minute = Number(text)
    },
  ],
  S: [
    '6[01]|[0-5]?\\d',
    (text, into) => {
      into.second = Number(text)
    },
  ],
  f: [
    '\\d{1,6}',
    (text, into) => {
      into.microseconds = Number(text.padEnd(6, '0'))
    },
  ],
  j: [
    '\\d{1,3}',
    (text, into) => {
      into.dayOfYear = Number(text)
    },
  ],
  s: [
    '\\d+',
    (text, into) => {
      into.unix = Number(text)
    },
  ],
  p: [
    'am|pm',
    (text, into) => {
      into.afternoon = text.toLowerCase() === 'pm'
    },
  ],
  B: [
    months.join('|'),
    (text, into) => {
      into.month = indexOf(months, text) + 1
    },
  ],
  b: [
    abbreviated.join('|'),
    (text, into) => {
      into.month = indexOf(abbreviated, text) + 1
    },
  ],
  h: [
    abbreviated.join('|'),
    (text, into) => {
      into.month = indexOf(abbreviated, text) + 1
    },
  ],
  A: [days, () => undefined],
  a: [days.replaceAll(/(\w{3})\w*/g, '$1'), () => undefined],
  w: ['[0-6]', () => undefined],
  z: [
    '[+-]\\d\\d:?\\d\\d(?::?\\d\\d)?|Z',
    (text, into) => {
      into.zone = zoneOf(text)
    },
  ],
  Z: [
    '[A-Za-z]+',
    (text, into) => {
      into.zone = /^(utc|gmt)$/i.test(text) ? utc : into.zone
    },
  ],
}
const composed: Readonly<Record<string, string>> = {
  c: '%a %b %d %H:%M:%S %Y',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  R: '%H:%M',
  T: '%H:%M:%S',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
}

/** Python's datetime.strptime. Throws ValueError when the text does not have the format. */
export function strptime(text: string, format: string): DatetimeValue {
  const plain = format.replace(/%([cDFRTxX])/g, (_, letter: string) => composed[letter]!)
  const readers: Directive[1][] = []
  const pattern = plain.replace(/%(.)|\s+|[^%\s]/gs, (part, letter: string | undefined) => {
    if (letter === '%') return '%'
    if (letter === undefined) return /\s/.test(part) ? '\\s+' : part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    const directive = directives[letter]
    if (!directive)
      throw new PythonError('ValueError', `'${letter}' is a bad directive in format '${format}'`)
    readers.push(directive[1])
    return `(${directive[0]})`
  })
  const match = new RegExp(`^${pattern}$`, 'i').exec(text)
  if (!match) {
    throw new PythonError('ValueError', `time data '${text}' does not match format '${format}'`)
  }
  const read: Read = {
    year: 1900,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    microseconds: 0,
    afternoon: undefined,
    dayOfYear: undefined,
    zone: undefined,
    unix: undefined,
  }
  for (const [index, reader] of readers.entries()) reader(match[index + 1]!.trim(), read)
  return madeOf(read)
}

function madeOf(read: Read): DatetimeValue {
  if (read.unix !== undefined) return DatetimeValue.at(read.unix * 1000)
  const { afternoon } = read
  const hour = afternoon === undefined ? read.hour : (read.hour % 12) + (afternoon ? 12 : 0)
  const date = new Date(0)
  if (read.dayOfYear === undefined) date.setUTCFullYear(read.year, read.month - 1, read.day)
  else date.setUTCFullYear(read.year, 0, read.dayOfYear)
  if (read.dayOfYear === undefined && date.getUTCDate() !== read.day) {
    throw new PythonError('ValueError', 'day is out of range for month')
  }
  date.setUTCHours(hour, read.minute, read.second)
  return new DatetimeValue(date.getTime(), read.microseconds, read.zone)
}

function zoneOf(text: string): TimeZone {
  if (/^z$/i.test(text)) return utc
  const digits = text.replaceAll(':', '')
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5))
  return fixedZone(digits.startsWith('-') ? -minutes : minutes)
}

function indexOf(names: readonly string[], text: string): number {
  return names.findIndex((name) => name.toLowerCase() === text.toLowerCase())
}
