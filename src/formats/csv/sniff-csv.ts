import type { Field, LogicalType } from '../../batch/logical-type.ts'
import { columnNames } from '../column-names.ts'
import type { CsvScan } from '../file-scan.ts'
import type { ScanOptions } from '../scan-options.ts'
import { TextKind } from '../text-kind.ts'
import { csvDialect } from './csv-dialect.ts'
import { CsvReader } from './csv-reader.ts'
import { fieldText } from './field-text.ts'

export interface CsvSample {
  /** The beginning of the file's text as UTF-8. */
  readonly text: Buffer
  /** There is no more text than this. */
  readonly whole: boolean
}

type Layout = Omit<CsvScan, 'fields' | 'exact'>
type Values = readonly (string | null)[]

const DELIMITERS = [',', ';', '\t', '|']
const SAMPLE_RECORDS = 20_000
/** The delimiter shows itself in much less than the types. */
const DELIMITER_BYTES = 64 << 10

/**
 * How to read a delimited file, from its beginning and what the project says of it. What is said is never doubted;
 * the delimiter that gives most records the same number of fields wins; the first record is taken for a header when
 * its values are all there, all different, and none looks like a number, a date or a boolean.
 */
export function sniffCsv(
  sample: CsvSample,
  known: Pick<CsvScan, 'compression' | 'encoding'>,
  options: ScanOptions,
): CsvScan {
  const base = {
    format: 'csv',
    ...known,
    quote: options.quote ?? '"',
    escape: options.escape ?? options.quote ?? '"',
    header: false,
    skipLines: options.skipLines ?? 0,
    nullTexts: options.nullTexts ?? [],
  } as const
  const delimiter = options.delimiter ?? (options.format === 'tsv' ? '\t' : bestDelimiter(sample, base))
  const records = read(sample, { ...base, delimiter })
  const header = options.header ?? (records[0] !== undefined && looksLikeHeader(records[0]))
  const layout = { ...base, delimiter, header }
  return { ...layout, fields: fieldsOf(records, header, options.columns ?? {}), exact: false }
}

function bestDelimiter({ text, whole }: CsvSample, base: Omit<Layout, 'delimiter'>): string {
  const start = { text: text.subarray(0, DELIMITER_BYTES), whole: whole && text.length <= DELIMITER_BYTES }
  let [best, bestShare] = [',', 0]
  for (const delimiter of DELIMITERS) {
    if (delimiter === base.quote || delimiter === base.escape) continue
    const widths = read(start, { ...base, delimiter }).map((values) => values.length)
    const share = commonShare(widths)
    if (share > bestShare) [best, bestShare] = [delimiter, share]
  }
  return best
}

/** The share of records that have the most common number of fields, when that is more than one. */
function commonShare(widths: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1)
  const [common, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0] as [number, number])
  return common > 1 ? count / widths.length : 0
}

/** The sample's records; malformed ones are of no use here, save that they count as one field. */
function read({ text, whole }: CsvSample, layout: Layout): Values[] {
  const dialect = csvDialect({ ...layout, header: false, fields: [] })
  const records: Values[] = []
  const reader = new CsvReader(dialect, {
    visitor: {
      record(buffer, scanner) {
        if (records.length >= SAMPLE_RECORDS) return
        const values: (string | null)[] = []
        for (let index = 0; index < scanner.fields; index++) {
          values.push(fieldText(buffer, scanner, index, dialect, layout.nullTexts))
        }
        records.push(values)
      },
      reject() {
        if (records.length > 0 && records.length < SAMPLE_RECORDS) records.push([null])
      },
    },
  })
  reader.push(text)
  // What a sample cuts is not malformed.
  if (whole || records.length === 0) reader.end()
  return records
}

function looksLikeHeader(values: Values): boolean {
  const names = values.map((value) => value?.trim().toLowerCase() ?? '')
  if (names.includes('') || new Set(names).size < names.length) return false
  return names.every((name) => {
    const kind = new TextKind()
    kind.add(name)
    return kind.type.kind === 'text' && !/^[-+.]?\d/.test(name)
  })
}

function fieldsOf(
  records: readonly Values[],
  header: boolean,
  declared: Readonly<Record<string, LogicalType>>,
): Field[] {
  const first = records[0] ?? []
  const names = columnNames(header ? first.map((value) => value ?? '') : first.map(() => ''))
  const kinds = names.map(() => new TextKind())
  for (const values of header ? records.slice(1) : records) {
    if (values.length !== names.length) continue
    for (const [index, value] of values.entries()) if (value !== null) kinds[index]!.add(value)
  }
  return names.map((name, index) => ({
    name,
    type: Object.hasOwn(declared, name) ? declared[name]! : kinds[index]!.type,
  }))
}
