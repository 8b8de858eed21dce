import { exponentDigits, fixedDigits } from './decimal.ts'

/** How a double is written by `f`, `e` and `g` of `%` and of format(): its absolute value, without sign. */
export function formatDouble(value: number, type: string, precision: number, alternate: boolean): string {
  if (!Number.isFinite(value)) {
    const word = Number.isNaN(value) ? 'nan' : 'inf'
    return type === type.toUpperCase() ? word.toUpperCase() : word
  }
  const lower = type.toLowerCase()
  const text =
    lower === 'f'
      ? pointed(fixedDigits(value, precision), alternate)
      : lower === 'e'
        ? scientific(value, precision, alternate)
        : general(value, precision, alternate)
  return type === lower ? text : text.toUpperCase()
}

function pointed(text: string, alternate: boolean): string {
  return alternate && !text.includes('.') ? `${text}.` : text
}

function scientific(value: number, precision: number, alternate: boolean): string {
  const { digits, exponent } = exponentDigits(value, precision)
  const mantissa = pointed(precision === 0 ? digits : `${digits[0]}.${digits.slice(1)}`, alternate)
  return `${mantissa}e${exponentText(exponent)}`
}

function exponentText(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

/** C's %g: scientific below 1e-4 and from 10^precision, without trailing zeros unless alternate. */
function general(value: number, precision: number, alternate: boolean): string {
  const significant = precision === 0 ? 1 : precision
  const { exponent } = exponentDigits(value, significant - 1)
  const trimmed = (text: string) => (alternate || !text.includes('.') ? text : text.replace(/\.?0+$/, ''))
  if (exponent >= -4 && exponent < significant) {
    return trimmed(pointed(fixedDigits(value, significant - 1 - exponent), alternate))
  }
  const [mantissa = '', power = ''] = scientific(value, significant - 1, alternate).split('e')
  return `${trimmed(mantissa)}e${power}`
}
