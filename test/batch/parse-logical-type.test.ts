import { expect, test } from 'vitest'
import { parseLogicalType } from '../../src/batch/parse-logical-type.ts'

test.each([
  ['bigint', { kind: 'int64' }],
  ['INT8', { kind: 'int64' }],
  ['tinyint', { kind: 'int8' }],
  ['ubigint', { kind: 'uint64' }],
  ['hugeint', { kind: 'int128' }],
  ['double  precision', { kind: 'float64' }],
  ['numeric(10, 2)', { kind: 'decimal', precision: 10, scale: 2 }],
  ['decimal(38)', { kind: 'decimal', precision: 38, scale: 0 }],
  ['character varying(20)', { kind: 'text' }],
  ['Timestamp With Time Zone', { kind: 'timestamptz' }],
  ['jsonb', { kind: 'json' }],
  ['blob', { kind: 'bytes' }],
])('%s is read', (name, type) => {
  expect(parseLogicalType(name)).toEqual(type)
})

test.each([
  '',
  'decimal',
  'decimal(39,0)',
  'decimal(4,5)',
  'int(4)',
  'varchar(1,2)',
  'money',
  'constructor',
  'int[]',
])('%j is no type of ours', (name) => {
  expect(parseLogicalType(name)).toBeUndefined()
})
