import { PythonError } from './python-error.ts'

/** The `a:b:c` of a subscript, each an int or None. */
export class PySlice {
  readonly start: unknown
  readonly stop: unknown
  readonly step: unknown

  constructor(start: unknown, stop: unknown, step: unknown) {
    this.start = start
    this.stop = stop
    this.step = step
  }

  get typeName(): string {
    return 'slice'
  }

  /** The items it picks out of a sequence of this length, in order. */
  indices(length: number): readonly number[] {
    const step = bound(this.step) ?? 1
    if (step === 0) throw new PythonError('ValueError', 'slice step cannot be zero')
    const [lowest, highest] = step > 0 ? [0, length] : [-1, length - 1]
    const clamp = (value: number | undefined, otherwise: number) => {
      if (value === undefined) return otherwise
      return Math.min(Math.max(value < 0 ? value + length : value, lowest), highest)
    }
    const start = clamp(bound(this.start), step > 0 ? lowest : highest)
    const stop = clamp(bound(this.stop), step > 0 ? highest : lowest)
    const indices: number[] = []
    for (let i = start; step > 0 ? i < stop : i > stop; i += step) indices.push(i)
    return indices
  }
}

function bound(value: unknown): number | undefined {
  if (value === null) return undefined
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return Number(value)
  throw new PythonError('TypeError', 'slice indices must be integers or None or have an __index__ method')
}
