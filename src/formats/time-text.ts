const DAY_MICROS = 86_400_000_000n

/** Days since 1970-01-01 as a date; one that our texts do not have is written so that no date is read from it. */
export function civilDate(days: bigint): string {
  const moment = new Date(Number(days) * 86_400_000)
  if (Number.isNaN(moment.getTime())) return `day ${days}`
  const [date = ''] = moment.toISOString().split('T')
  return date
}

/** Microseconds since midnight as a time. */
export function timeText(micros: bigint): string {
  if (micros < 0n || micros >= DAY_MICROS) return `microsecond ${micros}`
  const two = (value: bigint) => String(value).padStart(2, '0')
  const seconds = micros / 1_000_000n
  const rest = micros % 1_000_000n
  const clock = `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}`
  return rest === 0n ? clock : `${clock}.${String(rest).padStart(6, '0')}`
}

/** Microseconds since 1970-01-01 as a timestamp. */
export function timestampText(micros: bigint): string {
  const inDay = ((micros % DAY_MICROS) + DAY_MICROS) % DAY_MICROS
  return `${civilDate((micros - inDay) / DAY_MICROS)} ${timeText(inDay)}`
}

/** A whole number of `scale` decimal places as a decimal. */
export function decimalText(unscaled: bigint, scale: number): string {
  if (scale === 0) return String(unscaled)
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0')
  const sign = unscaled < 0n ? '-' : ''
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`
}
