/** Rows of CSV text as Python's csv.DictReader reads them, values as texts and empty ones as null. */
export function readCsvRows(text: string): readonly Readonly<Record<string, string | null>>[] {
  const [header, ...records] = readRecords(text).filter((record) => record.length > 1 || record[0] !== '')
  if (!header) return []
  return records.map((record) =>
    Object.fromEntries(
      header.map((name, index) => [name, record[index] === '' ? null : (record[index] ?? null)]),
    ),
  )
}

function readRecords(text: string): readonly (readonly string[])[] {
  const records: string[][] = []
  let record: string[] = []
  let value = ''
  let quoted = false
  const endRecord = () => {
    record.push(value)
    records.push(record)
    record = []
    value = ''
  }
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!
    if (quoted) {
      if (letter !== '"') value += letter
      else if (text[at + 1] === '"') {
        value += letter
        at++
      } else quoted = false
    } else if (letter === '"' && value === '') quoted = true
    else if (letter === ',') {
      record.push(value)
      value = ''
    } else if (letter === '\n') endRecord()
    else if (letter !== '\r') value += letter
  }
  if (value !== '' || record.length > 0) endRecord()
  return records
}
