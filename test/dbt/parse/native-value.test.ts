import { expect, it } from 'vitest'
import { nativeValue } from '../../../src/dbt/parse/native-value.ts'
import { returnFunction } from '../../../src/jinja/runtime/return-function.ts'
import { hostFunction } from '../../../src/jinja/values/host-function.ts'
import { PythonError } from '../../../src/jinja/values/python-error.ts'

const names: Readonly<Record<string, unknown>> = { return: returnFunction, given: 3 }
const context = { get: (name: string) => names[name] }
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

it.each([
  ['{{ 1 + 1 }}', '2'],
  ['{{ [1, true] }}', '[1, True]'],
  ["{{ 'a' | upper }}", 'A'],
  ['{{ none if 1 > 2 else 0.50 }}', '0.5'],
  ['{{ given + 1 }}', 4],
  ['{{ [given][0] }}', 3],
  ["{{ 'a'.upper() }}", 'A'],
  ['{{ 5 if given else 6 }}', 5],
])('an expression that looks at no name is a text: %s', (text, expected) => {
  expect(value(text)).toEqual(expected)
})

it('filters inside an expression leave texts as they are', () => {
  expect(value("{{ 'duckdb' == 'bigquery' | as_bool }}")).toBe(false)
  expect(value("{{ 'true' | as_bool ~ '!' }}")).toBe('true!')
  expect(() => value("{{ 'duckdb' | as_bool }}")).toThrowError(expect.objectContaining({ code: 'WW1212' }))
})

const print = (name: string) => hostFunction(name, (args) => `${name}(${args.join('|')})`)
const calls: Readonly<Record<string, unknown>> = {
  return: returnFunction,
  ref: print('ref'),
  source: print('source'),
  where: print('where'),
  refuses: hostFunction('refuses', () => {
    throw new PythonError('ValueError', 'no')
  }),
}
const called = (text: string) => nativeValue(text, 'models/schema.yml', { get: (name) => calls[name] })

it.each([
  ["{{ ref('a') }}", 'ref(a)'],
  ["{{ ref(\"it's\", 'b') }}", "ref(it's|b)"],
  ["{{ ref('') }}", 'ref()'],
  ["{{ where(ref('a')) }}", 'where(ref(a))'],
  ['{{ where(source(\'a\' , "b")) }}', 'where(source(a|b))'],
  ["{{where(ref( 'a' ))}}", 'where(ref(a))'],
  ["{{ ref('a').upper() }}", 'REF(A)'],
  ["{{ ref('a' 'b') }}", 'ref(ab)'],
  ["{{ ref('a\\tb') }}", 'ref(a\tb)'],
  ["{{ ref('a' ~ 'b') }}", 'ref(ab)'],
])('a call with texts gives what it gives: %s', (text, expected) => {
  expect(called(text)).toBe(expected)
})

it('what is wrong with a call is told of the file that it stands in', () => {
  const location = expect.objectContaining({ file: 'models/schema.yml' })
  for (const text of ["{{ refuses(ref('a')) }}", "{{ nothing(ref('a')) }}"]) {
    expect(() => called(text)).toThrowError(expect.objectContaining({ location }))
  }
  expect(() => called("{{ where(ref('a') }}")).toThrowError(expect.objectContaining({ location }))
})
