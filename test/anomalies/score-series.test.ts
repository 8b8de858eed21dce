import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Point } from '../../src/anomalies/point.ts'
import { ALERT, scoreSeries } from '../../src/anomalies/score-series.ts'
import { plantedSeries } from './planted-faults.ts'
import { tellFaults } from './tell-faults.ts'

const HOUR = 3_600_000
const hourly = (values: readonly number[]): Point[] =>
  values.map((value, index) => ({ at: Date.UTC(2026, 0, 5) + index * HOUR, value }))
const daily = (values: readonly number[]): Point[] =>
  values.map((value, index) => ({ at: Date.UTC(2026, 0, 5) + index * 24 * HOUR, value }))
const alerts = (points: readonly Point[]) =>
  [...scoreSeries(points).entries()].filter(([, score]) => score >= ALERT).map(([at]) => at)
/** Busy by day, quiet by night and at weekends, with a little noise that is the same each time. */
const busy = (hours: number) =>
  Array.from({ length: hours }, (_, hour) => {
    const isWorking = hour % 24 >= 8 && hour % 24 < 18 && Math.floor(hour / 24) % 7 < 5
    return (isWorking ? 1000 : 100) * (1 + 0.05 * Math.sin(hour * 12.9898))
  })

describe('scores of a series', () => {
  it('tell of faults that were planted in metrics of tables, and of little else', () => {
    const { precision, recall, falseAMonth } = tellFaults(400)
    expect(precision).toBeGreaterThan(0.93)
    expect(recall).toBeGreaterThan(0.92)
    expect(falseAMonth).toBeLessThan(0.02)
  })

  it('know hours and weekdays after two weeks: a busy Sunday is strange, a busy Monday is not', () => {
    const values = busy(24 * 7 * 6)
    const learned = 24 * 15
    expect(alerts(hourly(values)).filter((at) => at > learned)).toEqual([])
    const sunday = 24 * (7 * 5 + 6) + 11
    for (let hour = sunday; hour < sunday + 4; hour++) values[hour] = 1000
    expect(alerts(hourly(values)).filter((at) => at >= sunday && at < sunday + 10)).not.toEqual([])
    expect(alerts(hourly(values)).filter((at) => at > learned && at < sunday)).toEqual([])
  })

  it('tell of a new level when it begins, and are quiet once it stays', () => {
    const told = alerts(
      daily(Array.from({ length: 90 }, (_, day) => (day < 40 ? 1000 : 3000) + (day % 3) * 10)),
    )
    expect(told[0]).toBe(40)
    expect(told.filter((at) => at > 47)).toEqual([])
  })

  it('are 0 where nothing is known yet, for one value, and for one that never changes', () => {
    expect([...scoreSeries([])]).toEqual([])
    expect([...scoreSeries(daily([7]))]).toEqual([0])
    expect([...scoreSeries(daily(new Array(60).fill(5)))].every((score) => score === 0)).toBe(true)
    const changed = scoreSeries(daily([...new Array(60).fill(5), 6]))
    expect(changed.at(-1)).toBeGreaterThan(ALERT)
  })

  it('are between 0 and 1, the same each time, and depend on what came before alone', () => {
    const value = fc.oneof(fc.double({ noNaN: true, min: 0, max: 1e9 }), fc.constant(0), fc.nat(5))
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 200 }),
        fc.constantFrom(hourly, daily),
        fc.nat(),
        (values, paced, cut) => {
          const points = paced(values)
          const scores = scoreSeries(points)
          expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true)
          const part = points.slice(0, cut % (points.length + 1))
          // Whether points are hours or days apart cannot be told of one.
          if (part.length < 2) return
          expect(scoreSeries(part)).toEqual(scores.slice(0, part.length))
        },
      ),
    )
  })

  it('of series with planted faults are the same each time', () => {
    const { points } = plantedSeries(1)
    expect(scoreSeries(points)).toEqual(scoreSeries(points))
  })
})
