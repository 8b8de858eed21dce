import type { ErrorCode } from '../../errors/catalogue.ts'
import type { Location } from '../../errors/location.ts'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { SourceText } from '../syntax/source-text.ts'
import { PythonError, type PythonErrorKind } from '../values/python-error.ts'
import type { Frame } from './frame.ts'
import { ReturnSignal } from './signals.ts'

const codes: Readonly<Record<PythonErrorKind, ErrorCode>> = {
  TypeError: 'WW2005',
  ValueError: 'WW2005',
  KeyError: 'WW2005',
  IndexError: 'WW2005',
  AttributeError: 'WW2005',
  ZeroDivisionError: 'WW2005',
  OverflowError: 'WW2005',
  RuntimeError: 'WW2005',
  UndefinedError: 'WW2002',
  LimitError: 'WW2006',
}

/** An error on its way out of a rendering: its place is known, and the macros it leaves are noted. */
export class TemplateFailure extends Error {
  readonly #error: WaterworksError
  readonly #macros: { readonly name: string; readonly calledAt: Location }[] = []

  constructor(error: WaterworksError) {
    super(error.message)
    this.#error = error
  }

  /** Notes that the error left a macro that was called at this place. */
  leave(name: string, calledAt: Location): void {
    this.#macros.push({ name, calledAt })
  }

  /** The error for the caller of the rendering, with the macro stack, innermost first, in its hint. */
  toError(): WaterworksError {
    const { code, message, location, hint, cause } = this.#error
    const stack = this.#macros.map(
      ({ name, calledAt }) =>
        `in macro '${name}', called at ${calledAt.file}:${calledAt.line}:${calledAt.column}`,
    )
    const hints = [hint, ...stack].filter((line) => line !== undefined)
    const joined = hints.length > 0 ? hints.join('\n') : undefined
    return new WaterworksError(code, { message, location, hint: joined, cause })
  }
}

/**
 * What to throw on for something thrown at a place of a template: signals and located failures as they are, Python's
 * errors and the host's with the place added. Things that are not errors pass through: they are the host's signals.
 */
export function locate(thrown: unknown, source: SourceText, at: number, frame: Frame): unknown {
  if (thrown instanceof TemplateFailure || thrown instanceof ReturnSignal) return thrown
  if (thrown instanceof PythonError) return new TemplateFailure(fromPython(thrown, source.locate(at), frame))
  if (thrown instanceof WaterworksError) {
    const { code, message, hint, cause } = thrown
    const location = thrown.location ?? source.locate(at)
    return new TemplateFailure(new WaterworksError(code, { message, location, hint, cause: cause ?? thrown }))
  }
  if (thrown instanceof RangeError && thrown.message.includes('call stack')) {
    const message = 'the template calls itself too deeply'
    return new TemplateFailure(new WaterworksError('WW2006', { message, location: source.locate(at) }))
  }
  if (thrown instanceof Error) {
    const { message } = thrown
    return new TemplateFailure(
      new WaterworksError('WW2008', { message, location: source.locate(at), cause: thrown }),
    )
  }
  return thrown
}

function fromPython(error: PythonError, location: Location, frame: Frame): WaterworksError {
  const { asked, candidates } = error
  const known = candidates ?? (() => frame.names())
  const near = asked === undefined ? undefined : suggest(asked, new Set(known()))
  return new WaterworksError(codes[error.kind], {
    message: error.kind === 'KeyError' ? `there is no key ${error.message}` : error.message,
    location,
    hint: near === undefined || near === asked ? undefined : `Did you mean '${near}'?`,
    cause: error,
  })
}
