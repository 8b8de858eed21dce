import type { Tolerance } from './tolerance.ts'

/** A tolerance as it is written, `0.01` or `1%`; undefined for what is none. */
export function readTolerance(text: string): Tolerance | undefined {
  const [, number, percent] = /^(\d+(?:\.\d+)?(?:e-?\d+)?)(%)?$/i.exec(text) ?? []
  if (number === undefined) return undefined
  return percent === undefined ? { amount: Number(number) } : { percent: Number(number) }
}
