import { describe, expect, test } from 'vitest'
import { printResult, type ResultFormat } from '../../src/cli/print-result.ts'
import type { Scalar } from '../../src/engines/dialect.ts'
import type { RowPage } from '../../src/owner/owner-protocol.ts'
import { testOutput } from './support/screen.ts'

const columns = ['id', 'name', 'price', 'name']
const rows: readonly (readonly Scalar[])[] = [
  [1, 'plain', '10.50', null],
  [9007199254740993n, 'with, comma | "quotes"\nand a line', '-3.00', ''],
  [null, ' spaced ', null, 'last'],
]

async function* pages(): AsyncGenerator<RowPage> {
  yield { columns, rows: [] }
  yield { columns, rows: rows.slice(0, 2) }
  yield { columns, rows: rows.slice(2) }
}

async function print(
  format: Exclude<ResultFormat, 'parquet'>,
  limit?: number,
  json = false,
): Promise<string> {
  const { output, out } = testOutput({ json })
  await printResult(pages(), { format, limit }, output)
  return out.written
}

describe('a result', () => {
  test('as a table for people', async () => {
    expect((await print('table')).split('\n')).toEqual([
      `              id  name${' '.repeat(31)}price  name`,
      `               1  plain${' '.repeat(30)}10.50  NULL`,
      '9007199254740993  with, comma | "quotes"⏎and a line  -3.00',
      `            NULL   spaced ${' '.repeat(28)}NULL  last`,
      '(3 rows)',
      '',
    ])
  })

  test('as CSV: NULL and the empty text differ', async () => {
    expect(await print('csv')).toBe(
      'id,name,price,name\r\n1,plain,10.50,\r\n' +
        '9007199254740993,"with, comma | ""quotes""\nand a line",-3.00,""\r\n," spaced ",,last\r\n',
    )
  })

  test('as NDJSON: every line an object, no column lost to its namesake, no digit to rounding', async () => {
    const lines = (await print('ndjson')).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { id: 1, name: 'plain', price: '10.50', name_2: null },
      { id: '9007199254740993', name: 'with, comma | "quotes"\nand a line', price: '-3.00', name_2: '' },
      { id: null, name: ' spaced ', price: null, name_2: 'last' },
    ])
  })

  test('as a JSON array, also of nothing', async () => {
    expect(JSON.parse(await print('json'))).toHaveLength(3)
    expect(JSON.parse(await print('json', 1))).toEqual([
      { id: 1, name: 'plain', price: '10.50', name_2: null },
    ])
    const { output, out } = testOutput()
    const nothing = async function* (): AsyncGenerator<RowPage> {
      yield { columns: ['a'], rows: [] }
    }
    await printResult(nothing(), { format: 'json', limit: undefined }, output)
    expect(out.written).toBe('[]\n')
  })

  test('as Markdown', async () => {
    expect(await print('markdown', 2)).toContain('| with, comma \\| "quotes"<br>and a line |')
    expect((await print('markdown')).split('\n')[1]).toMatch(/^\| -+: \| -+ \| -+: \| -+ \|$/)
  })

  test('in JSON mode as one document that says whether there was more', async () => {
    expect(JSON.parse(await print('table', 1, true))).toEqual({
      columns: ['id', 'name', 'price', 'name_2'],
      rows: [{ id: 1, name: 'plain', price: '10.50', name_2: null }],
      truncated: true,
    })
  })

  test('says when it is cut', async () => {
    expect(await print('table', 2)).toContain('(the first 2 rows; --limit 0 shows all)')
  })
})
