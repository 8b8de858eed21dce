import { civilDate, timestampText, timeText } from '../time-text.ts'

/** What a number format shows of a serial number: a day, a time of day, or both. */
export interface MomentFormat {
  readonly day: boolean
  readonly time: boolean
}

/** ECMA-376 part 1, 18.8.30: the formats that every workbook has. */
const BUILT_IN: Readonly<Record<number, string>> = {
  ...{
    14: 'mm-dd-yy',
    15: 'd-mmm-yy',
    16: 'd-mmm',
    17: 'mmm-yy',
    18: 'h:mm',
    19: 'h:mm:ss',
    20: 'h:mm',
    21: 'h:mm:ss',
  },
  ...{ 22: 'm/d/yy h:mm', 45: 'mm:ss', 47: 'mm:ss.0' },
  ...{ 27: 'y', 28: 'y', 29: 'y', 30: 'y', 31: 'y', 32: 'h', 33: 'h', 34: 'h', 35: 'h', 36: 'y' },
  ...{ 50: 'y', 51: 'y', 52: 'y', 53: 'y', 54: 'y', 55: 'h', 56: 'h', 57: 'y', 58: 'y' },
}

/** What a format shows, or undefined when it shows a number, or time that passed. */
export function formatMoment(id: number, codes: ReadonlyMap<number, string>): MomentFormat | undefined {
  const code = codes.get(id) ?? BUILT_IN[id]
  if (code === undefined) return undefined
  // Texts in quotes, escaped characters, padding, colours and locales are not parts of a moment; elapsed time is no moment.
  const bare = (code.split(';')[0] ?? '').replace(/"[^"]*"|\\.|_.|\*./g, '').toLowerCase()
  if (/\[(?:h+|m+|s+)\]/.test(bare)) return undefined
  const parts = bare
    .replace(/\[[^\]]*\]/g, '')
    .replace(/general|am\/pm|a\/p/g, (word) => (word === 'general' ? '' : 'h'))
  const time = /[hs]/.test(parts)
  const day = /[yd]/.test(parts) || (/m/.test(parts) && !time)
  return day || time ? { day, time } : undefined
}

const DAY_MILLIS = 86_400_000

/**
 * The moment that a serial number stands for, to the millisecond; undefined where it stands for none, as 29 February 1900, which Excel
 * counts and which never was.
 */
export function momentText(
  serial: number,
  { day, time }: MomentFormat,
  from1904: boolean,
): string | undefined {
  if (!(serial >= 0) || serial >= 2_958_466) return undefined
  const millis = Math.round(serial * DAY_MILLIS)
  const days = Math.floor(millis / DAY_MILLIS)
  const rest = BigInt(millis - days * DAY_MILLIS) * 1000n
  if (!day && days === 0) return timeText(rest)
  if (!from1904 && (days === 0 || days === 60)) return undefined
  const epoch = from1904 ? -24_107 : days < 60 ? -25_568 : -25_569
  const date = BigInt(days + epoch)
  return time || rest > 0n ? timestampText(date * 86_400_000_000n + rest) : civilDate(date)
}
