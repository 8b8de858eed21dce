import type { ColumnBuilder } from '../../batch/column-builder.ts'
import { Misfit } from '../../batch/misfit.ts'
import { parseDecimal } from '../../batch/parse-value.ts'
import { WideBuilder } from '../../batch/wide-builder.ts'
import { WordBuilder } from '../../batch/word-builder.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { appendWhole, MOST_EXACT_DIGITS } from './append-whole.ts'

const INT128_LIMIT = 2n ** 127n

/** Reads `-1234.50` into scaled whole numbers. */
export function decimalReader(builder: ColumnBuilder): (text: Buffer) => void {
  const { type, name } = builder.field
  const scale = type.kind === 'decimal' ? type.scale : 0
  const precision = type.kind === 'decimal' ? type.precision : undefined
  const scaled = (text: string): bigint => {
    const value = parseDecimal(text, scale)
    if (value === undefined) throw new Misfit('a number of more decimals', text)
    const limit = precision === undefined ? INT128_LIMIT : 10n ** BigInt(precision)
    const fits = value < limit && (value > -limit || (precision === undefined && value === -limit))
    if (!fits) throw new Misfit('a number of more digits', text)
    return value
  }
  if (builder instanceof WideBuilder) return (text) => builder.appendBigInt(scaled(text.toString('latin1')))
  if (!(builder instanceof WordBuilder)) {
    throw new WaterworksError('WW9001', { message: `column ${name} does not hold decimals` })
  }
  return (bytes) => {
    const text = bytes.toString('latin1')
    const point = text.indexOf('.')
    const decimals = point < 0 ? 0 : text.length - point - 1
    // As many decimals as the column has, and few digits: the text is the scaled number but for its point.
    const isPlain =
      decimals === scale && text.length <= MOST_EXACT_DIGITS && text.length - 1 <= (precision ?? 0)
    if (!isPlain) builder.appendBigInt(scaled(text))
    else appendWhole(builder, point < 0 ? text : text.slice(0, point) + text.slice(point + 1))
  }
}
