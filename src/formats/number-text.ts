/** The shortest text whose nearest double is the value. */
export function doubleText(value: number): string {
  return Object.is(value, -0) ? '-0.0' : String(value)
}

/** The shortest text whose nearest single-precision number is the value. */
export function floatText(value: number): string {
  if (!Number.isFinite(value) || Object.is(value, -0)) return doubleText(value)
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return String(short)
  }
  return String(Number(value.toPrecision(9)))
}
