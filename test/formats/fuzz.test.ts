import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { StageFixture } from './stage-fixture.ts'

const fixture = new StageFixture()
afterAll(() => fixture.dispose())

const runs = { numRuns: Number(process.env['WATERWORKS_FUZZ_RUNS'] ?? 40) }

const csvBytes = fc
  .array(
    fc.constantFrom(
      'a',
      '1',
      '007',
      '1.5',
      ',',
      ',',
      '"',
      '""',
      '\n',
      '\n',
      '\r\n',
      '\r',
      '\\',
      '\0',
      '\xff',
      ' ',
      '",',
      '"\n',
      ',"',
      'é',
    ),
    { maxLength: 50 },
  )
  .map((parts) => Buffer.from(parts.join(''), 'latin1'))

const jsonBytes = fc
  .array(
    fc.constantFrom(
      '{"a":1}',
      '{"a":"x","b":[1.0]}',
      '{"b":1e400}',
      '{',
      '}',
      '[',
      ']',
      ',',
      '\n',
      ' ',
      '"',
      '7',
      '\xff',
    ),
    { maxLength: 20 },
  )
  .map((parts) => Buffer.from(parts.join(''), 'latin1'))

/** Texts near the borders of what types take. */
const edgy = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '-0',
    '007',
    '1.50',
    '.5',
    '5.',
    '1e5',
    '1E+400',
    'NaN',
    'true',
    'False',
    't',
    '1_0',
    '+1',
    ' 1',
    'NULL',
  ),
  fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }).map(String),
  fc.double().map(String),
  fc.tuple(fc.nat(99_999), fc.nat(99_999_999)).map(([a, b]) => `${a}.${b}`),
  fc
    .tuple(
      fc.integer({ min: 1890, max: 2110 }),
      fc.integer({ min: 1, max: 13 }),
      fc.integer({ min: 1, max: 32 }),
    )
    .map(([y, m, d]) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`),
  fc
    .tuple(
      fc.constantFrom('2024-02-29', '1970-01-01', '2023-12-31'),
      fc.constantFrom(' ', 'T'),
      fc.constantFrom('00:00', '23:59:59', '24:00:00', '12:30:00.5', '12:30:00.123456', '12:30:00.1234567'),
      fc.constantFrom('', 'Z', '+02', '+02:00', '-0530', ' UTC'),
    )
    .map((parts) => parts.join('')),
)

describe('whatever is in a file', () => {
  it('of delimited text, every record is a row or a reject, and both readers give the same', async () => {
    await fc.assert(
      fc.asyncProperty(csvBytes, fc.boolean(), async (bytes, header) => {
        const fast = await fixture.stage('a.csv', bytes, { header })
        expect(fast.rows.length + fast.rejects.length).toBe(fast.records)
        const numbers = [...fast.numbers, ...fast.rejects.map((reject) => reject['record'])]
        expect(numbers.sort((a, b) => Number(a) - Number(b))).toEqual(numbers.map((_, index) => index + 1))
        const exact = await fixture.stage('a.csv', bytes, { header, exact: true })
        expect({ ...exact, scan: null }).toEqual({ ...fast, scan: null })
      }),
      runs,
    )
  })

  it.each(['a.json', 'a.ndjson'])('of %s, every record is a row or a reject', async (name) => {
    await fc.assert(
      fc.asyncProperty(jsonBytes, async (bytes) => {
        const { records, rows, rejects } = await fixture.stage(name, bytes)
        expect(rows.length + rejects.length).toBe(records)
      }),
      runs,
    )
  })
})

describe('types that were found', () => {
  it('take every value they were found from, and change none', async () => {
    const column = fc.array(edgy, { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(column, fc.boolean(), async (values, exact) => {
        const text = `k,v\n${values.map((value, index) => `r${index},${value}`).join('\n')}\n`
        const { scan, rows, rejects } = await fixture.stage('a.csv', text, { exact })
        expect(rejects).toEqual([])
        const kind = scan.fields[1]!.type.kind
        for (const [index, row] of rows.entries()) {
          const [source, value] = [values[index]!, row['v']]
          if (source === '') expect(value).toBeNull()
          else if (kind === 'text' || kind === 'int64' || kind === 'date') expect(String(value)).toBe(source)
          else if (kind === 'float64') expect(value).toBe(Number(source))
          else if (kind === 'boolean') expect(value).toBe(source.toLowerCase() === 'true')
          else expect(Date.parse(`${value}`)).toBe(Date.parse(source))
        }
      }),
      runs,
    )
  })

  it('take any value as text unchanged', async () => {
    const value = fc.oneof(
      fc.constant(null),
      fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0') && text.isWellFormed()),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(value, value), { maxLength: 8 }),
        fc.boolean(),
        async (table, exact) => {
          const quoted = (text: string | null) => (text === null ? '' : `"${text.replaceAll('"', '""')}"`)
          const lines = table.map(([a, b]) => `${quoted(a)},${quoted(b)}\n`)
          const { rows } = await fixture.stage('a.csv', `a,b\n${lines.join('')}`, {
            header: true,
            delimiter: ',',
            columns: { a: { kind: 'text' }, b: { kind: 'text' } },
            exact,
          })
          expect(rows.map((row) => [row['a'], row['b']])).toEqual(table)
        },
      ),
      runs,
    )
  })
})
