import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitStatements } from '../../src/sql/split-statements.ts'

test.each([
  ['', []],
  [' -- nothing\n ; ;', []],
  ['select 1', ['select 1']],
  ['select 1; select 2;', ['select 1; ', 'select 2;']],
  [';; select 1', [';; select 1']],
  [`select ';' ; select 2`, [`select ';' ; `, 'select 2']],
  [`select E'\\';' ; select 2`, [`select E'\\';' ; `, 'select 2']],
  [`select '\\'; select 2`, [`select '\\'; `, 'select 2']],
  [`select "a;""b" ; select 2`, [`select "a;""b" ; `, 'select 2']],
  ['select /* a /* ; */ ; */ 1; select 2', ['select /* a /* ; */ ; */ 1; ', 'select 2']],
  ['do $x$ begin; $$ ; end $x$; select 2', ['do $x$ begin; $$ ; end $x$; ', 'select 2']],
  ['select $1; select a$b$c; select 3', ['select $1; ', 'select a$b$c; ', 'select 3']],
  [
    'create rule r as on insert to t do (select 1; select 2); select 3',
    ['create rule r as on insert to t do (select 1; select 2); ', 'select 3'],
  ],
  [
    'create or replace function f() returns int begin atomic select case when true then 1 end; select 2; end; select 3',
    [
      'create or replace function f() returns int begin atomic select case when true then 1 end; select 2; end; ',
      'select 3',
    ],
  ],
  ['begin; commit', ['begin; ', 'commit']],
  ["select 'never ends; select 2", ["select 'never ends; select 2"]],
])('%j', (sql, pieces) => {
  expect(splitStatements(sql)).toEqual(pieces)
})

const fragments = fc.constantFrom(
  ';',
  "'",
  '"',
  '$$',
  '$a$',
  '$1',
  '/*',
  '*/',
  '--',
  '\n',
  ' ',
  '(',
  ')',
  'E',
  'u&',
  '\\',
  'select',
  'begin atomic',
  'end',
  'create function',
  'é',
  '😀',
  '1e5',
  '.',
  '\u0000',
)

test('the pieces joined give back the text, and each holds something to run', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fragments, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 30 }),
      (parts) => {
        const sql = parts.join('')
        const pieces = splitStatements(sql)
        if (pieces.length > 0) expect(pieces.join('')).toBe(sql)
        for (const piece of pieces) expect(splitStatements(piece)).toEqual([piece])
      },
    ),
    { numRuns: 2000 },
  )
})

test('statements of known bounds are found again, whatever stands in their strings', () => {
  const quoted = fc.string().map((text) => `'${text.replaceAll("'", "''")}'`)
  const name = fc.string({ minLength: 1 }).map((text) => `"${text.replaceAll('"', '""')}"`)
  const comment = fc.string().map((text) => `/*${text.replaceAll(/\*\/|\/\*|[*/]/g, '')}*/`)
  const statement = fc
    .array(fc.oneof(quoted, name, comment, fc.constantFrom('a', '1', '(;)')), { maxLength: 6 })
    .map((parts) => `select ${parts.join(' ')};`)
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 5 }), (statements) => {
      expect(splitStatements(statements.join(''))).toEqual(statements)
    }),
  )
})
