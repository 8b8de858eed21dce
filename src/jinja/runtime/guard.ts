import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { SourceText } from '../syntax/source-text.ts'
import { locate, TemplateFailure } from './failure.ts'
import type { Frame } from './frame.ts'
import { ReturnSignal } from './signals.ts'

/** What leaves a rendering for what was thrown in it: a WaterworksError, or the host's own signal untouched. */
export function outward(thrown: unknown, source: SourceText, at: number, frame: Frame): unknown {
  if (thrown instanceof ReturnSignal) {
    const message = 'return() was called outside of a macro'
    return new WaterworksError('WW2011', { message, location: source.locate(at) })
  }
  const located = locate(thrown, source, at, frame)
  return located instanceof TemplateFailure ? located.toError() : located
}
