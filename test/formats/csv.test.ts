import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { StageFixture } from './stage-fixture.ts'

const fixture = new StageFixture()
afterAll(() => fixture.dispose())

const kinds = (scan: { readonly fields: readonly { readonly type: { readonly kind: string } }[] }) =>
  scan.fields.map((field) => field.type.kind)

describe('clean delimited files', () => {
  it('keeps quotes, delimiters and line ends inside fields, and tells NULL from empty', async () => {
    const { rows, numbers, rejects } = await fixture.stage('a.csv', 'id,t\n1,"a ""b"", c\nd"\n2,\n3,""\n')
    expect(rows).toEqual([
      { id: 1, t: 'a "b", c\nd' },
      { id: 2, t: null },
      { id: 3, t: '' },
    ])
    expect(numbers).toEqual([1, 2, 3])
    expect(rejects).toEqual([])
  })

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ])('reads %s, with and without a last line end, alike', async (_name, newline) => {
    const lines = ['id,t', '1,x', '2,y']
    const whole = await fixture.stage('a.csv', lines.join(newline) + newline)
    const cut = await fixture.stage('a.csv', lines.join(newline))
    expect(whole.scan).toMatchObject({ exact: false })
    expect(cut.rows).toEqual(whole.rows)
    expect(whole.rows).toEqual([
      { id: 1, t: 'x' },
      { id: 2, t: 'y' },
    ])
  })

  it('reads mixed line ends exactly', async () => {
    const { scan, rows, rejects } = await fixture.stage('a.csv', 'id,t\r\n1,x\n2,y\r\n')
    expect(scan).toMatchObject({ exact: true })
    expect(rows).toHaveLength(2)
    expect(rejects).toEqual([])
  })

  it.each([';', '\t', '|', ','])('finds the delimiter %j', async (delimiter) => {
    const { scan } = await fixture.stage(
      'a.csv',
      [
        ['a', 'b', 'c'],
        ['1', 'x y', 'z'],
      ]
        .map((values) => values.join(delimiter))
        .join('\n'),
    )
    expect(scan).toMatchObject({ delimiter, header: true })
  })

  it('takes no header where the first record looks like data', async () => {
    const { scan, rows } = await fixture.stage('a.csv', '1,x\n2,y\n')
    expect(scan).toMatchObject({ header: false })
    expect(rows[0]).toEqual({ column_1: 1, column_2: 'x' })
  })

  it('skips lines, keeps null texts, and follows other quotes and escapes', async () => {
    const text = "made by hand\nid;t\n1;'it\\'s'\n2;NA\n3;'NA'\n"
    const { rows } = await fixture.stage('a.csv', text, {
      skipLines: 1,
      delimiter: ';',
      quote: "'",
      escape: '\\',
      nullTexts: ['NA'],
    })
    expect(rows.map((row) => row['t'])).toEqual(["it's", null, 'NA'])
  })

  it('reads files without a quote character literally', async () => {
    const { rows } = await fixture.stage('a.tsv', 'id\tt\n1\t"x\n2\ty"\n', { quote: '' })
    expect(rows.map((row) => row['t'])).toEqual(['"x', 'y"'])
  })

  it('names columns that have no name or share one', async () => {
    const { rows } = await fixture.stage('a.csv', 'id,ID,,a,a_1,a\n1,2,3,4,5,6\n', { header: true })
    expect(Object.keys(rows[0] ?? {})).toEqual(['id', 'ID_1', 'column_3', 'a', 'a_1', 'a_2'])
  })

  it.each(['', '\n\n'])('has nothing in an empty file (%j)', async (text) => {
    const { records, rows, rejects } = await fixture.stage('a.csv', text)
    expect([records, rows, rejects]).toEqual([0, [], []])
  })

  it('has columns but no rows in a file with a header only', async () => {
    const { scan, records } = await fixture.stage('a.csv', 'id,t')
    expect(records).toBe(0)
    expect(scan.fields.map((field) => field.name)).toEqual(['id', 't'])
  })

  it('passes over blank lines, save in a file of one column, where each is a NULL', async () => {
    expect((await fixture.stage('a.csv', 'id,t\n\n1,x\n\r\n\n2,y\n\n')).rows).toHaveLength(2)
    const one = await fixture.stage('a.csv', 'name\nx\n\ny\n')
    expect(one.rows).toEqual([{ name: 'x' }, { name: null }, { name: 'y' }])
  })

  it('is not misled by a blank line before the header', async () => {
    const { rows, rejects } = await fixture.stage('a.csv', '\n,\na', { header: true })
    expect(rows).toEqual([])
    expect(rejects).toMatchObject([{ record: 1, line: 3, reason: 'too few fields: 1 instead of 2' }])
  })

  it('reads wide files and fields of megabytes', async () => {
    const names = Array.from({ length: 1500 }, (_, index) => `c${index}`)
    const wide = await fixture.stage('a.csv', `${names.join(',')}\n${names.map((_, i) => i).join(',')}\n`)
    expect(wide.rows[0]?.['c1499']).toBe(1499)
    const long = 'x,\n""y'.repeat(1_000_000)
    const { rows } = await fixture.stage('a.csv', `id,t\n1,a\n2,"${long}"\n3,z\n`)
    expect(rows[1]?.['t']).toBe(long.replaceAll('""', '"'))
    expect(rows[2]).toEqual({ id: 3, t: 'z' })
  })
})

