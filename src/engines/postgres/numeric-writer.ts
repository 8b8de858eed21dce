import type { CopyFrame } from './copy-frame.ts'

const NEGATIVE = 0x4000
const BASE = 10_000
const BIG_BASE = 10_000n
/** Scaled numbers up to here stay exact when filled up with up to three zeros. */
const SAFE = 9_000_000_000_000n

const digits: number[] = []

/** Writes a scaled whole number as `numeric`, length first; the form is explained at the numeric reader. */
export function writeNumeric(frame: CopyFrame, scaled: bigint, scale: number): void {
  const magnitude = scaled < 0n ? -scaled : scaled
  // Digits of base 10000 lie to both sides of the decimal point, so the fraction is filled up to four decimals.
  const padding = (4 - (scale % 4)) % 4
  digits.length = 0
  if (magnitude < SAFE) {
    for (let rest = Number(magnitude) * 10 ** padding; rest > 0; rest = Math.floor(rest / BASE))
      digits.push(rest % BASE)
  } else {
    for (let rest = magnitude * 10n ** BigInt(padding); rest > 0n; rest /= BIG_BASE) {
      digits.push(Number(rest % BIG_BASE))
    }
  }
  const fractionDigits = (scale + padding) / 4
  frame.int32(8 + digits.length * 2)
  frame.int16(digits.length)
  frame.int16(digits.length === 0 ? 0 : digits.length - fractionDigits - 1)
  frame.int16(scaled < 0n ? NEGATIVE : 0)
  frame.int16(scale)
  for (let index = digits.length - 1; index >= 0; index--) frame.int16(digits[index]!)
}
