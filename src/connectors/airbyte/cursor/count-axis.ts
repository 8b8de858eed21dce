import type { CursorAxis } from './cursor-axis.ts'

/** Whole numbers that count up. */
export const countAxis: CursorAxis<number, number> = Object.freeze({
  parse: (value) => (typeof value === 'number' ? value : undefined),
  format: (value) => value,
  compare: (a, b) => (a === b ? 0 : a - b),
  add: (value, step) => value + step,
  subtract: (value, step) => value - step,
  next: (value) => value + 1,
  zero: 0,
} satisfies CursorAxis<number, number>)
