import { locate } from '../runtime/failure.ts'
import type { Frame } from '../runtime/frame.ts'
import type { SourceText } from '../syntax/source-text.ts'

/**
 * A compiled expression. `run` gives the value, or a native Promise of it when something it called waits. Only code
 * that holds a call can wait (`mayWait`); the rest is never checked for promises.
 */
export interface Code {
  readonly run: (frame: Frame) => unknown
  readonly mayWait: boolean
}

/** How a statement ended: undefined when it ran to its end. */
export type Completion = 'break' | 'continue' | undefined

/** A compiled statement; as Code, it gives a Promise only when something waits. */
export interface Step {
  readonly run: (frame: Frame) => Completion | Promise<Completion>
  readonly mayWait: boolean
}

/** Code for a value known when compiling. */
export function constant(value: unknown): Code {
  return { run: () => value, mayWait: false }
}

/** Runs one operation on a value, now or when it arrives. Errors get the place. */
export function apply(
  source: SourceText,
  at: number,
  operand: Code,
  operation: (value: unknown, frame: Frame) => unknown,
): Code {
  const { run } = operand
  const now = (frame: Frame, value: unknown) => {
    try {
      return operation(value, frame)
    } catch (error) {
      throw locate(error, source, at, frame)
    }
  }
  if (!operand.mayWait) return { mayWait: false, run: (frame) => now(frame, run(frame)) }
  return {
    mayWait: true,
    run: (frame) => {
      const value = run(frame)
      return value instanceof Promise ? value.then((arrived) => now(frame, arrived)) : now(frame, value)
    },
  }
}

/** Runs one operation on two values. Errors get the place. */
export function applyTwo(
  source: SourceText,
  at: number,
  left: Code,
  right: Code,
  operation: (left: unknown, right: unknown, frame: Frame) => unknown,
): Code {
  if (left.mayWait || right.mayWait) {
    return applyAll(source, at, [left, right], ([a, b], frame) => operation(a, b, frame))
  }
  const [runLeft, runRight] = [left.run, right.run]
  return {
    mayWait: false,
    run: (frame) => {
      const a = runLeft(frame)
      const b = runRight(frame)
      try {
        return operation(a, b, frame)
      } catch (error) {
        throw locate(error, source, at, frame)
      }
    },
  }
}

/** Runs one operation on any number of values, evaluated in order. Errors get the place. */
export function applyAll(
  source: SourceText,
  at: number,
  operands: readonly Code[],
  operation: (values: readonly unknown[], frame: Frame) => unknown,
): Code {
  return apply(source, at, gather(operands), (values, frame) =>
    operation(values as readonly unknown[], frame),
  )
}

/** All values in order, as an array of their own. */
export function gather(operands: readonly Code[]): Code {
  const runs = operands.map(({ run }) => run)
  if (!operands.some(({ mayWait }) => mayWait)) {
    return {
      mayWait: false,
      run: (frame) => {
        const values = new Array<unknown>(runs.length)
        for (let i = 0; i < runs.length; i++) values[i] = runs[i]!(frame)
        return values
      },
    }
  }
  const rest = async (frame: Frame, values: unknown[], waiting: Promise<unknown>) => {
    values.push(await waiting)
    while (values.length < runs.length) values.push(await runs[values.length]!(frame))
    return values
  }
  return {
    mayWait: true,
    run: (frame) => {
      const values: unknown[] = []
      for (const run of runs) {
        const value = run(frame)
        if (value instanceof Promise) return rest(frame, values, value)
        values.push(value)
      }
      return values
    },
  }
}

/** Goes on with a value now, or when it arrives. */
export function whenArrived<T, R>(value: T | Promise<T>, next: (value: T) => R | Promise<R>): R | Promise<R> {
  return value instanceof Promise ? value.then(next) : next(value)
}

/** Steps one after the other, up to the first that breaks or continues. */
export function sequence(steps: readonly Step[]): Step {
  const [first, second] = steps
  if (!first) return { mayWait: false, run: () => undefined }
  if (!second) return first
  const runs = steps.map(({ run }) => run)
  const rest = async (frame: Frame, from: number, waiting: Promise<Completion>): Promise<Completion> => {
    let completion = await waiting
    for (let i = from; i < runs.length && completion === undefined; i++) completion = await runs[i]!(frame)
    return completion
  }
  return {
    mayWait: steps.some(({ mayWait }) => mayWait),
    run: (frame) => {
      for (let i = 0; i < runs.length; i++) {
        const completion = runs[i]!(frame)
        if (completion === undefined) continue
        return completion instanceof Promise ? rest(frame, i + 1, completion) : completion
      }
      return undefined
    },
  }
}
