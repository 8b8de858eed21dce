import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { SourceText } from './source-text.ts'

/** A WW2001 at an offset of the source. */
export function syntaxError(
  source: SourceText,
  offset: number,
  message: string,
  hint?: string,
): WaterworksError {
  return new WaterworksError('WW2001', { message, location: source.locate(offset), hint })
}
