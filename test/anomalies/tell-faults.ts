import { ALERT, scoreSeries } from '../../src/anomalies/score-series.ts'
import { plantedSeries } from './planted-faults.ts'

/** How well planted faults are told of. */
export interface Told {
  /** The share of alerts that were right. */
  readonly precision: number
  /** The share of faults that were told of in time. */
  readonly recall: number
  /** False alerts of one metric in a month. */
  readonly falseAMonth: number
}

/** Days before anything is expected to be told. */
const LEARNING = 14

/** Scores many planted series, and counts. */
export function tellFaults(series: number): Told {
  let [right, missed, wrong, days] = [0, 0, 0, 0]
  for (let seed = 1; seed <= series; seed++) {
    const { points, faults } = plantedSeries(seed * 7919)
    const alerts = [...scoreSeries(points).entries()].filter(([, score]) => score >= ALERT).map(([at]) => at)
    wrong += alerts.filter((at) => at >= LEARNING && !faults.includes(at)).length
    days += points.length - LEARNING
    if (faults.length === 0) continue
    if (faults.some((at) => alerts.includes(at))) right += 1
    else missed += 1
  }
  return {
    precision: right / (right + wrong),
    recall: right / (right + missed),
    falseAMonth: (wrong / days) * 30,
  }
}
