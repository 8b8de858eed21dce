import { expect, it } from 'vitest'
import { nativeValue } from '../../../src/dbt/parse/native-value.ts'
import { returnFunction } from '../../../src/jinja/runtime/return-function.ts'

const context = { get: (name: string) => (name === 'return' ? returnFunction : undefined) }
const value = (text: string) => nativeValue(text, 'dbt_project.yml', context)

it.each([
  ["{{ 'true' | as_bool }}", true],
  ["{{ '7' | as_number }}", 7],
  ["{{ '7' | as_number | as_text }}", '7'],
  ["{{ '[1, 2]' | as_native }}", [1, 2]],
  ["{{ 'plain' | as_native }}", 'plain'],
])('a text is what the filter at its end says: %s', (text, expected) => {
  expect(value(text)).toEqual(expected)
})

it('filters inside an expression leave texts as they are', () => {
  expect(value("{{ 'duckdb' == 'bigquery' | as_bool }}")).toBe(false)
  expect(value("{{ 'true' | as_bool ~ '!' }}")).toBe('true!')
  expect(() => value("{{ 'duckdb' | as_bool }}")).toThrowError(expect.objectContaining({ code: 'WW1212' }))
})
