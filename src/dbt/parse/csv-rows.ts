/**
 * Reads CSV as Python's csv.DictReader does, which is what dbt reads fixtures with: a quote only counts at the beginning
 * of a field, lines without a field are passed over, a line that ends early leaves its last columns null. Empty fields
 * are null. Undefined when a line has more fields than there are columns.
 */
export function readCsvRows(text: string): readonly Readonly<Record<string, string | null>>[] | undefined {
  const [header, ...lines] = recordsOf(text)
  if (header === undefined) return []
  if (lines.some((fields) => fields.length > header.length)) return undefined
  return lines.map((fields) =>
    Object.fromEntries(header.map((column, index) => [column, fields[index] || null])),
  )
}

/** One field and what ends it: a comma, a line's end, or the text's. */
const field = /(?:"([^"]*(?:""[^"]*)*)("?)([^,\r\n]*)|([^,\r\n]*))(,|\r\n|\n|\r|$)/gy

function recordsOf(text: string): readonly (readonly string[])[] {
  const records: string[][] = []
  let record: string[] = []
  for (const [, quoted, , rest, plain, end] of text.matchAll(field)) {
    record.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"') + rest!)
    if (end === ',') continue
    if (record.length > 1 || record[0] !== '') records.push(record)
    record = []
    if (end === '') break
  }
  return records
}
