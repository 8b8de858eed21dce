import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { StageFixture } from './stage-fixture.ts'

const fixture = new StageFixture()
afterAll(() => fixture.dispose())

const kinds = (scan: { readonly fields: readonly { name: string; type: { kind: string } }[] }) =>
  Object.fromEntries(scan.fields.map(({ name, type }) => [name, type.kind]))

describe('fixed width', () => {
  const format = 'fixed-width' as const
  const layout = [
    { name: 'id', from: 1, to: 4 },
    { name: 'name', from: 5, to: 12 },
    { name: 'paid', from: 13, to: 13 },
    { name: 'note', from: 16, to: null },
  ]

  it('takes characters by their place, of lines of either end', async () => {
    const text = '   1Anna    Y..first one\r\n  22Bö𝒳     N..\n\n 333        Y..x  '
    const { scan, rows, records } = await fixture.stage('a.txt', text, { format, layout })
    expect(kinds(scan)).toEqual({ id: 'int64', name: 'text', paid: 'text', note: 'text' })
    expect(records).toBe(3)
    expect(rows).toEqual([
      { id: 1, name: 'Anna', paid: 'Y', note: 'first one' },
      { id: 22, name: 'Bö𝒳', paid: 'N', note: null },
      { id: 333, name: null, paid: 'Y', note: 'x' },
    ])
  })

  it('rejects lines that are too short or go on, unless they may end early', async () => {
    const fixed = layout.slice(0, 3)
    const text = '   1Anna    Y\n   2Be\n   3Cleo    N  \n   4Dora    Nx\n'
    const { rows, rejects } = await fixture.stage('a.txt', text, { format, layout: fixed })
    expect(rows.map((row) => row['id'])).toEqual([1, 3])
    expect(
      rejects.map(({ record, line, byte, reason, payload }) => [record, line, byte, reason, payload]),
    ).toEqual([
      [2, 2, 14, 'the line has 6 characters, and the layout 13', '{"_raw":"   2Be"}'],
      [4, 4, 37, "the line goes on behind the layout's 13 characters", '{"_raw":"   4Dora    Nx"}'],
    ])
    const ragged = await fixture.stage('a.txt', text, { format, layout: fixed, ragged: true })
    expect(ragged.rows[1]).toEqual({ id: 2, name: 'Be', paid: null })
  })

  it('reads other encodings, compressed, with NULL texts and lines to pass over', async () => {
    const text = Buffer.from('report\n   1J\xf6rg    Y\n   2?       N\n', 'latin1')
    const { rows } = await fixture.stage('a.txt.gz', gzipSync(text), {
      ...{ format, layout: layout.slice(0, 3), encoding: 'iso-8859-1', skipLines: 1, nullTexts: ['?'] },
    })
    expect(rows).toEqual([
      { id: 1, name: 'Jörg', paid: 'Y' },
      { id: 2, name: null, paid: 'N' },
    ])
  })

  it('rejects bytes that are not text', async () => {
    const { rows, rejects } = await fixture.stage('a.txt', Buffer.from('   1\xff\n   2A\n', 'latin1'), {
      format,
      layout: layout.slice(0, 1).concat({ name: 'x', from: 5, to: 5 }),
    })
    expect(rows).toEqual([{ id: 2, x: 'A' }])
    expect(rejects[0]).toMatchObject({ line: 1, reason: 'bytes that are not text in the encoding' })
  })

  it('gives back what was written, however it is cut', async () => {
    const cell = fc.stringMatching(/^[A-Za-zäß€][ A-Za-zäß€]{0,5}[A-Za-zäß€]$/)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }), async (cells) => {
        const text = cells.map(([a, b]) => a.padEnd(8) + b.padEnd(8)).join('\n')
        const { rows } = await fixture.stage('a.txt', text, {
          format,
          layout: [
            { name: 'a', from: 1, to: 8 },
            { name: 'b', from: 9, to: 16 },
          ],
          columns: { a: { kind: 'text' }, b: { kind: 'text' } },
        })
        expect(rows).toEqual(cells.map(([a, b]) => ({ a, b })))
      }),
      { numRuns: 20 },
    )
  })
})

