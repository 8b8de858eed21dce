const HOURS_PER_UNIT: Readonly<Record<string, number>> = {
  s: 1 / 3600,
  m: 1 / 60,
  h: 1,
  d: 24,
  w: 24 * 7,
}

const UNITS = /^(?:s|sec|secs|seconds?|m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|weeks?)$/

/** Hours of a duration such as "36h", "90 minutes", "1.5 days" or "1 day 12 hours"; undefined when it is none. */
export function parseHours(text: string): number | undefined {
  const parts = [
    ...text
      .trim()
      .toLowerCase()
      .matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)[\s,]*/gy),
  ]
  if (
    parts.length === 0 ||
    parts.reduce((length, part) => length + part[0].length, 0) !== text.trim().length
  ) {
    return undefined
  }
  let hours = 0
  for (const [, amount, unit] of parts) {
    if (!UNITS.test(unit!)) return undefined
    hours += Number(amount) * HOURS_PER_UNIT[unit![0]!]!
  }
  return hours
}
