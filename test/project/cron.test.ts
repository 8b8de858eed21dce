import { expect, it } from 'vitest'
import { cronProblem } from '../../src/project/cron.ts'

it.each(['0 6 * * *', '*/15 0-6,12 1 jan-mar mon-fri', '0 0 * * 7', '@daily', '5,10-20/2 * * DEC SUN'])(
  'accepts %s',
  (text) => {
    expect(cronProblem(text)).toBeUndefined()
  },
)

it.each([
  ['every day', 'has 2 fields where cron has five'],
  ['60 * * * *', 'has "60" as its minute, which goes from 0 to 59'],
  ['0 0 0 * *', 'has "0" as its day of month, which goes from 1 to 31'],
  ['0 0 * 13 *', 'has "13" as its month, which goes from 1 to 12'],
  ['0 0 * * fri-mon', 'has "fri-mon" as its day of week, which goes from 0 to 7'],
  ['*/0 * * * *', 'has "*/0" as its minute, which goes from 0 to 59'],
  ['*-3 * * * *', 'has "*-3" as its minute, which goes from 0 to 59'],
  ['@often', 'is none of @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly'],
])('says what is wrong with %s', (text, problem) => {
  expect(cronProblem(text)).toBe(problem)
})
