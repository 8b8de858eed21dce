import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FileNamePattern, parseFileNamePattern } from '../../src/project/file-name-pattern.ts'

function parsed(pattern: string): FileNamePattern {
  const found = parseFileNamePattern(pattern)
  if ('problem' in found) throw new Error(found.problem)
  return found
}

const typesOf = (pattern: string) =>
  Object.fromEntries(parsed(pattern).fields.map(({ name, type }) => [name, type.kind]))

describe('file name patterns', () => {
  it('are globs with columns in them', () => {
    const pattern = parsed('data/{region}/{day:YYYY-MM-DD}/orders_*_{batch:int}.csv')
    expect(pattern.glob).toBe('data/*/*/orders_*_*.csv')
    expect(typesOf('data/{region}/{day:YYYY-MM-DD}/orders_*_{batch:int}.csv')).toEqual({
      region: 'text',
      day: 'date',
      batch: 'int64',
    })
    expect(pattern.capture('data/eu-west/2026-02-28/orders_a_b_007.csv')).toEqual([
      'eu-west',
      '2026-02-28',
      '7',
    ])
  })

  it('fit no day that does not exist, and no name of another form', () => {
    const pattern = parsed('{day:YYYYMMDD}.csv')
    expect(pattern.capture('20260228.csv')).toEqual(['2026-02-28'])
    for (const path of [
      '20260230.csv',
      '2026-02-28.csv',
      '20261301.csv',
      'x/20260228.csv',
      '20260228.csv.bak',
    ]) {
      expect(pattern.capture(path)).toBeUndefined()
    }
  })

  it('read times, and single parts of them as numbers', () => {
    expect(typesOf('{at:YYYY-MM-DDTHH-mm-ss}.log')).toEqual({ at: 'timestamp' })
    expect(parsed('{at:YYYY-MM-DDTHH-mm-ss}.log').capture('2026-01-02T03-04-05.log')).toEqual([
      '2026-01-02 03:04:05',
    ])
    expect(parsed('{year:YYYY}/{month:MM}/{hour:HH}/*').capture('2026/01/09/a')).toEqual(['2026', '1', '9'])
  })

  it('end the first of two captures where the text between them first stands', () => {
    expect(parsed('{a}_{b}.csv').capture('x_y_z.csv')).toEqual(['x', 'y_z'])
    expect(parsed('{a}_{n:int}.csv').capture('x_y_12.csv')).toEqual(['x_y', '12'])
  })

  it('keep what globs mean', () => {
    const pattern = parsed('./in/**/{a,b}?[0-9][!x]_{name}.{csv,tsv}')
    expect(pattern.glob).toBe('in/**/{a,b}?[0-9][!x]_*.{csv,tsv}')
    expect(pattern.capture('in/a-1y_n.csv')).toEqual(['n'])
    expect(pattern.capture('in/2026/01/bz9q_n.m.tsv')).toEqual(['n.m'])
    expect(pattern.capture('in/a-1x_n.csv')).toBeUndefined()
    expect(parsed('plain/{a,b}/*.csv').fields).toEqual([])
  })

  it('are told when they mean nothing', () => {
    expect(parseFileNamePattern('{a}/{A}.csv')).toEqual({ problem: 'captures "A" twice' })
    for (const format of ['YYYY-DD', 'yyyy', 'HH:ss', 'YYYYMMDDss', 'YYYY-YYYY', 'xYYYY', '']) {
      expect(parseFileNamePattern(`{a:${format}}.csv`)).toHaveProperty('problem')
    }
  })

  it('give back whatever was put in', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9.-]{1,12}$/)
    const day = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(word, day, fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }), (region, date, n) => {
        const text = date.toISOString().slice(0, 10)
        const pattern = parsed('in/r={region}/d={day:YYYY-MM-DD}/{n:int}.csv')
        expect(pattern.capture(`in/r=${region}/d=${text}/${n}.csv`)).toEqual([region, text, String(n)])
      }),
    )
  })
})
