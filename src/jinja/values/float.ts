declare global {
  interface JSON {
    /** A number that JSON.stringify writes as this text. https://tc39.es/proposal-json-parse-with-source/ */
    rawJSON(text: string): unknown
  }
}

/** A Python float. Integers are plain JavaScript numbers (bigints beyond 2^53), so that 1 and 1.0 stay apart. */
export class PyFloat {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }

  get typeName(): string {
    return 'float'
  }

  /** As Python's json writes it: 1.0 is no 1. What JSON has no number for is null. */
  toJSON(): unknown {
    return Number.isFinite(this.value) ? JSON.rawJSON(floatText(this.value)) : null
  }
}

/** A float as Python's repr prints it: shortest digits that read back, exponents from 1e16 and below 1e-4. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Object.is(value, -0)) return '-0.0'
  const [mantissa = '', exponentText = ''] = value.toExponential().split('e')
  const exponent = Number(exponentText)
  if (value !== 0 && (exponent < -4 || exponent >= 16)) {
    const sign = exponent < 0 ? '-' : '+'
    return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  const negative = mantissa.startsWith('-')
  const digits = mantissa.replace('-', '').replace('.', '')
  const unsigned =
    exponent < 0
      ? `0.${'0'.repeat(-exponent - 1)}${digits}`
      : `${digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')}.${digits.slice(exponent + 1) || '0'}`
  return negative ? `-${unsigned}` : unsigned
}
