import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { CsvScan } from '../file-scan.ts'

/** How to tell records and fields apart, as bytes. */
export interface CsvDialect {
  readonly delimiter: number
  /** The quote character, or NONE. */
  readonly quote: number
  readonly escape: number
  readonly header: boolean
  readonly skipLines: number
  /** A blank line is a record whose one field is NULL; otherwise it is no record. */
  readonly blankIsRecord: boolean
}

/** No such byte. */
export const NONE = -1

export const LF = 0x0a
export const CR = 0x0d

/** A scan's dialect. Throws WW4008 when its characters cannot be told apart as single bytes. */
export function csvDialect(scan: Omit<CsvScan, 'exact'>): CsvDialect {
  const quote = scan.quote === '' ? NONE : singleByte('quote', scan.quote)
  const delimiter = singleByte('delimiter', scan.delimiter)
  const escaping = scan.escape === '' ? quote : singleByte('escape', scan.escape)
  if (delimiter === quote || (quote !== NONE && delimiter === escaping)) {
    throw new WaterworksError('WW4008', { message: 'the delimiter is also the quote or the escape' })
  }
  return {
    delimiter,
    quote,
    escape: escaping,
    header: scan.header,
    skipLines: scan.skipLines,
    blankIsRecord: scan.fields.length === 1,
  }
}

function singleByte(what: string, text: string): number {
  const code = text.length === 1 ? text.charCodeAt(0) : 0x80
  if (code < 0x80 && code !== LF && code !== CR && code !== 0) return code
  throw new WaterworksError('WW4008', {
    message: `the ${what} ${JSON.stringify(text)} is not one ASCII character`,
  })
}
