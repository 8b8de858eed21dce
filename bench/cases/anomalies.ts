import { ALERT, scoreSeries } from '../../src/anomalies/score-series.ts'
import { tellFaults } from '../../test/anomalies/tell-faults.ts'
import type { BenchCase, Measurement } from '../measurement.ts'
import { nabScore, readNab } from '../nab-score.ts'

const SERIES = 2000

/**
 * How well anomalies are told: of faults planted in metrics of tables, and, where WATERWORKS_NAB names its checkout, on the Numenta
 * Anomaly Benchmark, with the alert that everybody gets rather than one fitted to it.
 */
export const anomalies: BenchCase = {
  name: 'anomalies',
  async run() {
    const { precision, recall, falseAMonth } = tellFaults(SERIES)
    const figures: Measurement[] = [
      figure('planted faults: precision', precision * 100, '%', 90),
      figure('planted faults: recall', recall * 100, '%', 90),
      {
        ...figure('planted faults: false alerts of a metric in a hundred months', falseAMonth * 100, '', 2),
        better: 'lower',
      },
    ]
    const folder = process.env['WATERWORKS_NAB']
    if (folder === undefined) {
      process.stderr.write(
        'the Numenta Anomaly Benchmark was not run: WATERWORKS_NAB names no checkout of it\n',
      )
      return figures
    }
    const series = readNab(folder)
    const scores = series.map(({ points }) => scoreSeries(points))
    return [
      ...figures,
      figure('Numenta Anomaly Benchmark, standard profile', nabScore(series, scores, ALERT), 'points', 60),
    ]
  },
}

function figure(says: string, value: number, unit: Measurement['unit'], budget: number): Measurement {
  return { name: 'anomalies', says, value, unit, budget, better: 'higher' }
}
