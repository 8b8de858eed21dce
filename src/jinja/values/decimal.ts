/** Exact decimal views of a double, rounded half to even as Python prints and rounds (toFixed rounds halves up). */

/** |value| × 10^digits as an integer, rounded half to even. The value must be finite. */
export function scaled(value: number, digits: number): bigint {
  const { mantissa, exponent } = decompose(Math.abs(value))
  let numerator = mantissa
  let denominator = 1n
  if (exponent >= 0) numerator <<= BigInt(exponent)
  else denominator <<= BigInt(-exponent)
  if (digits >= 0) numerator *= 10n ** BigInt(digits)
  else denominator *= 10n ** BigInt(-digits)
  const quotient = numerator / denominator
  const twice = (numerator % denominator) * 2n
  const up = twice > denominator || (twice === denominator && quotient % 2n === 1n)
  return up ? quotient + 1n : quotient
}

/** A double's absolute value with this many digits after the point. */
export function fixedDigits(value: number, digits: number): string {
  const text = scaled(value, digits)
    .toString()
    .padStart(digits + 1, '0')
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** A double's absolute value as `digits + 1` significant digits and the power of ten of the first. */
export function exponentDigits(value: number, digits: number): { digits: string; exponent: number } {
  if (value === 0) return { digits: '0'.repeat(digits + 1), exponent: 0 }
  const exponent = Number(value.toExponential().split('e')[1])
  const text = scaled(value, digits - exponent).toString()
  return text.length > digits + 1
    ? { digits: text.slice(0, -1), exponent: exponent + 1 }
    : { digits: text, exponent }
}

/** Python's round(float, digits). */
export function roundDouble(value: number, digits: number): number {
  if (!Number.isFinite(value) || digits > 330) return value
  const magnitude = Number(`${scaled(value, digits)}e${-digits}`)
  return value < 0 || Object.is(value, -0) ? -magnitude : magnitude
}

function decompose(value: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const biased = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  if (biased === 0) return { mantissa: fraction, exponent: -1074 }
  return { mantissa: fraction | 0x10000000000000n, exponent: biased - 1075 }
}