describe('regular expressions', () => {
  const options = {
    format: 'regex' as const,
    pattern: String.raw`(?<at>\S+) \[(?<level>\w+)\] (?<message>.*?)(?: \(took (?<ms>\d+) ms\))?`,
  }

  it('make columns of named groups', async () => {
    const { scan, rows, rejects } = await fixture.stage(
      'a.log',
      '2026-01-02T03:04:05Z [INFO] up (took 12 ms)\nTraceback: x\n2026-01-02T03:04:06Z [WARN] slow\n',
      options,
    )
    expect(kinds(scan)).toEqual({ at: 'timestamptz', level: 'text', message: 'text', ms: 'int64' })
    expect(rows).toMatchObject([
      { level: 'INFO', message: 'up', ms: 12 },
      { level: 'WARN', message: 'slow', ms: null },
    ])
    expect(rejects).toMatchObject([{ record: 2, line: 2, reason: 'the line does not match the pattern' }])
  })

  it('reject values that are not of a declared type, with their texts', async () => {
    const { rejects } = await fixture.stage('a.log', 'soon [X] y\n', {
      ...options,
      columns: { at: { kind: 'date' } },
    })
    expect(rejects).toMatchObject([
      {
        reason: 'column at: cannot be read as date',
        payload: '{"at":"soon","level":"X","message":"y","ms":null}',
      },
    ])
  })

  it('reject a line longer than any record', async () => {
    const { records, rejects } = await fixture.stage('a.log', `${'x'.repeat(17 << 20)}\nd [A] b\n`, options)
    expect(records).toBe(2)
    expect(rejects).toMatchObject([{ record: 1, reason: 'the line is longer than 16 MiB' }])
    expect(String(rejects[0]?.['payload']).length).toBeLessThan(1.1 * 2 ** 20)
  })
})

describe('access logs', () => {
  const line = '192.0.2.1 - anna [10/Oct/2000:13:55:36 -0700] "GET /a?b=\\"c\\" HTTP/1.0" 200 2326'

  it('of the common format', async () => {
    const { rows, rejects } = await fixture.stage(
      'access.log',
      [
        line,
        line.replace(/".*" 200 2326/, '"\\x16\\x03" 400 -'),
        line.replace('Oct', 'Okt'),
        line.replace('10/', '32/'),
        'x',
      ].join('\n'),
      { format: 'common-log' },
    )
    expect(rows).toMatchObject([
      {
        ...{ host: '192.0.2.1', identity: null, user_name: 'anna', method: 'GET', path: '/a?b=\\"c\\"' },
        ...{ protocol: 'HTTP/1.0', status: 200, bytes_sent: 2326 },
      },
      { request: '\\x16\\x03', method: null, path: null, status: 400, bytes_sent: null },
    ])
    expect(rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'its time is not one'],
      [4, 'column requested_at: cannot be read as timestamptz'],
      [5, 'not a line of the common log format'],
    ])
  })

  it('of the combined format, by moment', async () => {
    const session = await fixture.session()
    const { rows } = await fixture.stage('access.log', `${line} "-" "curl/8"\n`, { format: 'combined-log' })
    expect(rows).toMatchObject([{ referer: null, user_agent: 'curl/8' }])
    const [same] = await session.rows(
      `select requested_at = timestamptz '2000-10-10 20:55:36+00' as same from staged`,
    )
    expect(same).toEqual({ same: true })
  })
})

