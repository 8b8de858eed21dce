import type { Point } from '../../src/anomalies/point.ts'

/** Ninety days of a table's metric, and what was planted in them. */
export interface PlantedSeries {
  readonly points: readonly Point[]
  /** Positions at which telling of the fault is right: its first days. None where nothing was planted. */
  readonly faults: readonly number[]
  readonly kind: string
}

const DAYS = 90
const FIRST_FAULT = 28
/** A fault that is told of later than this was not told of. */
const IN_TIME = 3
const DAY = 86_400_000

type Metric = 'rows' | 'distinct' | 'null share' | 'hours late'

const FAULTS: Readonly<Record<Metric, readonly string[]>> = {
  rows: ['nothing', 'half', 'double', 'from now on'],
  distinct: ['nothing', 'half', 'double', 'from now on'],
  'null share': ['many', 'all'],
  'hours late': ['late'],
}

/** A series like those of real tables: a level, weekdays, a trend, noise; in three of five a fault, one to two days long or for good. */
export function plantedSeries(seed: number): PlantedSeries {
  const random = generator(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!
  const base = 10 ** (2 + 4 * random())
  const isWeekly = random() < 0.6
  const weekdays = Array.from({ length: 7 }, (_, day) =>
    isWeekly && day >= 5 ? 0.2 + 0.5 * random() : 1 + 0.1 * normal(),
  )
  const noise = 0.02 + 0.13 * random()
  const trend = (random() - 0.3) * 0.01
  const metric = pick(Object.keys(FAULTS) as Metric[])
  const values = Array.from({ length: DAYS }, (_, day) => {
    if (metric === 'null share') return Math.max(0, 0.02 + 0.005 * normal())
    if (metric === 'hours late') return Math.abs(2 + 0.5 * normal()) * (random() < 0.02 ? 1.5 : 1)
    return Math.max(0, Math.round(base * weekdays[day % 7]! * (1 + trend * day) * Math.exp(noise * normal())))
  })
  const faults: number[] = []
  const fault = random() < 0.6 ? pick(FAULTS[metric]) : undefined
  if (fault !== undefined) {
    const begin = FIRST_FAULT + Math.floor(random() * (DAYS - FIRST_FAULT - 7))
    const end = fault === 'from now on' ? DAYS : begin + 1 + Math.floor(random() * 2)
    for (let day = begin; day < end; day++) {
      values[day] = broken(fault, values[day]!, random())
      if (day < begin + IN_TIME) faults.push(day)
    }
  }
  const points = values.map((value, day) => ({ at: Date.UTC(2026, 0, 5) + day * DAY, value }))
  return { points, faults, kind: fault === undefined ? 'nothing planted' : `${metric}: ${fault}` }
}

function broken(fault: string, value: number, random: number): number {
  if (fault === 'nothing') return 0
  if (fault === 'half') return value * (0.3 + 0.2 * random)
  if (fault === 'double') return value * (1.9 + random)
  if (fault === 'from now on') return value * 1.6
  if (fault === 'many') return value + 0.1 + 0.2 * random
  if (fault === 'all') return 1
  return value + 10 + 14 * random
}

/** mulberry32: the same numbers for the same seed, everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
