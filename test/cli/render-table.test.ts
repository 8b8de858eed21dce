import { describe, expect, test } from 'vitest'
import { renderTable } from '../../src/cli/render-table.ts'
import { textWidth } from '../../src/cli/text-width.ts'

describe('table', () => {
  test('aligns columns by what a terminal shows', () => {
    const lines = renderTable(
      [{ title: 'city' }, { title: 'people', align: 'right' }, { title: 'note' }],
      [
        ['東京', '14,000,000', '👍'],
        ['Zürich', '440,000', ''],
        ['a\tb\u0007', '7', 'two\nlines'],
      ],
      { indent: '  ' },
    )
    expect(lines).toEqual([
      '  city        people  note',
      '  東京    14,000,000  👍',
      '  Zürich     440,000',
      '  a b\uFFFD             7  two⏎lines',
    ])
  })

  test('takes from the widest column what does not fit', () => {
    const lines = renderTable([{ title: 'a' }, { title: 'b' }], [['short', 'x'.repeat(200)]], { width: 40 })
    expect(Math.max(...lines.map(textWidth))).toBe(40)
    expect(lines[1]).toMatch(/^short {2}x+…$/)
  })

  test('stays readable where nothing fits', () => {
    const lines = renderTable(
      Array.from({ length: 9 }, (_, index) => ({ title: `column ${index}` })),
      [Array.from({ length: 9 }, () => 'y'.repeat(20))],
      { width: 30 },
    )
    expect(lines[1]!.split('  ').every((cell) => textWidth(cell) === 8)).toBe(true)
  })

  test('a table without rows is its heading', () => {
    expect(renderTable([{ title: 'a' }, { title: 'b' }], [])).toEqual(['a  b'])
  })
})
