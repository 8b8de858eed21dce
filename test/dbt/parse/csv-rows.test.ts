import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readCsvRows } from '../../../src/dbt/parse/csv-rows.ts'

it.each([
  [
    'values are texts, empty ones null',
    'id,name\n1,a\n2,\n',
    [
      { id: '1', name: 'a' },
      { id: '2', name: null },
    ],
  ],
  ['quoted fields hold commas, quotes and line breaks', 'a,b\n"x, ""y""\nz",2', [{ a: 'x, "y"\nz', b: '2' }]],
  ['a quote inside of a field is a quote', 'a\nx"y"', [{ a: 'x"y"' }]],
  ['what follows a closing quote belongs to the field', 'a\n"x"y', [{ a: 'xy' }]],
  ['spaces count', 'a, b\n 1, 2', [{ a: ' 1', ' b': ' 2' }]],
  ['a short line leaves the last columns null', 'a,b\n1\n', [{ a: '1', b: null }]],
  ['empty lines are passed over', '\na\n\n1\r\n\r\n2\r', [{ a: '1' }, { a: '2' }]],
  ['there may be no rows', 'a,b\n', []],
  ['or nothing at all', '', []],
])('%s', (_, text, rows) => {
  expect(readCsvRows(text)).toEqual(rows)
})

it('does not drop a value that has no column', () => {
  expect(readCsvRows('a,b\n1,2,3')).toBeUndefined()
})

it('reads back what is written with every field quoted', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', ' ', ',', '"', '\r', '\n') })
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell)), (rows) => {
      const line = (fields: readonly string[]) =>
        fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')
      const text = ['a,b', ...rows.map(line)].join('\n')
      expect(readCsvRows(text)).toEqual(rows.map(([a, b]) => ({ a: a || null, b: b || null })))
    }),
  )
})
