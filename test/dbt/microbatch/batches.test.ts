import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batchId, ceilingTime, truncateTime } from '../../../src/dbt/microbatch/batch-time.ts'
import { batchesOf } from '../../../src/dbt/microbatch/batches.ts'
import { BATCH_SIZES } from '../../../src/dbt/reading/batch-size.ts'

const at = (text: string) => new Date(`${text}Z`)
const model = (config: Readonly<Record<string, unknown>>) => ({ name: 'events', config })
const spans = (batches: ReturnType<typeof batchesOf>) =>
  batches.map(({ start, end }) => [start.toISOString().slice(0, 13), end.toISOString().slice(0, 13)])

const now = at('2026-03-02T12:30:00')
const days = model({ batch_size: 'day', begin: '2026-02-27', lookback: 1 })

describe('batches', () => {
  it('of a first run begin where the model says and end with what is now', () => {
    const batches = batchesOf(days, { start: undefined, end: undefined, now }, false)
    expect(spans(batches)).toEqual([
      ['2026-02-27T00', '2026-02-28T00'],
      ['2026-02-28T00', '2026-03-01T00'],
      ['2026-03-01T00', '2026-03-02T00'],
      ['2026-03-02T00', '2026-03-03T00'],
    ])
  })

  it('of later runs go back as far as lookback', () => {
    const times = { start: undefined, end: undefined, now }
    expect(spans(batchesOf(days, times, true)).map(([start]) => start)).toEqual([
      '2026-03-01T00',
      '2026-03-02T00',
    ])
    const none = model({ ...days.config, lookback: 0 })
    expect(spans(batchesOf(none, times, true)).map(([start]) => start)).toEqual(['2026-03-02T00'])
  })

  it('of a time that is asked for are those that it touches', () => {
    const times = { start: at('2026-01-01T22:10:00'), end: at('2026-01-02T00:10:00'), now }
    expect(spans(batchesOf(model({ batch_size: 'hour' }), times, false))).toEqual([
      ['2026-01-01T22', '2026-01-01T23'],
      ['2026-01-01T23', '2026-01-02T00'],
      ['2026-01-02T00', '2026-01-02T01'],
    ])
  })

  it('need a size and a beginning', () => {
    const times = { start: undefined, end: undefined, now }
    expect(() => batchesOf(model({}), times, false)).toThrow('has no batch_size')
    expect(() => batchesOf(model({ batch_size: 'day' }), times, false)).toThrow('has no begin')
    expect(() => batchesOf(model({ batch_size: 'day', begin: 'soon' }), times, false)).toThrow(
      'is no time: soon',
    )
  })

  it('have dbt’s ids', () => {
    const start = at('2026-03-02T06:00:00')
    expect(BATCH_SIZES.map((size) => batchId(start, size))).toEqual([
      '20260302T06',
      '20260302',
      '202603',
      '2026',
    ])
  })

  it('follow one another without a gap, and cover what was asked for', () => {
    const moment = fc.date({
      min: at('2020-01-01T00:00:00'),
      max: at('2020-12-31T00:00:00'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(moment, moment, fc.constantFrom('day', 'month', 'year' as const), (a, b, size) => {
        const [start, end] = a < b ? [a, b] : [b, a]
        const batches = batchesOf(model({ batch_size: size }), { start, end, now }, false)
        expect(batches[0]!.start).toEqual(truncateTime(start, size))
        expect(batches.at(-1)!.end).toEqual(ceilingTime(end, size))
        for (const [index, batch] of batches.slice(1).entries())
          expect(batch.start).toEqual(batches[index]!.end)
      }),
    )
  })
})
