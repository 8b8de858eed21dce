import { afterAll, describe, expect, it } from 'vitest'
import { StageFixture } from './stage-fixture.ts'

const fixture = new StageFixture()
afterAll(() => fixture.dispose())

describe('YAML', () => {
  it('makes records of documents, and of the items of lists', async () => {
    const { rows, numbers } = await fixture.stage(
      'a.yaml',
      '# config\nid: 1\nname: Anna\n---\n- {id: 2}\n-\n  id: 3\n  name: "007"\n---\n# nothing\n--- \nid: 4\n...\n',
    )
    expect(rows).toEqual([
      { id: 1, name: 'Anna' },
      { id: 2, name: null },
      { id: 3, name: '007' },
      { id: 4, name: null },
    ])
    expect(numbers).toEqual([1, 2, 3, 4])
  })

  it('keeps numbers to the digit, and takes nothing for what it may not be', async () => {
    const { scan, rows } = await fixture.stage(
      'a.yml',
      [
        'big: 12345678901234567890\ndec: 0.12345678901234567890\nhex: 0x1F\nzip: 007\nyes: yes\non: true\nnone: ~',
        "at: 2026-01-31\ntext: '5'\nnested: &n [1, {a: '1', b: null}]\nagain: *n\nblock: |\n  two\n  lines\nsaid: !!str 7\n",
      ].join('\n'),
    )
    expect(Object.fromEntries(scan.fields.map(({ name, type }) => [name, type.kind]))).toEqual({
      ...{
        big: 'int128',
        dec: 'decimal',
        hex: 'int64',
        zip: 'text',
        yes: 'text',
        on: 'boolean',
        none: 'text',
      },
      ...{ at: 'date', text: 'text', nested: 'json', again: 'json', block: 'text', said: 'text' },
    })
    expect(rows).toMatchObject([
      {
        ...{
          big: 12345678901234567890n,
          dec: '0.12345678901234567890',
          hex: 31,
          zip: '007',
          yes: 'yes',
          on: true,
        },
        ...{ none: null, text: '5', nested: '[1,{"a":"1","b":null}]', again: '[1,{"a":"1","b":null}]' },
        ...{ block: 'two\nlines\n', said: '7' },
      },
    ])
  })

  it('rejects what is wrong, and reads on', async () => {
    const { rows, rejects } = await fixture.stage(
      'a.yaml',
      'id: 1\n---\n- id: 2\n  id: 2\n- 5\n- &r {id: 3, self: *r}\n- {id: !python/object x}\n- {[a]: 1}\n- {id: *none}\n- id: 8\n---\na: [1,\nb\n---\nid: 9\n',
    )
    expect(rows).toMatchObject([{ id: 1 }, { id: 8 }, { id: 9 }])
    expect(rejects.map(({ record, line, byte, reason }) => [record, line, byte, reason])).toEqual([
      [2, 3, 12, 'a key is repeated in one mapping'],
      [3, 5, 28, 'not a mapping'],
      [4, 6, 35, 'nested deeper than 200'],
      [5, 7, 55, 'a tag that says what only a program knows'],
      [6, 8, 80, 'a key that is no text'],
      [7, 9, 91, 'an alias that stands for nothing'],
      [9, 11, 111, 'not YAML at line 13'],
    ])
  })

  it('does not let aliases grow without end', async () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]']
    for (let n = 1; n < 9; n++)
      lines.push(
        `a${n}: &a${n} [${Array(10)
          .fill(`*a${n - 1}`)
          .join(', ')}]`,
      )
    const { rejects } = await fixture.stage('a.yaml', lines.join('\n'))
    expect(rejects).toMatchObject([{ reason: 'more than 1000000 values, aliases written out' }])
  })

  it('reads other encodings, and rejects bytes that are no text', async () => {
    const wide = Buffer.from('\ufeffname: €\n', 'utf16le')
    expect((await fixture.stage('a.yaml', wide)).rows).toEqual([{ name: '€' }])
    const bad = Buffer.from('name: a\n---\nname: \xff\n---\nname: b\n', 'latin1')
    const { rows, rejects } = await fixture.stage('a.yaml', bad)
    expect(rows).toEqual([{ name: 'a' }, { name: 'b' }])
    expect(rejects).toMatchObject([{ record: 2, line: 2, reason: 'bytes that are not text in the encoding' }])
  })
})