describe('syslog', () => {
  const read = (text: string) => fixture.stage('sys.log', text, { format: 'syslog' })

  it('of RFC 5424', async () => {
    const { rows, rejects } = await read(
      [
        '<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \ufeffsu root failed',
        String.raw`<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 proc 8710 - [ex@32473 a="1" a="2" b="\"x\]\\"][e2] hi`,
        '<165>1 - - - - - -',
        '<192>1 - - - - - -',
        '<1>1 yesterday - - - - -',
        '<1>1 - - - - - [x a=1]',
        '<1>1 - - - - - [x a="1"][x]',
        '<1>1 - -',
      ].join('\n'),
    )
    expect(rows).toMatchObject([
      {
        facility: 4,
        severity: 2,
        app: 'su',
        process_id: null,
        message_id: 'ID47',
        message: 'su root failed',
      },
      {
        ...{ facility: 20, severity: 5, process_id: '8710', message: 'hi' },
        structured_data: '{"ex@32473":{"a":["1","2"],"b":"\\"x]\\\\"},"e2":{}}',
      },
      { logged_at: null, host: null, structured_data: null, message: null },
    ])
    expect(rejects.map(({ reason }) => reason)).toEqual([
      'its priority is not one',
      'its time is not one',
      'its structured data is not well-formed',
      'its structured data has two elements of one id',
      'its header is not that of RFC 5424',
    ])
  })

  it('of RFC 3164, whose time is no moment', async () => {
    const { rows, rejects } = await read(
      [
        `<34>Oct  1 22:14:15 mymachine su[12]: 'su root' failed: really`,
        'Oct 11 22:14:16 mymachine kernel: up',
        '2026-01-02T03:04:05.678901+01:00 host CRON[7]: run',
        'Oct 11 22:14:16 mymachine -- MARK --',
        'no syslog at all',
      ].join('\n'),
    )
    expect(rows).toMatchObject([
      {
        ...{ facility: 4, severity: 2, logged_at: null, local_time: 'Oct  1 22:14:15', app: 'su' },
        ...{ process_id: '12', message: "'su root' failed: really" },
      },
      { facility: null, severity: null, app: 'kernel', process_id: null, message: 'up' },
      { local_time: null, app: 'CRON', process_id: '7', message: 'run' },
      { app: null, message: '-- MARK --' },
    ])
    expect(rejects.map(({ reason }) => reason)).toEqual(['neither a line of RFC 5424 nor one of RFC 3164'])
  })

  it('never fails on any text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.string({
            unit: fc.constantFrom('<', '1', '>', ' ', '-', '[', ']', '"', '\\', '=', 'x', ':', '\n'),
          }),
        ),
        async (pieces) => {
          const text = pieces.map((piece) => `<1>1 - - - - - ${piece}`).join('\n')
          const { records, rows, rejects } = await read(text)
          expect(rows.length + rejects.length).toBe(records)
        },
      ),
      { numRuns: 20 },
    )
  })
})

describe('documents of text', () => {
  const format = 'text' as const

  it('are one record each', async () => {
    const { rows } = await fixture.stage('a.txt', 'Grüße\nan 𝒳', { format })
    expect(rows).toEqual([{ content: 'Grüße\nan 𝒳', characters: 10, lines: 2, bytes: 15 }])
    expect((await fixture.stage('a.txt', '', { format })).rows).toEqual([
      { content: '', characters: 0, lines: 0, bytes: 0 },
    ])
    const wide = Buffer.from('\ufeffa\n', 'utf16le')
    expect((await fixture.stage('a.txt', wide, { format })).rows).toMatchObject([
      { content: 'a\n', lines: 1 },
    ])
  })

  it('are rejected when they are no text, or too long', async () => {
    const { rejects } = await fixture.stage('a.txt', Buffer.from('a\xff', 'latin1'), { format })
    expect(rejects).toMatchObject([{ record: 1, line: 1, reason: 'bytes that are not text in the encoding' }])
    const long = await fixture.stage('a.txt', Buffer.alloc((64 << 20) + 1, 'x'), { format })
    expect(long.rejects).toMatchObject([{ reason: 'the document is longer than 64 MiB' }])
  })
})