describe('compressed and encoded files', () => {
  const text = 'id,t\n1,été\n2,€\n'
  const rows = [
    { id: 1, t: 'été' },
    { id: 2, t: '€' },
  ]

  it.each([
    ['gzip', gzipSync(text)],
    ['two members of gzip', Buffer.concat([gzipSync(text.slice(0, 8)), gzipSync(text.slice(8))])],
    ['zstd', zstdCompressSync(text)],
    [
      'three frames of zstd',
      Buffer.concat(['id,t\n1,é', 'té\n', '2,€\n'].map((part) => zstdCompressSync(part))),
    ],
    ['a UTF-8 mark', Buffer.from(`\ufeff${text}`)],
    ['a UTF-16LE mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['a UTF-16BE mark', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('reads %s', async (_name, content) => {
    expect(await fixture.stage('a.csv', content)).toMatchObject({ rows, rejects: [] })
  })

  it('reads encodings by their IANA names', async () => {
    const western = Buffer.from('id,t\n1,\xe9t\xe9\n2,\x80\n', 'latin1')
    expect((await fixture.stage('a.csv', western, { encoding: 'windows-1252' })).rows).toEqual(rows)
    expect((await fixture.stage('a.csv', western, { encoding: 'ISO-8859-1' })).rows[1]).toEqual({
      id: 2,
      t: '\x80',
    })
    const japanese = Buffer.from([0x69, 0x2c, 0x74, 0x0a, 0x31, 0x2c, 0x93, 0xfa, 0x0a])
    expect((await fixture.stage('a.csv', japanese, { encoding: 'shift_jis' })).rows).toEqual([
      { i: 1, t: '日' },
    ])
    await expect(fixture.stage('a.csv', 'x', { encoding: 'klingon' })).rejects.toMatchObject({
      code: 'WW4004',
    })
  })

  it('rejects only the records with bytes that mean nothing in the encoding', async () => {
    const utf8 = Buffer.from('id,t\n1,\xe9t\xe9\n2,ok\n', 'latin1')
    const sjis = Buffer.from('id,t\n1,\xfd\n2,ok\n', 'latin1')
    for (const staged of [
      await fixture.stage('a.csv', utf8),
      await fixture.stage('a.csv', sjis, { encoding: 'shift_jis' }),
    ]) {
      expect(staged.rows).toEqual([{ id: 2, t: 'ok' }])
      expect(staged.rejects).toMatchObject([
        { record: 1, line: 2, byte: 5, reason: 'bytes that are not text in the encoding' },
      ])
    }
  })

  it.each([
    ['gzip cut short', gzipSync('id,t\n1,x\n'.repeat(100)).subarray(0, -9)],
    ['gzip and then rubbish', Buffer.concat([gzipSync('id,t\n1,x\n'), Buffer.from('rubbish')])],
    ['zstd cut short', zstdCompressSync('id,t\n1,x\n'.repeat(100)).subarray(0, -3)],
    ['zstd and then rubbish', Buffer.concat([zstdCompressSync('id,t\n1,x\n'), Buffer.from('rubbish')])],
  ])('refuses %s', async (_name, content) => {
    await expect(fixture.stage('a.csv', content)).rejects.toMatchObject({ code: 'WW4002' })
  })

  it('refuses characters that cannot be told apart', async () => {
    await expect(fixture.stage('a.csv', 'a,b\n', { delimiter: '||' })).rejects.toMatchObject({
      code: 'WW4008',
    })
    await expect(fixture.stage('a.csv', 'a,b\n', { delimiter: '"' })).rejects.toMatchObject({
      code: 'WW4008',
    })
  })
})

describe('defects of delimited files', () => {
  it('rejects ragged records one by one, with their place and text', async () => {
    const { rows, numbers, rejects } = await fixture.stage('a.csv', 'id,t\n1,x\n2\n3,y,z\n4,w\n')
    expect(rows.map((row) => row['t'])).toEqual(['x', 'w'])
    expect(numbers).toEqual([1, 4])
    expect(rejects).toEqual([
      { record: 2, line: 3, byte: 9, reason: 'too few fields: 1 instead of 2', payload: '{"_raw":"2"}' },
      {
        record: 3,
        line: 4,
        byte: 11,
        reason: 'too many fields: 3 instead of 2',
        payload: '{"_raw":"3,y,z"}',
      },
    ])
  })

  it.each([
    ['a quote that never closes', '2,"x', 'a quoted field never ends'],
    ['text after a closing quote', '2,"x"y', 'text after the closing quote of a field'],
    ['a quote inside quotes', '2,"say "hi""', 'text after the closing quote of a field'],
    ['a carriage return', '2,x\ry', 'a carriage return outside quotes'],
    ['NUL', '2,x\0y', 'a NUL character'],
  ])('rejects %s and goes on with the next line', async (_name, line, reason) => {
    const { rows, rejects } = await fixture.stage('a.csv', `id,t\n1,"a\nb"\n${line}\n3,c\n`)
    expect(rows).toEqual([
      { id: 1, t: 'a\nb' },
      { id: 3, t: 'c' },
    ])
    expect(rejects).toEqual([
      { record: 2, line: 4, byte: 13, reason, payload: JSON.stringify({ _raw: line }) },
    ])
  })

  it('takes a quote in the middle of a field for text', async () => {
    const { rows } = await fixture.stage('a.csv', 'id,t\n1,5" pipe\n2, "x"\n')
    expect(rows.map((row) => row['t'])).toEqual(['5" pipe', ' "x"'])
  })
})

describe('types of delimited files', () => {
  it.each([
    ['whole numbers', ['1', '-20', '9223372036854775807'], 'int64'],
    ['leading zeros', ['1', '007'], 'text'],
    ['beyond bigint', ['1', '9223372036854775808'], 'text'],
    ['a plus', ['1', '+5'], 'text'],
    ['blanks around', ['1', ' 2 '], 'text'],
    ['decimals', ['1', '2.50', '.5', '1e-7'], 'float64'],
    ['more digits than a double has', ['1.5', '0.1234567890123456789'], 'text'],
    ['large whole numbers among decimals', ['1.5', '9007199254740993'], 'text'],
    ['booleans', ['true', 'FALSE'], 'boolean'],
    ['yes and no', ['yes', 'no'], 'text'],
    ['days', ['2024-02-29', '1999-12-31'], 'date'],
    ['days that do not exist', ['2023-02-29'], 'text'],
    ['days of other orders', ['31/12/1999'], 'text'],
    ['times of day', ['2024-01-01 10:00:00', '2024-01-01T10:00:00.123'], 'timestamp'],
    ['times with a zone', ['2024-01-01T10:00:00Z', '2024-01-01 10:00:00+02:00'], 'timestamptz'],
    ['nanoseconds', ['2024-01-01T10:00:00.123456789'], 'text'],
    ['days and times mixed', ['2024-01-01', '2024-01-01 10:00:00'], 'text'],
    ['nothing', ['', ''], 'text'],
  ])('takes %s for what they are', async (_name, values, kind) => {
    const text = `k,v\n${values.map((value, index) => `r${index},${value}`).join('\n')}\n`
    const { scan, rows, rejects } = await fixture.stage('a.csv', text)
    expect(kinds(scan)).toEqual(['text', kind])
    expect(rows).toHaveLength(values.length)
    expect(rejects).toEqual([])
  })

  it.each([
    [
      'int64',
      ['1.5', '007', ' 12 ', '1e2', '0x1F', '1_000', '+5', '-0', '9223372036854775808', 'x', ''],
      ['12', '-7'],
    ],
    ['uint8', ['256', '-1'], ['0', '255']],
    ['date', ['2001-1-2', '2001/01/02', ' 2001-01-02', '2001-02-30', '2001-01-02 00:00:00'], ['2001-01-02']],
    [
      'timestamp',
      [
        '2001-01-02 00:00:00+02',
        '2001-01-02 24:00:00',
        '2001-01-02 10:00:00.1234567',
        '2001-01-02 00:00:00Z',
        '2001-01-02',
      ],
      ['2001-01-02 10:00:00', '2001-01-02T10:00', '2001-01-02 10:00:00.120'],
    ],
    [
      'timestamptz',
      [
        '2001-01-02 00:00:00',
        '2001-01-02 00:00:00 Europe/Paris',
        '2001-01-02T00:00Z',
        '2001-01-02T00:00:00+0200',
      ],
      ['2001-01-02T00:00:00Z'],
    ],
    [
      'float64',
      ['1_000', ' 1', '0.1234567890123456789', '1e999', '1e-400', 'x'],
      [
        '1',
        '+.5',
        '5.',
        'NaN',
        '-Infinity',
        '0.30000000000000004',
        '1e21',
        '1.50000000000000000000',
        '-0.000000000012345',
      ],
    ],
    ['float32', ['16777217', '0.123456789'], ['0.1', '16777216']],
    ['boolean', ['1', 't', 'yes'], ['true', 'FALSE']],
    ['time', ['24:00:00', '1:2:3'], ['10:00', '23:59:59.999999']],
    ['uuid', ['123'], ['2A2B7A7E-6B0E-4C5B-9E0D-0B2F5D1E4C3A']],
    ['bytes', ['0102', '\\x0'], ['\\x0102']],
  ] as const)('reads %s faithfully or not at all, whichever reader reads', async (kind, bad, good) => {
    const all = [...bad, ...good].map((value) => (value === '' ? '""' : value))
    const text = `k,v\n${all.map((value, index) => `r${index},${value}`).join('\n')}\n`
    for (const exact of [false, true]) {
      const { rows, rejects } = await fixture.stage('a.csv', text, { columns: { v: { kind } }, exact })
      expect(rejects.map((reject) => reject['record'])).toEqual(bad.map((_, index) => index + 1))
      expect(rows).toHaveLength(good.length)
      for (const reject of rejects) expect(reject['reason']).toMatch(/^column v: cannot be read as \w+$/)
    }
  })

  it('reads decimals without rounding', async () => {
    const { rows, rejects } = await fixture.stage('a.csv', 'k,v\na,1.50\nb,1.505\nc,1.500\nd,12345678.25\n', {
      columns: { v: { kind: 'decimal', precision: 10, scale: 2 } },
    })
    expect(rows.map((row) => row['v'])).toEqual(['1.50', '1.50', '12345678.25'])
    expect(rejects).toMatchObject([{ record: 2, payload: '{"k":"b","v":"1.505"}' }])
  })

  it('reads as the types of a table, and names every column at fault', async () => {
    const { rows, rejects } = await fixture.stage('a.csv', 'a,b\n1,2\nx,y\n3,z\n', {
      types: { a: { kind: 'int64' }, b: { kind: 'date' } },
    })
    expect(rows).toEqual([])
    expect(rejects.map((reject) => reject['reason'])).toEqual([
      'column b: cannot be read as date',
      'column a: cannot be read as bigint; column b: cannot be read as date',
      'column b: cannot be read as date',
    ])
  })
})
