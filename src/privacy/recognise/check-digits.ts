/** The digits of a text as numbers. */
export function digitsOf(text: string): readonly number[] {
  return Array.from(text, Number)
}

/** Weighted sum of digits; further digits have no weight. */
export function weighted(digits: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * (digits[index] ?? 0), 0)
}

/** Luhn's check over all digits, the last being the check digit (ISO/IEC 7812-1). */
export function passesLuhn(text: string): boolean {
  const sum = digitsOf(text).reduceRight((total, digit, index) => {
    const isDoubled = (text.length - index) % 2 === 0
    const value = isDoubled ? digit * 2 : digit
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** Whether the characters are 1 modulo 97, letters counting 10 to 35 (ISO 7064 MOD 97-10). */
export function isOneMod97(text: string): boolean {
  let rest = 0
  for (const character of text) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

/** ISO 7064 MOD 11,10: the last digit checks those before it. */
export function passesMod11And10(digits: readonly number[]): boolean {
  let product = 10
  for (const digit of digits.slice(0, -1)) {
    const sum = (digit + product) % 10 || 10
    product = (sum * 2) % 11
  }
  return (11 - product) % 10 === digits.at(-1)
}

/** The dihedral group of order ten, as Verhoeff's check multiplies in it. */
const MULTIPLY = Array.from({ length: 10 }, (_, a) =>
  Array.from({ length: 10 }, (_, b) => {
    if (a < 5) return b < 5 ? (a + b) % 5 : ((a + b - 5) % 5) + 5
    return b < 5 ? ((a - 5 - b + 5) % 5) + 5 : (a - b + 5) % 5
  }),
)
const PERMUTE = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]

/** Verhoeff's check over all digits, the last being the check digit. */
export function passesVerhoeff(text: string): boolean {
  let check = 0
  for (const [place, digit] of digitsOf(text).toReversed().entries()) {
    let value = digit
    for (let turn = 0; turn < place % 8; turn++) value = PERMUTE[value]!
    check = MULTIPLY[check]![value]!
  }
  return check === 0
}
