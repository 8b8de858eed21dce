export type PythonErrorKind =
  | 'TypeError'
  | 'ValueError'
  | 'KeyError'
  | 'IndexError'
  | 'AttributeError'
  | 'ZeroDivisionError'
  | 'OverflowError'
  | 'RuntimeError'
  | 'UndefinedError'
  | 'LimitError'

/** What Python would raise for an operation on values. It has no place yet; the compiled template adds it. */
export class PythonError extends Error {
  readonly kind: PythonErrorKind
  /** For undefined names and attributes: the name asked for, and those that exist, to suggest one. */
  readonly asked: string | undefined
  readonly candidates: (() => Iterable<string>) | undefined

  constructor(
    kind: PythonErrorKind,
    message: string,
    lookup?: { readonly asked: string; readonly candidates?: (() => Iterable<string>) | undefined },
  ) {
    super(message)
    this.name = 'PythonError'
    this.kind = kind
    this.asked = lookup?.asked
    this.candidates = lookup?.candidates
  }
}
