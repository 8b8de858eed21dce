/** One figure of a benchmark, with what it is held to. */
export interface Measurement {
  readonly name: string
  /** What the figure means, in a few words. */
  readonly says: string
  readonly value: number
  /** `x` for a ratio, else a unit of the figure. */
  readonly unit: 'x' | 'ms' | 's' | 'MB' | 'rows/s' | '%' | 'points' | ''
  /** The figure must not be above this (below, for rates). */
  readonly budget: number
  readonly better: 'lower' | 'higher'
}

/** A benchmark: measures, and says against what. */
export interface BenchCase {
  readonly name: string
  run(): Promise<readonly Measurement[]>
}

export function holds({ value, budget, better }: Measurement): boolean {
  return better === 'lower' ? value <= budget : value >= budget
}

/** The middle value: single runs on shared machines say little. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
